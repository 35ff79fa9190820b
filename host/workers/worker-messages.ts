/** What the pool and a simulating thread say to each other. */
import type { ReplicationResult } from '../../sim-core/metrics/replication-result.ts'
import type { Plan } from '../../sim-core/model/plan.ts'

/** To the thread: simulate one replication. */
export interface ReplicationJob {
  readonly plan: Plan
  readonly seed: number
  /** From 0. */
  readonly replication: number
}

/** The job as it is sent: the flag, one Int32 that is 0 until the job is cancelled, is looked at between steps. */
export interface JobMessage extends ReplicationJob {
  readonly cancelFlag: Int32Array<SharedArrayBuffer>
}

/** How far a replication is. */
export interface ReplicationProgress {
  readonly nowNs: number
  readonly requests: number
}

/** From the thread: progress any number of times, then one of the others. */
export type WorkerMessage =
  | ({ readonly kind: 'progress' } & ReplicationProgress)
  | { readonly kind: 'done'; readonly result: ReplicationResult }
  | { readonly kind: 'failed'; readonly message: string; readonly trace: string; readonly nowNs: number }
