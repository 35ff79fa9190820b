// Spreads independent oracle cases over worker threads; outcomes come back in the order of the cases.
import { Worker } from 'node:worker_threads'
import { type OracleOutcome, failure } from './oracle-case.ts'
import type { CaseRequest } from './worker.ts'

/** The program of a thread that runs cases with the registered adapters. */
const CASE_WORKER = new URL('./worker.ts', import.meta.url)

/**
 * Runs every request on one of `workers` threads. A thread that dies fails its case only, and is replaced.
 * @param program what each thread runs: it answers every message, a request, by its outcome.
 */
export async function runOnThreads(
  requests: readonly CaseRequest[],
  workers: number,
  program: URL = CASE_WORKER,
): Promise<OracleOutcome[]> {
  const outcomes: OracleOutcome[] = Array.from({ length: requests.length })
  let next = 0
  const drain = async (): Promise<void> => {
    let worker = new Worker(program)
    while (next < requests.length) {
      const index = next
      next += 1
      const request = requests[index]
      if (request === undefined) break
      const answer = await ask(worker, request)
      outcomes[index] = answer.outcome
      if (answer.died) worker = new Worker(program)
    }
    await worker.terminate()
  }
  await Promise.all(Array.from({ length: Math.min(workers, requests.length) }, drain))
  return outcomes
}

function ask(
  worker: Worker,
  request: CaseRequest,
): Promise<{ readonly outcome: OracleOutcome; readonly died: boolean }> {
  return new Promise((resolve) => {
    const settle = (outcome: OracleOutcome, died: boolean): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit)
      resolve({ outcome, died })
    }
    const onMessage = (outcome: OracleOutcome): void => settle(outcome, false)
    const onError = (error: unknown): void => settle(failure('an answer', String(error)), true)
    const onExit = (code: number): void => settle(failure('an answer', `worker exited with code ${code}`), true)
    worker.on('message', onMessage).on('error', onError).on('exit', onExit)
    worker.postMessage(request)
  })
}
