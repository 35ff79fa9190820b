// Tells a system that cannot keep up, whose latency grows for as long as one watches, from a slow one.
import type { Plan } from '../model/plan.ts'
import type { Sample } from './samples.ts'
import { sumOver } from './samples.ts'

/** Backlog that is left of the arrivals of the second half, from which on a system does not keep up. */
const BACKLOG_RATIO = 0.01
/** And how many standard deviations of the number of arrivals it must be, so that short runs do not mislead. */
const BACKLOG_DEVIATIONS = 6

/** Requests in flight reached their bound, or kept growing through the second half of the measured time. */
export function isOverloaded(plan: Plan, whole: readonly Sample[]): boolean {
  return whole.some(({ replication }) => replication.inFlightPeak >= plan.inFlightMax) || backlogGrows(whole)
}

function backlogGrows(whole: readonly Sample[]): boolean {
  let arrivals = 0
  let backlog = 0
  for (const sample of whole) {
    const half = { ...sample, from: Math.ceil((sample.from + sample.to) / 2) }
    const { columns } = sample.replication.endpoints.at(-1)!
    const arrived = sumOver(columns.arrivals, half)
    arrivals += arrived
    backlog += arrived - sumOver(columns.completed, half) - sumOver(columns.failed, half)
  }
  return backlog > Math.max(BACKLOG_RATIO * arrivals, BACKLOG_DEVIATIONS * Math.sqrt(arrivals))
}
