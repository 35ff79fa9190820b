/** What every door of the host can ask about studies: run a scenario, several times over, and sum it up. */
import type { StudyResult } from '../../sim-core/analysis/study-result.ts'
import type { Problem } from '../../sim-core/scenario/problem.ts'

export type {
  Bottleneck,
  ComponentSummary,
  EndpointSummary,
  Estimate,
  ObjectiveResult,
  SeriesTable,
  StudyResult,
} from '../../sim-core/analysis/study-result.ts'

/** One change to the scenario, and how the user gave it: problems are placed there. */
export interface StudyOverride {
  /** Such as `--set` or `--seed`. */
  readonly flag: string
  /** `path=value` */
  readonly text: string
}

/** What to run. */
export interface StudyRequest {
  /** Path of the scenario, relative to the working directory of the host. */
  readonly file: string
  readonly overrides: readonly StudyOverride[]
  /** Threads to run on; all cores when absent. The result does not depend on it. */
  readonly workers?: number
}

/** How far a study is; at most ten a second, plain numbers. */
export interface StudyProgress {
  readonly replicationsDone: number
  /** Replications asked for so far; grows while a wanted precision is not reached. */
  readonly replicationsPlanned: number
  /** Simulated time over all replications, in ns: done, and planned. */
  readonly simulatedNs: number
  readonly plannedNs: number
  /** Client requests so far. */
  readonly requests: number
  /** Since the study began, and about how much is left; null before that can be told. */
  readonly elapsedMs: number
  readonly leftMs: number | null
}

/** How a study ends when nothing breaks. Warnings are problems too. */
export type StudyOutcome =
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'done'; readonly problems: readonly Problem[]; readonly result: StudyResult }

/** A study under way. */
export interface RunningStudy {
  /** Rejects with a HostError. */
  readonly outcome: Promise<StudyOutcome>
  /** Ends it soon; the outcome is what is done by then, marked partial. */
  cancel(): void
}

/** Runs scenarios. */
export interface StudyApi {
  /** Every problem of a request, without running it. */
  check(request: StudyRequest): Promise<readonly Problem[]>
  /** Runs all replications. */
  start(request: StudyRequest, onProgress: (progress: StudyProgress) => void): RunningStudy
  /** The JSON Schema of a result. */
  resultSchema(): Promise<Readonly<Record<string, unknown>>>
}
