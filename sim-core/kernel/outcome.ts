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
