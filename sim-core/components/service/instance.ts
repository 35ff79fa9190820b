// One replica of a service: its processor, its workers, and where it is in its life.
import type { Slots } from '../../kernel/slots.ts'
import type { Station } from '../../kernel/station.ts'
import type { Timer } from '../../kernel/timer.ts'

/** Life of an instance. */
export type InstanceState = 'absent' | 'starting' | 'ready' | 'draining' | 'dead'

/** A replica; there are as many of these as the service may ever have. */
export interface Instance {
  readonly index: number
  readonly processor: Station
  /** Absent when any number of requests may be worked on. */
  readonly workers: Slots | undefined
  /** Ends the start-up. */
  readonly startTimer: Timer
  state: InstanceState
  /** Requests that were sent to it and have not been answered. */
  outstanding: number
  startedNs: number
  readySinceNs: number
  /** Successful (positive) or failed (negative) health checks in a row. */
  checksInRow: number
}
