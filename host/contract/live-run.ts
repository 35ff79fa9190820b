/** The picture of a run under way: at most ten a second, in columns. */
import type { HappeningResult, SeriesTable } from '../../sim-core/analysis/study-result.ts'
import type { StudyProgress } from './study-api.ts'

/** How things stand at one simulated instant; arrays of one group have the same length. */
export interface LiveSnapshot {
  readonly nowS: number
  /** Client requests in flight. */
  readonly inFlight: number
  readonly stations: {
    /** `component/station` */
    readonly names: readonly string[]
    readonly busy: readonly number[]
    readonly queued: readonly number[]
    readonly servers: readonly number[]
  }
  readonly metrics: {
    /** `component/metric` */
    readonly names: readonly string[]
    /** Counters since the start, gauges as they stand. */
    readonly values: readonly number[]
  }
}

/**
 * One picture. As an event it holds the rows since the last one; as part of a RunRecord, all rows. Series bear the names
 * that the result will use.
 */
export interface LiveRun {
  readonly runId: string
  /** The replication that is shown, from 0. When it changes, `fromBucket` is 0 and the charts begin anew. */
  readonly replication: number
  readonly endS: number
  /** Simulated seconds per second on the wall; null before it can be told. */
  readonly speedFactor: number | null
  readonly progress: StudyProgress
  readonly snapshot: LiveSnapshot | null
  /** Index of the first row. */
  readonly fromBucket: number
  readonly rows: SeriesTable['columns']
  /** What happened since the last picture. */
  readonly happenings: readonly HappeningResult[]
}
