// Why a simulated request failed: outcomes with a cause, never exceptions.

/** Causes by their code; 0 is success. A plan appends the causes that its own `fail` steps name. */
export const BUILT_IN_CAUSES = [
  'none',
  'timeout',
  'failed',
  'rejected',
  'abandoned_queue',
  'pool_timeout',
  'lock_timeout',
  'breaker_open',
  'no_healthy_instance',
  'instance_killed',
  'cancelled',
  'in_flight_limit',
  'rate_limited',
  'bulkhead_full',
  'shed',
  'expired',
] as const

/** Causes are kept in a byte. */
export const CAUSES_MAX = 256

/** The caller's patience for one try ended. */
export const CAUSE_TIMEOUT = 1
/** A `fail` step, that is an error of the application itself. */
export const CAUSE_FAILED = 2
/** A full queue refused the request. */
export const CAUSE_REJECTED = 3
/** The request left a queue because its patience ended. */
export const CAUSE_ABANDONED_QUEUE = 4
/** No pooled connection came free within the acquire timeout. */
export const CAUSE_POOL_TIMEOUT = 5
/** A per-key lock was not granted within its wait. */
export const CAUSE_LOCK_TIMEOUT = 6
export const CAUSE_BREAKER_OPEN = 7
export const CAUSE_NO_HEALTHY_INSTANCE = 8
export const CAUSE_INSTANCE_KILLED = 9
/** The caller withdrew its call. */
export const CAUSE_CANCELLED = 10
/** The run's own bound on requests in flight was reached. */
export const CAUSE_IN_FLIGHT_LIMIT = 11
/** The caller's own rate limit refused the try. */
export const CAUSE_RATE_LIMITED = 12
/** As many calls as the caller allows itself were under way, and its queue was full or took too long. */
export const CAUSE_BULKHEAD_FULL = 13
/** A queue whose waits were too long dropped the request. */
export const CAUSE_SHED = 14
/** The caller's deadline had passed before the request was served. */
export const CAUSE_EXPIRED = 15

/**
 * Whether a cause of failure says that there was too much to do. An application that says no has done its work, and causes
 * that scenarios name are its own.
 */
export function isRefusal(cause: number): boolean {
  return cause > CAUSE_FAILED ? cause < BUILT_IN_CAUSES.length : cause === CAUSE_TIMEOUT
}
