/** A comparison as people read it: the verdict first, then the evidence, then what was changed. */
import type { ComparedStudy, RankedStudy, StudyComparison } from '../../../sim-core/analysis/comparison-result.ts'
import type { DocumentChange } from '../../../sim-core/analysis/diff-documents.ts'
import type { Style } from '../style.ts'
import { printable, styleFor, wrapped } from '../style.ts'
import { comparisonFigureLines } from './comparison-figures.ts'
import { estimateInline, FIXED_SPACE } from './figure-text.ts'
import { INDENT, tableLines } from './text-table.ts'

/** Columns of a terminal that does not say, and the fewest and most that are used. */
const COLUMNS = { usual: 100, least: 72, most: 120 } as const

/** Where the text goes, and how much of it. */
export interface ComparisonStyle {
  readonly columns: number | undefined
  readonly colour: boolean
  /** Every figure, not only those that differ. */
  readonly all: boolean
}

/** How the scenario of a study differs from that of the baseline. */
export interface ScenarioChanges {
  readonly baseline: string
  readonly candidate: string
  readonly changes: readonly DocumentChange[]
}

const VERDICTS: Readonly<Record<ComparedStudy['verdict'], string>> = {
  pass: 'holds',
  fail: 'misses',
  overloaded: 'overloaded',
  not_converged: "can't tell",
}

/** @param sources where each of the studies comes from */
export function comparisonText(
  comparison: StudyComparison,
  sources: readonly string[],
  changes: readonly ScenarioChanges[],
  { columns, colour, all }: ComparisonStyle,
): string {
  const style = styleFor(colour)
  const width = Math.min(COLUMNS.most, Math.max(COLUMNS.least, columns ?? COLUMNS.usual))
  const blocks = [
    comparison.pairs.flatMap(({ sentence }) => wrapped(printable(sentence), width).map((line) => style.bold(line))),
    comparison.warnings.flatMap((warning) => wrapped(`! ${warning}`, width).map((line) => style.doubtful(line))),
    studyLines(comparison, sources, style),
    rankingLines(comparison.ranking, style),
    ...comparison.pairs.map((pair) => comparisonFigureLines(pair, comparison, style, all)),
    ...changes.map((each) => changeLines(each, style, width)),
  ]
  const text = blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')
  return `${text.replaceAll(FIXED_SPACE, ' ')}\n`
}

function studyLines({ studies, pairs }: StudyComparison, sources: readonly string[], style: Style): string[] {
  const rows = studies.map(({ label, scenario, seed, replications, engine, verdict }, i) => [
    style.bold(label),
    printable(sources[i] ?? ''),
    printable(scenario),
    style.dim(`seed ${seed}, ${replications} ${replications === 1 ? 'replication' : 'replications'}, engine ${engine}`),
    VERDICTS[verdict],
  ])
  const pairing = pairs.length === 1 ? pairs.map(({ pairing: why }) => INDENT + style.dim(why)) : []
  return [...tableLines(rows, ['left', 'left', 'left', 'left', 'left']), ...pairing]
}

function rankingLines(ranking: readonly RankedStudy[], style: Style): string[] {
  if (ranking.length === 0) return []
  const rows = ranking.map(({ label, rank: [best, worst], objectives_held: held, objectives, p95_ms, error_ratio }) => [
    best === worst ? String(best) : `${best}–${worst}`,
    style.bold(label),
    objectives === 0 ? 'no objectives' : `${held} of ${objectives} objectives hold`,
    `p95 ${estimateInline(p95_ms, 'latency')}`,
    `errors ${estimateInline(error_ratio, 'ratio')}`,
  ])
  const shared = ranking.some(({ rank: [best, worst] }) => best !== worst)
  return [
    `${style.bold('Ranking')}  ${style.dim('by objectives held, then p95')}`,
    ...tableLines(rows, ['left', 'left', 'left', 'left', 'left']),
    ...(shared ? [INDENT + style.dim('A range of places: chance alone may have made the order within it.')] : []),
  ]
}

function changeLines({ baseline, candidate, changes }: ScenarioChanges, style: Style, width: number): string[] {
  const head = style.bold(`Scenario, ${baseline} → ${candidate}`)
  if (changes.length === 0) return [`${head}  ${style.dim('no difference')}`]
  const lines = changes.flatMap(({ words }) =>
    wrapped(printable(words), width - INDENT.length).map((line) => INDENT + line),
  )
  return [head, ...lines]
}
