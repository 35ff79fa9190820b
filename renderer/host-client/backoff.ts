/** How long to wait before the next try to reach the host. */

const FIRST_MS = 200
const LONGEST_MS = 5000

/** Doubles from 0.2 s to 5 s; `failures` counts from 1. In ms. */
export function retryDelayMs(failures: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(Math.max(failures, 1) - 1, 10))
}
