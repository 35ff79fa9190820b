/** Runs the studies of programs that work on files: prepares the plan, runs it, tells how far it is. */
import type { Platform } from '../contract/host.ts'
import type { RunningStudy, StudyApi, StudyProgress, StudyRequest } from '../contract/study-api.ts'
import { WorkerPool } from '../workers/worker-pool.ts'
import { resultJsonSchema } from './result-schema.ts'
import { prepareStudy } from './study-files.ts'
import { replicationsMaxOf, StudyRun } from './study-run.ts'

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
  const workers = Math.min(request.workers ?? platform.cores, replicationsMaxOf(prepared))
  const { nowMs } = platform
  const run = new StudyRun({ prepared, file: request.file, runner: poolOf(workers), workers, nowMs, onProgress })
  return {
    outcome: run.result.then((result) => ({ kind: 'done', problems, result })),
    cancel: () => run.cancel(),
  }
}
