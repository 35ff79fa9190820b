/** What is wrong with a scenario, and how it is told: every problem with its place and how to mend it. */
import { quoted } from '../language/quantity.ts'
import type { Complaint } from '../language/quantity.ts'

/** A step into a document: a key of a map or an index of a list. */
export type Segment = string | number

/** Where a problem stands in what the user wrote; lines and columns count from 1. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** One mistake in a scenario. */
export interface Problem extends Place {
  /** Stable name of the kind of mistake. */
  readonly code: string
  readonly severity: 'error' | 'warning'
  /** Where in the document, as `--set` would write it; empty for the whole. */
  readonly path: string
  readonly message: string
  /** How to mend it. */
  readonly hint: string
}

/** Problems reported at most: a file of noise must not drown the reader. */
const MAX_PROBLEMS = 200

/** A problem made of a complaint and its place; an error unless the complaint says otherwise. */
export function problemAt(
  complaint: Complaint & Partial<Pick<Problem, 'severity'>>,
  place: Place,
  path: readonly Segment[] = [],
): Problem {
  const { code, severity = 'error', message, hint } = complaint
  const { file, line, column } = place
  return { code, severity, path: formatPath(path), file, line, column, message, hint }
}

/** A path as a user writes it: `services.catalog.endpoints.get.steps[0]`; odd keys are quoted. */
export function formatPath(path: readonly Segment[]): string {
  return path.reduce<string>((text, segment) => {
    if (typeof segment === 'number') return `${text}[${segment}]`
    const key = /^[\w-]+$/u.test(segment) ? segment : quoted(segment)
    return text === '' ? key : `${text}.${key}`
  }, '')
}

/** Problems in the order of the files and of the places in them, without repetitions, and not more than a reader can use. */
export function orderedProblems(problems: readonly Problem[]): readonly Problem[] {
  const files = [...new Set(problems.map(({ file }) => file))]
  const sorted = problems.toSorted(
    (a, b) =>
      files.indexOf(a.file) - files.indexOf(b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      compareTexts(a.path, b.path) ||
      compareTexts(a.message, b.message),
  )
  const distinct = sorted.filter((problem, index) => {
    const before = sorted[index - 1]
    return before === undefined || !isSame(before, problem)
  })
  const rest = distinct.slice(MAX_PROBLEMS - 1)
  const [last] = rest
  if (last === undefined || distinct.length <= MAX_PROBLEMS) return distinct
  const { severity } = rest.find((problem) => problem.severity === 'error') ?? last
  const message = `there are ${rest.length} more problems`
  const summary = { code: 'more', severity, message, hint: 'mend those above first' }
  return [...distinct.slice(0, MAX_PROBLEMS - 1), problemAt(summary, last)]
}

function isSame(a: Problem, b: Problem): boolean {
  return a.line === b.line && a.column === b.column && a.path === b.path && a.message === b.message && a.file === b.file
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
