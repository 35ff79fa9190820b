/** What the pool and a simulating thread say to each other. */
import type { PlanFault } from '../../sim-core/components/fault/fault.model.ts'
import type { HappeningResult, SeriesTable } from '../../sim-core/analysis/study-result.ts'
import type { ReplicationResult } from '../../sim-core/metrics/replication-result.ts'
import type { Plan } from '../../sim-core/model/plan.ts'
import type { LiveSnapshot } from '../contract/live-run.ts'

/** To the thread: simulate one replication. */
export interface ReplicationJob {
  readonly plan: Plan
  readonly seed: number
  /** From 0. */
  readonly replication: number
  /** Put in by hand, on top of those of the plan. */
  readonly faults: readonly PlanFault[]
}

/** Place in the control words of what the thread shall do; it looks between steps. */
export const COMMAND = 0
export const COMMAND_RUN = 0
export const COMMAND_CANCEL = 1
/** This and any number above it let the thread stand still; each pause has a number of its own, which the thread answers. */
export const COMMAND_PAUSE = 2

/** Place of the number under which pictures are wanted, 0 for none; under a new number they begin with the first row. */
export const PICTURES = 1

/** How many control words there are. */
export const CONTROL_WORDS = 2

/** The job as it is sent. */
export interface JobMessage extends ReplicationJob {
  readonly kind: 'job'
  readonly control: Int32Array<SharedArrayBuffer>
}

/** One more fault, sent while the thread stands still. */
export interface FaultMessage {
  readonly kind: 'fault'
  readonly fault: PlanFault
}

/** What the thread gets. */
export type PoolMessage = JobMessage | FaultMessage

/** How things stand in a replication, and what came since the last picture. */
export interface ReplicationPicture {
  /** The number under which it was wanted. */
  readonly pictures: number
  readonly snapshot: LiveSnapshot
  readonly fromBucket: number
  readonly rows: SeriesTable['columns']
  readonly happenings: readonly HappeningResult[]
}

/** How far a replication is. */
export interface ReplicationProgress {
  readonly nowNs: number
  readonly requests: number
  readonly picture?: ReplicationPicture
}

/** From the thread: progress and pauses any number of times, then one of the others. */
export type WorkerMessage =
  | ({ readonly kind: 'progress' } & ReplicationProgress)
  /** Stands still at this instant, as the command said. */
  | { readonly kind: 'paused'; readonly command: number; readonly nowNs: number }
  | { readonly kind: 'done'; readonly result: ReplicationResult }
  | {
      readonly kind: 'failed'
      readonly message: string
      readonly trace: string
      readonly nowNs: number
      /** There was no memory left. */
      readonly isMemory: boolean
    }
