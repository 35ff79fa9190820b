/** Runs as the application keeps them: what was asked, how it stands, what came of it. */
import type { StudyResult } from '../../sim-core/analysis/study-result.ts'
import type { Problem } from '../../sim-core/scenario/problem.ts'
import type { HostErrorDetails } from './host-error.ts'
import type { LiveRun } from './live-run.ts'
import type { StudyProgress } from './study-api.ts'

/** How a run stands. `interrupted`: the host ended while it was under way. */
export type RunStatus = 'queued' | 'running' | 'paused' | 'done' | 'cancelled' | 'failed' | 'interrupted'

/** What to run. Absent figures are those of the scenario. */
export interface RunRequest {
  readonly scenarioId: string
  readonly seed?: number
  readonly replications?: number
  /** Relative half-width of intervals to reach, in 0..1; null runs exactly the replications. */
  readonly precision?: number | null
  /** Runs again although the result is already kept. */
  readonly fresh?: boolean
}

/** What came of asking for a run. `kept`: the same plan, seed and engine ran before, and this is it. */
export type RunStart =
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'started'; readonly run: RunSummary; readonly problems: readonly Problem[] }
  | { readonly kind: 'kept'; readonly run: RunSummary; readonly problems: readonly Problem[] }

/** What to do with a run under way. Cancelling keeps what is done by then. */
export interface RunControl {
  readonly id: string
  readonly action: 'pause' | 'resume' | 'cancel'
}

/** Something broken or mended by hand. */
export interface FaultRequest {
  readonly runId: string
  /** A service, a database, a tier of a cache, or a part of one, as in `faults`: `catalog`, `orders_db.shard[3]`. */
  readonly target: string
  readonly action:
    | { readonly kind: 'kill'; readonly replicas?: number }
    | { readonly kind: 'slow'; readonly factor: number; readonly forS: number }
    | { readonly kind: 'restore' }
}

/** A fault that was put in, and when, in simulated seconds. */
export interface InjectedFault extends Omit<FaultRequest, 'runId'> {
  readonly atS: number
}

/** One run in a list. */
export interface RunSummary {
  readonly id: string
  /** Counts up from 1 within a data folder: `run #41`. */
  readonly number: number
  readonly scenarioId: string | null
  readonly scenarioName: string
  /** Of the text that ran; null when it came in with a bundle. */
  readonly revision: number | null
  readonly status: RunStatus
  readonly createdMs: number
  readonly endedMs: number | null
  readonly planHash: string
  readonly seed: number
  readonly engine: string
  readonly replications: number
  readonly verdict: StudyResult['verdict'] | null
  readonly reason: string
  readonly partial: boolean
  readonly fingerprint: string | null
  readonly headline: RunHeadline | null
  /** Faults put in by hand: the run is not what its plan alone gives. */
  readonly injected: number
  readonly error: HostErrorDetails | null
  readonly tags: readonly string[]
  readonly notes: string
}

/** The figures of a run that lists show, of all client requests. */
export interface RunHeadline {
  readonly p95Ms: number | null
  readonly errorRatio: number | null
  readonly throughputRps: number | null
  readonly peakLoadRps: number | null
  readonly objectivesHeld: number
  readonly objectives: number
  readonly headroom: number | null
}

/** Everything about a run, but the values of its series. */
export interface RunRecord {
  readonly summary: RunSummary
  /** The scenario that ran, as YAML: bases merged. */
  readonly scenarioText: string
  /** Its `series.columns` is empty: `seriesNames` says what `readSeries` can give. */
  readonly result: StudyResult | null
  readonly seriesNames: readonly string[]
  /** False once the series were pruned to save room. */
  readonly hasSeries: boolean
  readonly injectedFaults: readonly InjectedFault[]
  /** While it is under way. */
  readonly progress: StudyProgress | null
  /** While it is under way: everything that the live picture showed so far. */
  readonly live: LiveRun | null
}

/** Which runs: of one scenario or all, the newest first. */
export interface RunFilter {
  readonly scenarioId?: string
  /** At most these many; all when absent. */
  readonly limit?: number
}

/** Which part of which series, at which resolution. */
export interface SeriesQuery {
  readonly runId: string
  readonly names: readonly string[]
  /** In simulated seconds; the whole when absent. */
  readonly fromS?: number
  readonly toS?: number
  /** Most points per series; what is longer keeps the minimum and maximum of each piece. */
  readonly pointsMax: number
}

/** Each series with its own instants (ends of buckets, in s): reducing keeps different ones of each. */
export type SeriesColumns = Readonly<
  Record<string, { readonly endS: readonly number[]; readonly values: readonly (number | null)[] }>
>

/** What came in with a file. */
export interface ImportedBundle {
  readonly scenarioIds: readonly string[]
  readonly runIds: readonly string[]
  /** Runs that were here already. */
  readonly alreadyHere: number
  readonly problems: readonly Problem[]
}
