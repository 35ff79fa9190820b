/** Runs all replications of a prepared study and sums them up: the one way in which every door runs anything. */
import { speedOf, summarise } from '../../sim-core/analysis/summarise.ts'
import type { StudyResult } from '../../sim-core/analysis/study-result.ts'
import type { PlanFault } from '../../sim-core/components/fault/fault.model.ts'
import { ENGINE_VERSION } from '../../sim-core/kernel/engine-version.ts'
import type { ErrorOrigin } from '../contract/host-error.ts'
import { HostError } from '../contract/host-error.ts'
import type { StudyProgress } from '../contract/study-api.ts'
import { areEnough } from './enough-replications.ts'
import { ReplicationQueue } from './replication-queue.ts'
import type { QueueState, ReplicationPlan, ReplicationRunner, ReplicationsDone } from './replication-queue.ts'
import type { PreparedStudy } from './scenario-study.ts'
import { Stopwatch } from './stopwatch.ts'

const MS_PER_SECOND = 1_000

/** Time that must have passed before the time left is told, in ms: the first guess would be wild. */
const GUESS_AFTER_MS = 500

/** What a study is run with. */
export interface StudyRunOptions {
  readonly prepared: PreparedStudy
  /** What errors call it. */
  readonly file: string
  readonly runner: ReplicationRunner
  /** Threads that it may use; the result does not depend on it. */
  readonly workers: number
  readonly nowMs: () => number
  readonly onProgress: (progress: StudyProgress) => void
  readonly onPicture?: ReplicationPlan['onPicture']
}

/** Most replications that a study can take. */
export function replicationsMaxOf({ study }: PreparedStudy): number {
  return study.precision === null ? study.replications : study.replicationsMax
}

/** A study under way. */
export class StudyRun {
  /** Rejects with a HostError. */
  readonly result: Promise<StudyResult>
  readonly #queue: ReplicationQueue
  readonly #stopwatch: Stopwatch
  readonly #options: StudyRunOptions

  constructor(options: StudyRunOptions) {
    const { prepared, runner, workers, onPicture } = options
    const { plan, study } = prepared
    const { precision } = study
    this.#options = options
    this.#stopwatch = new Stopwatch(options.nowMs)
    this.#queue = new ReplicationQueue(runner, {
      plan,
      seed: study.seed,
      replications: study.replications,
      replicationsMax: replicationsMaxOf(prepared),
      ahead: workers,
      isEnough: (done) => precision === null || areEnough(plan, done, precision, study.confidence),
      onChange: (state) => options.onProgress(this.#progressOf(state)),
      ...(onPicture === undefined ? {} : { onPicture }),
    })
    this.result = this.#run()
  }

  /** Ends it soon; the result is what is done by then, marked partial. */
  cancel(): void {
    this.#queue.cancel()
  }

  pause(): void {
    this.#stopwatch.pause()
    this.#queue.pause()
  }

  resume(): void {
    this.#stopwatch.resume()
    this.#queue.resume()
  }

  /** See ReplicationQueue. */
  async inject(faultAt: (atNs: number) => PlanFault): Promise<number | undefined> {
    return await this.#queue.inject(faultAt)
  }

  async #run(): Promise<StudyResult> {
    const { file, prepared } = this.#options
    const origin = { file, seed: prepared.study.seed, planHash: prepared.planHash, engine: ENGINE_VERSION }
    try {
      const done = await this.#queue.run()
      if (done.replications.length === 0) throw nothingDone()
      return this.#sumUp(done)
    } catch (error) {
      throw withOrigin(error, origin)
    }
  }

  #sumUp({ replications, cancelled }: ReplicationsDone): StudyResult {
    const { prepared, workers } = this.#options
    const { plan, planHash, study } = prepared
    const { seed, confidence, precision } = study
    const speed = speedOf(replications, this.#stopwatch.elapsedMs / MS_PER_SECOND, workers)
    return summarise({ plan, planHash, seed, confidence, precision, replications, partial: cancelled, speed })
  }

  #progressOf({ done, planned, progress }: QueueState): StudyProgress {
    const { elapsedMs } = this.#stopwatch
    const simulatedNs = progress.reduce((sum, { nowNs }) => sum + nowNs, 0)
    const plannedNs = planned * this.#options.prepared.plan.measurement.durationNs
    const canGuess = simulatedNs > 0 && elapsedMs >= GUESS_AFTER_MS
    return {
      replicationsDone: done,
      replicationsPlanned: planned,
      simulatedNs,
      plannedNs,
      requests: progress.reduce((sum, { requests }) => sum + requests, 0),
      elapsedMs,
      leftMs: canGuess ? Math.max(0, (elapsedMs * (plannedNs - simulatedNs)) / simulatedNs) : null,
    }
  }
}

function nothingDone(): HostError {
  const message = 'the study was stopped before anything was measured'
  return new HostError({ code: 'cancelled', message, hint: 'let it run a little longer', retryable: true })
}

/** Our own mistakes leave with what it takes to replay them. */
function withOrigin(error: unknown, origin: ErrorOrigin): HostError {
  if (error instanceof HostError) return new HostError({ ...error.details, origin })
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
  return new HostError({
    code: 'internal',
    message,
    hint: 'replay it and report it',
    retryable: false,
    origin,
    trace: stack,
  })
}
