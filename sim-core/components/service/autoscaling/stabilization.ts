// The memory of what an autoscaler recommended lately, and how it calms the next decision.

/** A replica count the metrics asked for at an instant, before any limit. */
export interface Recommendation {
  readonly replicas: number
  readonly atNs: number
}

/**
 * The largest recommendation of the window, the new one included; then notes the new one.
 *
 * Source: Kubernetes, pkg/controller/podautoscaler/horizontal.go, stabilizeRecommendation: entries before now - window
 * are old, the last old one is overwritten, else the entry is appended. Differs from the source: none.
 */
export function stabilizeByMaximum(log: Recommendation[], nowNs: number, desired: number, windowNs: number): number {
  let maximum = desired
  let reusable = -1
  log.forEach((entry, index) => {
    if (entry.atNs < nowNs - windowNs) reusable = index
    else maximum = Math.max(maximum, entry.replicas)
  })
  note(log, reusable, { replicas: desired, atNs: nowNs })
  return maximum
}

/**
 * The current count, moved only as far as every recommendation of the windows agrees; then notes the new one.
 *
 * Source: Kubernetes, horizontal.go, stabilizeRecommendationWithBehaviors: the current count is raised to the least
 * recommendation of the up window and lowered to the greatest of the down window; entries after now - window count,
 * entries before both windows may be overwritten. Differs from the source: none.
 */
export function stabilizeByWindows(
  log: Recommendation[],
  nowNs: number,
  current: number,
  desired: number,
  upWindowNs: number,
  downWindowNs: number,
): number {
  const upCutoffNs = nowNs - upWindowNs
  const downCutoffNs = nowNs - downWindowNs
  let least = desired
  let greatest = desired
  let reusable = -1
  log.forEach((entry, index) => {
    if (entry.atNs > upCutoffNs) least = Math.min(least, entry.replicas)
    if (entry.atNs > downCutoffNs) greatest = Math.max(greatest, entry.replicas)
    if (entry.atNs < upCutoffNs && entry.atNs < downCutoffNs) reusable = index
  })
  note(log, reusable, { replicas: desired, atNs: nowNs })
  return Math.min(Math.max(current, least), greatest)
}

function note(log: Recommendation[], reusable: number, entry: Recommendation): void {
  log[reusable < 0 ? log.length : reusable] = entry
}
