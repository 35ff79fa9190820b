/** Runs the replications of a study over a pool, in order, and as many as the wanted precision takes. */
import { requestsOf } from '../../sim-core/analysis/summarise.ts'
import type { PlanFault } from '../../sim-core/components/fault/fault.model.ts'
import type { ReplicationResult } from '../../sim-core/metrics/replication-result.ts'
import type { ReplicationJob, ReplicationPicture, ReplicationProgress } from '../workers/worker-messages.ts'
import type { PooledJob } from '../workers/worker-pool.ts'

/** What runs one replication: the pool, in a test anything. */
export interface ReplicationRunner {
  run(job: ReplicationJob, onProgress: (progress: ReplicationProgress) => void): PooledJob
}

/** Which replications to run. */
export interface ReplicationPlan extends Omit<ReplicationJob, 'replication' | 'faults'> {
  /** Run in any case. */
  readonly replications: number
  /** Never more than these. */
  readonly replicationsMax: number
  /** How many of those beyond `replications` may be under way before it is known that they are needed. */
  readonly ahead: number
  /** Whether the replications so far are enough; asked at `replications` and after each further one. */
  readonly isEnough: (done: readonly ReplicationResult[]) => boolean
  readonly onChange: (state: QueueState) => void
  /** Gets pictures of the lowest replication that is not done; absent when nobody looks. */
  readonly onPicture?: (replication: number, picture: ReplicationPicture) => void
}

/** How far the replications are. */
export interface QueueState {
  readonly done: number
  readonly planned: number
  /** Of each replication that has begun, in order. */
  readonly progress: readonly Omit<ReplicationProgress, 'picture'>[]
}

/** What came of it. */
export interface ReplicationsDone {
  /** In order of their numbers. Whole ones only, unless none is whole. */
  readonly replications: readonly ReplicationResult[]
  readonly cancelled: boolean
}

/** One replication: under way, over with a result or an error, or, when both are absent though it is over, dropped before it began. */
interface Slot {
  readonly job: PooledJob
  isOver: boolean
  result?: ReplicationResult | undefined
  error?: unknown
  progress?: Omit<ReplicationProgress, 'picture'>
}

/**
 * The replications of a study under way. Whether they are enough is decided on 0..n-1 for each n in turn, and what ran
 * ahead in vain is dropped, so the outcome does not depend on how many run at a time.
 */
export class ReplicationQueue {
  readonly #runner: ReplicationRunner
  readonly #plan: ReplicationPlan
  readonly #slots: Slot[] = []
  readonly #faults: PlanFault[] = []
  readonly #outcome = Promise.withResolvers<ReplicationsDone>()
  /** How many replications are decided on next. */
  #wanted: number
  #planned = 0
  #cancelled = false
  #paused = false
  #ended = false
  /** Counts requests for pictures, so that late ones are told from those that are wanted. */
  #pictures = 0
  #watched: Slot | undefined
  #injecting: Promise<unknown> | undefined

  constructor(runner: ReplicationRunner, plan: ReplicationPlan) {
    this.#runner = runner
    this.#plan = plan
    this.#wanted = plan.replications
  }

  /** Runs until it is enough. Rejects as the runner does, with nothing left running. */
  async run(): Promise<ReplicationsDone> {
    this.#launch(this.#wanted)
    return await this.#outcome.promise
  }

  /** Stops everything soon. */
  cancel(): void {
    this.#cancelled = true
    this.#drop()
  }

