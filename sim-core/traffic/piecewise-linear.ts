/** The two questions every curve of straight pieces is asked: which piece holds at an instant, and its value there. */

/** Anything that happens at an instant. */
interface Instant {
  /** Integer ns since the start of the run. */
  readonly atNs: number
}

/** Index of the last point at or before `tNs`, the later one of a jump; -1 when all lie after it. O(log n). */
export function lastPointAt(points: readonly Instant[], tNs: number): number {
  let low = 0
  let high = points.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (points[middle]!.atNs <= tNs) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Value at `tNs` on the straight line from (fromNs, fromValue) to (toNs, toValue); toNs is after fromNs. */
export function interpolate(fromNs: number, fromValue: number, toNs: number, toValue: number, tNs: number): number {
  return fromValue + ((toValue - fromValue) * (tNs - fromNs)) / (toNs - fromNs)
}
