// How often the confidence intervals of studies hold the truth, which is known for M/M/8.
import { summarise } from '../../sim-core/analysis/summarise.ts'
import type { Estimate } from '../../sim-core/analysis/study-result.ts'
import { planOf, replicate } from '../support/study.ts'
import { type MmcQueue, meanSojourn, sojournQuantile } from './mmc.ts'

/** Confidence that the studies ask for. */
export const CONFIDENCE = 0.95

const REPLICATIONS = 5
const SERVERS = 8
const LOAD = 0.8

/** Times in ms, rates per ms. */
const QUEUE: MmcQueue = { lambda: SERVERS * LOAD, mu: 1, servers: SERVERS }

/** About 50,000 requests in a replication; the warm-up is found as it is for any user. */
const SCENARIO = `
version: 1
name: M/M/${SERVERS}
run: { duration: 8s, bucket: 100ms, limits: { in_flight: 10000 } }
traffic: { clients: { rate: ${QUEUE.lambda * 1000}/s, mix: { serve: 100% } } }
services:
  station:
    cpu: { cores: ${SERVERS}, scheduling: fifo }
    endpoints: { serve: { steps: [{ cpu: exponential(1ms) }] } }
`

/** One figure over all studies. */
export interface Coverage {
  readonly figure: string
  readonly truth: number
  readonly studies: number
  /** Studies whose interval holds the truth. */
  readonly covered: number
  /** Studies whose interval lies wholly below, and above. */
  readonly below: number
  readonly above: number
  /** Mean of the estimates, and mean half-width of the intervals. */
  readonly mean: number
  readonly halfWidth: number
}

/** Runs one study for each of the seeds 1 to `studies` and counts. Latencies in ms. */
export function coverageOf(studies: number): Coverage[] {
  const plan = planOf(SCENARIO)
  const results = Array.from({ length: studies }, (_, i) => {
    const seed = i + 1
    const replications = Array.from({ length: REPLICATIONS }, (__, replication) => replicate(plan, seed, replication))
    const speed = { events: 0, requests: 0, wall_s: 0, events_per_s: 0, requests_per_s: 0, workers: 1 }
    const asked = { plan, planHash: '', seed, confidence: CONFIDENCE, precision: null, partial: false }
    return summarise({ ...asked, replications, speed }).clients.latency_ms
  })
  return [
    counted(
      'mean',
      meanSojourn(QUEUE),
      results.map(({ mean }) => mean),
    ),
    counted(
      'p95',
      sojournQuantile(QUEUE, 0.95),
      results.map(({ p95 }) => p95),
    ),
  ]
}

function counted(figure: string, truth: number, estimates: readonly Estimate[]): Coverage {
  const known = estimates.map(({ mean, low, high }) => ({ mean: mean ?? NaN, low: low ?? NaN, high: high ?? NaN }))
  const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  return {
    figure,
    truth,
    studies: known.length,
    covered: known.filter(({ low, high }) => low <= truth && truth <= high).length,
    below: known.filter(({ high }) => high < truth).length,
    above: known.filter(({ low }) => low > truth).length,
    mean: average(known.map(({ mean }) => mean)),
    halfWidth: average(known.map(({ low, high }) => (high - low) / 2)),
  }
}