  /** Lets everything stand still soon. */
  pause(): void {
    this.#paused = true
    for (const { job } of this.#slots) void job.pause()
  }

  resume(): void {
    this.#paused = false
    if (this.#injecting === undefined) for (const { job } of this.#slots) job.resume()
  }

  /**
   * Lets a fault strike in every replication at one instant: the next one that none of those under way has passed. Those
   * that are over run again. Answers the instant in ns, or undefined when nothing is under way any more.
   */
  async inject(faultAt: (atNs: number) => PlanFault): Promise<number | undefined> {
    // One fault after the other: each needs all replications to stand still.
    while (this.#injecting !== undefined) await this.#injecting
    const injecting = this.#injectNow(faultAt)
    this.#injecting = injecting
    try {
      return await injecting
    } finally {
      this.#injecting = undefined
      if (!this.#paused) for (const { job } of this.#slots) job.resume()
      this.#advance()
    }
  }

  async #injectNow(faultAt: (atNs: number) => PlanFault): Promise<number | undefined> {
    const underWay = this.#slots.filter(({ isOver }) => !isOver)
    const instants = await Promise.all(underWay.map(async ({ job }) => await job.pause()))
    const reached = instants.filter((instant) => instant !== undefined)
    if (this.#ended || this.#cancelled || reached.length === 0) return undefined
    const atNs = Math.max(...reached) + 1
    const fault = faultAt(atNs)
    this.#faults.push(fault)
    for (const [replication, slot] of this.#slots.entries()) {
      if (slot.isOver) this.#start(replication)
      else slot.job.inject(fault)
    }
    // What was decided was decided without the fault.
    this.#wanted = this.#plan.replications
    return atNs
  }

  #launch(until: number): void {
    this.#planned = Math.max(this.#planned, until)
    while (this.#slots.length < until) this.#start(this.#slots.length)
    this.#watchLowest()
  }

  #start(replication: number): void {
    const { plan, seed, onPicture } = this.#plan
    const faults = [...this.#faults]
    const job = this.#runner.run({ plan, seed, replication, faults }, ({ picture, ...progress }) => {
      slot.progress = progress
      if (this.#slots[replication] !== slot) return
      this.#plan.onChange(this.#state())
      if (picture?.pictures === this.#pictures && slot === this.#watched) onPicture?.(replication, picture)
    })
    const slot: Slot = { job, isOver: false }
    this.#slots[replication] = slot
    if (this.#paused) void job.pause()
    // A replication that ran ahead may break and never be asked for.
    job.result.then(
      (result) => this.#settle(slot, { result }),
      (error: unknown) => this.#settle(slot, { error }),
    )
  }

  #settle(slot: Slot, end: Pick<Slot, 'result' | 'error'>): void {
    Object.assign(slot, end, { isOver: true })
    if (this.#ended || !this.#slots.includes(slot)) return
    if (end.result !== undefined) {
      slot.progress = { nowNs: end.result.endNs, requests: requestsOf([end.result]) }
      this.#plan.onChange(this.#state())
    }
    this.#advance()
  }

  /** Goes as far as what is over allows: asks whether it is enough, launches more, ends. */
  #advance(): void {
    try {
      while (!this.#ended && this.#injecting === undefined && this.#decide());
      if (!this.#ended) this.#watchLowest()
    } catch (error) {
      this.#end(() => this.#outcome.reject(error))
    }
  }

  /** Decides on the replications wanted, if they are over; true when it launched more. Throws what broke one of them. */
  #decide(): boolean {
    const { replicationsMax, ahead, isEnough, onChange } = this.#plan
    const asked = this.#slots.slice(0, this.#wanted)
    const broken = asked.find(({ error }) => error !== undefined)
    if (broken !== undefined) throw broken.error
    if (asked.some(({ isOver }) => !isOver)) return false
    const replications = asked.flatMap(({ result }) => result ?? [])
    const cancelled = this.#cancelled
    if (cancelled || replications.length >= replicationsMax || isEnough(replications)) {
      const done = { replications: cancelled ? usable(replications) : replications, cancelled }
      this.#end(() => this.#outcome.resolve(done))
      return false
    }
    this.#wanted = replications.length + 1
    this.#launch(Math.min(replicationsMax, replications.length + ahead))
    onChange(this.#state())
    return true
  }

  #end(settle: () => void): void {
    this.#ended = true
    this.#drop()
    settle()
  }

  #drop(): void {
    for (const { job } of this.#slots) job.cancel()
  }

  #watchLowest(): void {
    const lowest = this.#slots.find(({ isOver }) => !isOver)
    if (this.#plan.onPicture === undefined || lowest === this.#watched) return
    this.#watched?.job.watch(0)
    this.#watched = lowest
    lowest?.job.watch(++this.#pictures)
  }

  #state(): QueueState {
    return {
      done: this.#slots.filter(({ result }) => result !== undefined).length,
      planned: this.#planned,
      progress: this.#slots.flatMap(({ progress }) => progress ?? []),
    }
  }
}

/** Of a cancelled study: the whole replications, or where there is none the one that got farthest. */
function usable(results: readonly ReplicationResult[]): readonly ReplicationResult[] {
  const whole = results.filter(({ partial }) => !partial)
  if (whole.length > 0) return whole
  return results.toSorted((a, b) => b.endNs - a.endNs).slice(0, 1)
}
