/** The one error that leaves the host, whatever transport carries it. */

/** Which run it was, so that it can be replayed. */
export interface ErrorOrigin {
  readonly file: string
  readonly seed: number
  readonly planHash: string
  readonly engine: string
  /** From 0; absent when no single replication is to blame. */
  readonly replication?: number
}

/** What an error says; plain data. */
export interface HostErrorDetails {
  /** Stable name of the kind of error. */
  readonly code:
    | 'cancelled'
    | 'storage'
    | 'read-only'
    | 'conflict'
    | 'not-found'
    | 'invalid-call'
    | 'disconnected'
    | 'worker-crashed'
    | 'internal'
  readonly message: string
  /** What to do. */
  readonly hint: string
  /** Whether the same call may succeed when it is made again. */
  readonly retryable: boolean
  readonly origin?: ErrorOrigin
  /** Where in the program it arose, for its authors. */
  readonly trace?: string
}

/** Something other than the user's input went wrong. */
export class HostError extends Error {
  override readonly name = 'HostError'
  readonly details: HostErrorDetails

  constructor(details: HostErrorDetails) {
    super(details.message)
    this.details = details
  }
}
