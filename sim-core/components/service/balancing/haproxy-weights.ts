// How HAProxy scales weights.

/** Largest weight of a server. */
export const HAPROXY_WEIGHT_MAX = 256

/** Units of effective weight per unit of weight in the algorithms that can change weights while running. */
export const WEIGHT_SCALE = 16

/** Largest effective weight. */
export const EFFECTIVE_WEIGHT_MAX = HAPROXY_WEIGHT_MAX * WEIGHT_SCALE
