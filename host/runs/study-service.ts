/** Runs studies: prepares the plan, spreads the replications over threads, sums up, tells how far it is. */
import { speedOf, summarise } from '../../sim-core/analysis/summarise.ts'
import type { StudyInput } from '../../sim-core/analysis/summarise.ts'
import type { StudyResult } from '../../sim-core/analysis/study-result.ts'
import { ENGINE_VERSION } from '../../sim-core/kernel/engine-version.ts'
import type { ErrorOrigin } from '../contract/host-error.ts'
import { HostError } from '../contract/host-error.ts'
import type { Platform } from '../contract/host.ts'
import type { RunningStudy, StudyApi, StudyOutcome, StudyProgress, StudyRequest } from '../contract/study-api.ts'
import { WorkerPool } from '../workers/worker-pool.ts'
import { areEnough } from './enough-replications.ts'
import type { QueueState, ReplicationsDone } from './replication-queue.ts'
import { ReplicationQueue } from './replication-queue.ts'
import { resultJsonSchema } from './result-schema.ts'
import type { PreparedStudy } from './study-files.ts'
import { prepareStudy } from './study-files.ts'

const MS_PER_SECOND = 1_000

/** Time that must have passed before the time left is told, in ms: the first guess would be wild. */
const GUESS_AFTER_MS = 500

/** The service, and how to end the threads that it keeps. */
export function createStudyService(platform: Platform): { readonly api: StudyApi; close(): Promise<void> } {
  const pools = new Map<number, WorkerPool>()
  const poolOf = (workers: number): WorkerPool => {
    const pool = pools.get(workers) ?? new WorkerPool(workers)
    pools.set(workers, pool)
    return pool
  }
  const api: StudyApi = {
    check: async (request) => prepareStudy(request).problems,
    start: (request, onProgress) => startStudy(request, onProgress, poolOf, platform),
    resultSchema: async () => resultJsonSchema(),
  }
  return { api, close: async () => void (await Promise.all([...pools.values()].map((pool) => pool.close()))) }
}

function startStudy(
  request: StudyRequest,
  onProgress: (progress: StudyProgress) => void,
  poolOf: (workers: number) => WorkerPool,
  platform: Platform,
): RunningStudy {
  const { problems, prepared } = prepareStudy(request)
  if (prepared === undefined) return { outcome: Promise.resolve({ kind: 'invalid', problems }), cancel: () => {} }
  const startedMs = platform.nowMs()
  const elapsedMs = (): number => platform.nowMs() - startedMs
  const { plan, planHash, study } = prepared
  const precision = study.precision
  const replicationsMax = precision === null ? study.replications : study.replicationsMax
  const workers = Math.min(request.workers ?? platform.cores, replicationsMax)
  const sumUp = (replications: ReplicationsDone['replications'], cancelled: boolean): StudyResult =>
    summarise(inputOf(prepared, replications, cancelled, workers, elapsedMs()))
  const queue = new ReplicationQueue(poolOf(workers), {
    plan,
    seed: study.seed,
    replications: study.replications,
    replicationsMax,
    ahead: workers,
    isEnough: (done) => precision === null || areEnough(plan, done, precision, study.confidence),
    onChange: (state) => onProgress(progressOf(state, plan.measurement.durationNs, elapsedMs())),
  })
  const origin = { file: request.file, seed: study.seed, planHash, engine: ENGINE_VERSION }
  const finish = async (): Promise<StudyOutcome> => {
    const { replications, cancelled } = await queue.run()
    if (replications.length === 0) throw nothingDone(origin)
    return { kind: 'done', problems, result: sumUp(replications, cancelled) }
  }
  return { outcome: finish().catch((error: unknown) => rethrow(error, origin)), cancel: () => queue.cancel() }
}

function inputOf(
  { plan, planHash, study }: PreparedStudy,
  replications: ReplicationsDone['replications'],
  partial: boolean,
  workers: number,
  elapsedMs: number,
): StudyInput {
  const { seed, confidence, precision } = study
  const speed = speedOf(replications, elapsedMs / MS_PER_SECOND, workers)
  return { plan, planHash, seed, confidence, precision, replications, partial, speed }
}

function progressOf({ done, planned, progress }: QueueState, durationNs: number, elapsedMs: number): StudyProgress {
  const simulatedNs = progress.reduce((sum, { nowNs }) => sum + nowNs, 0)
  const plannedNs = planned * durationNs
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

function nothingDone(origin: ErrorOrigin): HostError {
  const message = 'the study was stopped before anything was measured'
  return new HostError({ code: 'cancelled', message, hint: 'let it run a little longer', retryable: true, origin })
}

/** Our own mistakes leave with what it takes to replay them. */
function rethrow(error: unknown, origin: ErrorOrigin): never {
  if (error instanceof HostError) throw new HostError({ ...error.details, origin })
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
  throw new HostError({
    code: 'internal',
    message,
    hint: 'replay it and report it',
    retryable: false,
    origin,
    trace: stack,
  })
}
