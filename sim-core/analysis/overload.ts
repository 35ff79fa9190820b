// Tells a system that cannot keep up, whose latency grows for as long as one watches, from a slow one.
import type { Plan } from '../model/plan.ts'
import { tInterval } from './confidence.ts'
import type { Sample } from './samples.ts'
import { sumOver } from './samples.ts'

/** Growth of the queues over the second half, as a share of the requests of that time, from which on it matters. */
const GROWTH_RATIO = 0.01
/** Stretches that the second half of each replication is cut into; with fewer buckets than this, one a bucket. */
const STRETCHES = 10
/** Confidence that the queues grow at all: one false alarm in about twenty thousand studies. */
const GROWTH_CONFIDENCE = 0.9999

/**
 * Requests in flight reached their bound, or queues kept growing through the second half of the measured time.
 *
 * Growth is that of everybody who waits at any station, also for callers that gave up: work piles up there even while
 * timeouts keep the number of clients in flight low. What merely is in flight says less, because long delays and a rising
 * load fill a system that has no queue at all. Growth counts when it is large, so that a queue that is just a little longer
 * at the end says nothing, and when it is certain by a t-interval over stretches of time. In a system that keeps up the
 * growth of one stretch is made up for by others, so their spread overstates that of the sum and the test is careful; in one
 * that does not, they are nearly independent. Differs from a test against Poisson noise in that bursts and heavy tails
 * widen the interval.
 */
export function isOverloaded(plan: Plan, whole: readonly Sample[]): boolean {
  return whole.some(({ replication }) => replication.inFlightPeak >= plan.inFlightMax) || queuesGrow(whole)
}

function queuesGrow(whole: readonly Sample[]): boolean {
  let arrivals = 0
  const growth: number[] = []
  for (const sample of whole) {
    const half = { ...sample, from: Math.ceil((sample.from + sample.to) / 2) }
    arrivals += sumOver(sample.replication.endpoints.at(-1)!.columns.arrivals, half)
    growth.push(...growthByStretch(half))
  }
  const total = growth.reduce((sum, value) => sum + value, 0)
  return growth.length > 1 && total > GROWTH_RATIO * arrivals && tInterval(growth, GROWTH_CONFIDENCE).low > 0
}

/** By how much the queues are longer at the end of each stretch of buckets than at its start. */
function growthByStretch({ replication, from, to }: Sample): number[] {
  const waiting = (bucket: number): number =>
    bucket < 0 ? 0 : replication.stations.reduce((sum, { columns }) => sum + columns.endQueued[bucket]!, 0)
  const stretches = Math.max(0, Math.min(STRETCHES, to - from))
  const edge = (stretch: number): number => from + Math.floor((stretch * (to - from)) / stretches)
  return Array.from({ length: stretches }, (_, i) => waiting(edge(i + 1) - 1) - waiting(edge(i) - 1))
}
