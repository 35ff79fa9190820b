/** Which runs are compared, what they are called, and how far each is. */
import type { RunRecord, RunSummary } from '../../../host/contract/run-records.ts'
import type { StudyResult } from '../../../sim-core/analysis/study-result.ts'
import { isUnderWay } from '../../widgets/run-words.ts'

/** Runs are called by the letters of the alphabet; the first is the baseline. */
const LABELS = 'ABCDEFGHIJKL'

/** Most runs at a time: as many as the page keeps records of. */
export const RUNS_MAX = LABELS.length

/** One of the runs of the address. `lost`: there is none of this id, or it could not be read. */
export interface ComparedRun {
  readonly id: string
  readonly label: string
  readonly state: 'loading' | 'lost' | 'under-way' | 'no-result' | 'ready'
  readonly summary: RunSummary | undefined
  readonly record: RunRecord | undefined
  readonly error: unknown
}

/** A run that can be compared. */
export interface ReadyRun extends ComparedRun {
  readonly summary: RunSummary
  readonly record: RunRecord
  readonly result: StudyResult
}

/** Ids of an address such as `#/compare/a,b`, each once. */
export function comparedIds(subject: string): string[] {
  return [...new Set(subject.split(',').filter((id) => id !== ''))].slice(0, RUNS_MAX)
}

/** Puts together what is known of the runs. */
export function comparedRuns(
  ids: readonly string[],
  summaries: readonly RunSummary[],
  records: Readonly<Record<string, RunRecord>>,
  errors: Readonly<Record<string, unknown>>,
): ComparedRun[] {
  return ids.map((id, i) => {
    const record = records[id]
    const summary = record?.summary ?? summaries.find((run) => run.id === id)
    const error = errors[id]
    return { id, label: LABELS.charAt(i), state: stateOf(summary, record, error), summary, record, error }
  })
}

function stateOf(summary: RunSummary | undefined, record: RunRecord | undefined, error: unknown): ComparedRun['state'] {
  if (record === undefined) return error === undefined ? 'loading' : 'lost'
  if (record.result !== null) return 'ready'
  return summary !== undefined && isUnderWay(summary.status) ? 'under-way' : 'no-result'
}

/** Those that can be compared. */
export function readyRuns(runs: readonly ComparedRun[]): ReadyRun[] {
  return runs.flatMap((run) => {
    const { summary, record } = run
    const result = record?.result
    if (run.state !== 'ready' || summary === undefined || record === undefined) return []
    return result === null || result === undefined ? [] : [{ ...run, summary, record, result }]
  })
}

/** The last two runs with a result, of one scenario if it has two, the older one first; fewer when there are fewer. */
export function lastTwo(summaries: readonly RunSummary[]): string[] {
  const done = summaries.filter(({ verdict }) => verdict !== null)
  const [newest] = done
  const before = done.slice(1).find(({ scenarioId }) => scenarioId === newest?.scenarioId) ?? done[1]
  return [before?.id, newest?.id].filter((id) => id !== undefined)
}

/** Runs that can be picked, by scenario, the newest first; `search` looks in names, numbers, tags and notes. */
export function pickableGroups(
  summaries: readonly RunSummary[],
  search: string,
): { readonly scenario: string; readonly runs: readonly RunSummary[] }[] {
  const words = search
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '')
  const found = summaries.filter((run) => run.verdict !== null && words.every((word) => searchText(run).includes(word)))
  const groups = Map.groupBy(found, ({ scenarioName }) => scenarioName)
  return [...groups].map(([scenario, runs]) => ({ scenario, runs }))
}

function searchText({ number, scenarioName, seed, tags, notes }: RunSummary): string {
  return `#${number} ${scenarioName} seed ${seed} ${tags.join(' ')} ${notes}`.toLowerCase()
}
