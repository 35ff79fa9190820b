/** Runs the replications of a study over a pool, in order, and as many as the wanted precision takes. */
import { requestsOf } from '../../sim-core/analysis/summarise.ts'
import type { ReplicationResult } from '../../sim-core/metrics/replication-result.ts'
import type { ReplicationJob, ReplicationProgress } from '../workers/worker-messages.ts'

/** What runs one replication: the pool, in a test anything. */
export interface ReplicationRunner {
  run(
    job: ReplicationJob,
    onProgress: (progress: ReplicationProgress) => void,
  ): { readonly result: Promise<ReplicationResult | undefined>; cancel(): void }
}

/** Which replications to run. */
export interface ReplicationPlan extends Omit<ReplicationJob, 'replication'> {
  /** Run in any case. */
  readonly replications: number
  /** Never more than these. */
  readonly replicationsMax: number
  /** How many of those beyond `replications` may be under way before it is known that they are needed. */
  readonly ahead: number
  /** Whether the replications so far are enough; asked at `replications` and after each further one. */
  readonly isEnough: (done: readonly ReplicationResult[]) => boolean
  readonly onChange: (state: QueueState) => void
}

/** How far the replications are. */
export interface QueueState {
  readonly done: number
  readonly planned: number
  /** Of each replication that has begun, in order. */
  readonly progress: readonly ReplicationProgress[]
}

/** What came of it. */
export interface ReplicationsDone {
  /** In order of their numbers. Whole ones only, unless none is whole. */
  readonly replications: readonly ReplicationResult[]
  readonly cancelled: boolean
}

/**
 * The replications of a study under way. Whether they are enough is decided on 0..n-1 for each n in turn, and what ran
 * ahead in vain is dropped, so the outcome does not depend on how many run at a time.
 */
export class ReplicationQueue {
  readonly #runner: ReplicationRunner
  readonly #plan: ReplicationPlan
  readonly #jobs: ReturnType<ReplicationRunner['run']>[] = []
  readonly #progress: ReplicationProgress[] = []
  #done = 0
  #planned = 0
  #cancelled = false

  constructor(runner: ReplicationRunner, plan: ReplicationPlan) {
    this.#runner = runner
    this.#plan = plan
  }

  /** Stops everything soon. */
  cancel(): void {
    this.#cancelled = true
    this.#drop(0)
  }

  /** Runs until it is enough. Rejects as the runner does, with nothing left running. */
  async run(): Promise<ReplicationsDone> {
    const { replications, replicationsMax, ahead, isEnough } = this.#plan
    try {
      this.#launch(replications)
      let results = await this.#results(0, replications)
      while (!this.#cancelled && results.length < replicationsMax && !isEnough(results)) {
        this.#launch(Math.min(replicationsMax, results.length + ahead))
        this.#plan.onChange(this.#state())
        results = [...results, ...(await this.#results(results.length, results.length + 1))]
      }
      return { replications: this.#cancelled ? usable(results) : results, cancelled: this.#cancelled }
    } finally {
      this.#drop(0)
    }
  }

  #launch(until: number): void {
    this.#planned = Math.max(this.#planned, until)
    while (this.#jobs.length < until) {
      const replication = this.#jobs.length
      const { plan, seed } = this.#plan
      const job = this.#runner.run({ plan, seed, replication }, (progress) => {
        this.#progress[replication] = progress
        this.#plan.onChange(this.#state())
      })
      // A replication that ran ahead may break and never be asked for.
      job.result.catch(() => {})
      this.#jobs.push(job)
    }
  }

  /** The results of replications `from` up to but not including `to` that were started; rejects as soon as one breaks. */
  async #results(from: number, to: number): Promise<ReplicationResult[]> {
    const waited = this.#jobs.slice(from, to).map(async (job, offset) => {
      const result = await job.result
      if (result === undefined) return []
      this.#done += 1
      this.#progress[from + offset] = { nowNs: result.endNs, requests: requestsOf([result]) }
      this.#plan.onChange(this.#state())
      return [result]
    })
    return (await Promise.all(waited)).flat()
  }

  #drop(from: number): void {
    for (const job of this.#jobs.slice(from)) job.cancel()
  }

  #state(): QueueState {
    return {
      done: this.#done,
      planned: this.#planned,
      progress: this.#progress.filter((progress) => progress !== undefined),
    }
  }
}

/** Of a cancelled study: the whole replications, or where there is none the one that got farthest. */
function usable(results: readonly ReplicationResult[]): readonly ReplicationResult[] {
  const whole = results.filter(({ partial }) => !partial)
  if (whole.length > 0) return whole
  return results.toSorted((a, b) => b.endNs - a.endNs).slice(0, 1)
}
