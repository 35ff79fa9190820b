// The changes an autoscaler made lately, against which its rate limits are counted.

/** One change: `change` replicas were added, or removed, at an instant; an outdated entry is free for reuse. */
export interface ScaleEvent {
  readonly change: number
  readonly atNs: number
  readonly outdated: boolean
}

/** Replicas changed within the last period; an event exactly one period old no longer counts. */
export function changeWithin(events: readonly ScaleEvent[], nowNs: number, periodNs: number): number {
  let change = 0
  for (const event of events) if (event.atNs > nowNs - periodNs) change += event.change
  return change
}

/**
 * Notes a change in the log of its direction, reusing the last entry that no policy can see any more.
 *
 * Source: Kubernetes, pkg/controller/podautoscaler/horizontal.go, storeScaleEvent and markScaleEventsOutdated: events
 * older than the longest period are outdated; the last outdated one is overwritten, else the event is appended.
 * Differs from the source: none.
 * @param periodsNs the periods of the policies of this direction.
 */
export function recordScaleEvent(
  events: ScaleEvent[],
  nowNs: number,
  change: number,
  periodsNs: readonly number[],
): void {
  const cutoffNs = nowNs - Math.max(0, ...periodsNs)
  let reusable = -1
  events.forEach((event, index) => {
    if (event.atNs < cutoffNs && !event.outdated) events[index] = { ...event, outdated: true }
    if (events[index]!.outdated) reusable = index
  })
  events[reusable < 0 ? events.length : reusable] = { change, atNs: nowNs, outdated: false }
}
