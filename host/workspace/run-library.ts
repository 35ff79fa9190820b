/** The part of the host's interface that is about runs. */
import type { HostApi } from '../contract/host-api.ts'
import { HostError } from '../contract/host-error.ts'
import type { RunRecord, SeriesColumns, SeriesQuery } from '../contract/run-records.ts'
import type { ActiveRun } from '../runs/active-run.ts'
import { reduceSeries } from '../runs/reduce-series.ts'
import { RunService } from '../runs/run-service.ts'
import type { KeptRuns, RunServiceOptions } from '../runs/run-service.ts'
import { WorkerPool } from '../workers/worker-pool.ts'

/** Name of the column that holds the ends of buckets. */
const ENDS = 'end_s'

/** What it offers to doors, and how to end what is under way: to be waited for before the store is closed. */
export interface RunLibrary {
  readonly api: Pick<HostApi, 'startRun' | 'controlRun' | 'injectFault' | 'listRuns' | 'readRun' | 'readSeries'>
  close(): Promise<void>
}

/** Runs over a store. Threads are started when the first run begins, and end when it is closed. */
export function createRunLibrary(options: RunServiceOptions, pool = new WorkerPool(options.cores)): RunLibrary {
  const service = new RunService(options, pool)
  const { runs } = options.store
  return {
    api: {
      startRun: async (request) => service.start(request),
      controlRun: async (control) => service.control(control),
      injectFault: async (fault) => await service.inject(fault),
      listRuns: async (filter) => runs.list(filter),
      readRun: async (id) => recordOf(id, runs, service.active(id)),
      readSeries: async (query) => seriesOf(query, runs, service.active(query.runId)),
    },
    close: async () => await service.close(),
  }
}

function recordOf(id: string, runs: KeptRuns, active: ActiveRun | undefined): RunRecord {
  const stored = runs.read(id)
  if (stored === undefined) throw noRun()
  const { summary, scenarioText, result, seriesNames, hasSeries, injectedFaults } = stored
  const kept = { summary, scenarioText, result, seriesNames, hasSeries, injectedFaults, progress: null, live: null }
  if (active === undefined) return kept
  return { ...kept, seriesNames: active.seriesNames, hasSeries: true, progress: active.progress, live: active.live }
}

/** The series that are there; those of a run under way end where it is. Others are left out. */
function seriesOf(query: SeriesQuery, runs: KeptRuns, active: ActiveRun | undefined): SeriesColumns {
  const { runId, names, fromS = -Infinity, toS = Infinity, pointsMax } = query
  if (active === undefined && runs.summary(runId) === undefined) throw noRun()
  const read = (name: string): Float64Array | undefined =>
    active === undefined ? runs.series(runId, name) : liveSeries(active, name)
  const ends = read(ENDS)
  if (ends === undefined) return {}
  const from = ends.findIndex((end) => end >= fromS)
  if (from < 0) return {}
  const last = ends.findIndex((end) => end >= toS)
  const to = last < 0 ? ends.length : last + 1
  const columns = names.flatMap((name) => {
    const values = read(name)
    if (values === undefined) return []
    return [[name, reduceSeries(ends.subarray(from, to), values.subarray(from, to), pointsMax)] as const]
  })
  return Object.fromEntries(columns)
}

function liveSeries(active: ActiveRun, name: string): Float64Array | undefined {
  const column = active.series(name)
  return column === undefined ? undefined : Float64Array.from(column, (value) => value ?? NaN)
}

function noRun(): HostError {
  return new HostError({
    code: 'not-found',
    message: 'there is no such run',
    hint: 'look at the list',
    retryable: false,
  })
}
