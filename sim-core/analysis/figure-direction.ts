// Which way a figure is good.

/** Whether more of a figure is better, worse, or neither. */
export type Direction = 'higher' | 'lower' | 'neutral'

/** The end of a figure's name says what it measures; the first rule that fits counts. */
const RULES: readonly (readonly [pattern: RegExp, direction: Direction])[] = [
  [/(?:^|\.)hit_ratio$|^distance_saved$/u, 'higher'],
  [/_ms$/u, 'lower'],
  [/^(?:error_ratio|in_flight|queue_length|wait_probability)$/u, 'lower'],
  [/(?:^|\.)(?:timeouts|lock_timeouts|lock_waits|refused|skew|stale|lost_purges)$/u, 'lower'],
]

/**
 * Latencies, errors, queues and refusals are better when lower; hit ratios, and the throughput of clients and endpoints,
 * when higher. How busy something is, how much work it gets and how many there are is neither: a cache that takes load off a
 * database is no loss to the database.
 * @param isRequests whether the figure is of clients or an endpoint
 */
export function directionOf(figure: string, isRequests: boolean): Direction {
  if (figure === 'throughput_rps') return isRequests ? 'higher' : 'neutral'
  return RULES.find(([pattern]) => pattern.test(figure))?.[1] ?? 'neutral'
}
