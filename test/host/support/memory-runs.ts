// A store of runs in memory, for tests of what writes to it.
import type { StudyResult } from '../../../sim-core/analysis/study-result.ts'
import type { RunSummary } from '../../../host/contract/run-records.ts'
import type { KeptRuns } from '../../../host/runs/run-service.ts'
import type { NewRun, RunChange, StoredRun } from '../../../host/store/store.ts'

const ENDED = ['done', 'cancelled', 'failed', 'interrupted']

type Columns = StudyResult['series']['columns']

interface Entry {
  run: StoredRun
  columns: Columns
}

/** Keeps what it is given; `failing` makes every further write throw. */
export class MemoryRuns implements KeptRuns {
  failing: Error | undefined
  /** Every change in order. */
  readonly changes: (RunChange & { readonly id: string })[] = []
  readonly #entries: Entry[] = []

  begin(run: NewRun): RunSummary {
    this.#write()
    const number = this.#entries.length + 1
    const summary = newSummary(run, number)
    const { scenarioText, studyKey, request } = run
    const stored = { summary, scenarioText, studyKey, request, result: null, seriesNames: [], hasSeries: false }
    this.#entries.push({ run: { ...stored, injectedFaults: [] }, columns: {} })
    return summary
  }

  change(id: string, change: RunChange): RunSummary {
    this.#write()
    this.changes.push({ id, ...change })
    const entry = this.#entry(id)!
    const { status, error, injectedFaults, result } = change
    let { summary } = entry.run
    if (status !== undefined) summary = { ...summary, status, endedMs: ENDED.includes(status) ? 1 : null }
    if (error !== undefined) summary = { ...summary, error }
    if (injectedFaults !== undefined) {
      summary = { ...summary, injected: injectedFaults.length }
      entry.run = { ...entry.run, injectedFaults }
    }
    if (result !== undefined) {
      const { partial, verdict, reason, fingerprint, replications } = result
      summary = { ...summary, partial, verdict, reason, fingerprint, replications }
      entry.columns = result.series.columns
      const series = { ...result.series, columns: {} }
      entry.run = {
        ...entry.run,
        result: { ...result, series },
        seriesNames: Object.keys(entry.columns),
        hasSeries: true,
      }
    }
    entry.run = { ...entry.run, summary }
    return summary
  }

  find(planHash: string, seed: number, engine: string, studyKey: string): RunSummary | undefined {
    return this.#entries.findLast(
      ({ run: { summary, studyKey: key } }) =>
        key === studyKey &&
        summary.planHash === planHash &&
        summary.seed === seed &&
        summary.engine === engine &&
        summary.status === 'done' &&
        summary.injected === 0,
    )?.run.summary
  }

  list(): readonly RunSummary[] {
    return this.#entries.map(({ run }) => run.summary).toReversed()
  }

  read(id: string): StoredRun | undefined {
    return this.#entry(id)?.run
  }

  summary(id: string): RunSummary | undefined {
    return this.#entry(id)?.run.summary
  }

  series(id: string, name: string): Float64Array | undefined {
    const column = this.#entry(id)?.columns[name]
    return column === undefined ? undefined : Float64Array.from(column, (value) => value ?? NaN)
  }

  #entry(id: string): Entry | undefined {
    return this.#entries.find(({ run }) => run.summary.id === id)
  }

  #write(): void {
    if (this.failing !== undefined) throw this.failing
  }
}

function newSummary(
  { scenarioText: _text, studyKey: _key, request: _request, ...run }: NewRun,
  number: number,
): RunSummary {
  return {
    ...run,
    id: `run-${number}`,
    number,
    status: 'queued',
    createdMs: number,
    endedMs: null,
    verdict: null,
    reason: '',
    partial: false,
    fingerprint: null,
    headline: null,
    injected: 0,
    error: null,
    tags: [],
    notes: '',
  }
}
