// Sums up one endpoint over samples: outcomes, latencies, where the time went.
import { HISTOGRAM_BUCKETS, histogramQuantileNs } from '../kernel/log-histogram.ts'
import { NS_PER_MS, NS_PER_SECOND } from '../kernel/time.ts'
import { addSlices } from '../metrics/histogram-series.ts'
import type { EndpointResult } from '../metrics/replication-result.ts'
import { estimate, RATIO, scaled } from './estimate.ts'
import type { Sample } from './samples.ts'
import { sampleNs, sumOver } from './samples.ts'
import type { EndpointSummary, Estimate } from './study-result.ts'

/** Quantiles reported of every latency, by their key. */
const LATENCY_QUANTILES = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99, p99_9: 0.999 } as const

type QuantileKey = keyof typeof LATENCY_QUANTILES

/** What one sample says of one endpoint. */
interface Tally {
  readonly arrivals: number
  readonly completed: number
  readonly failed: number
  readonly ns: number
  readonly inFlightArea: number
  readonly latencySumNs: number
  readonly histogram: Float64Array
}

/** @param index of the endpoint in every replication's list */
export function endpointSummary(
  samples: readonly Sample[],
  index: number,
  causes: readonly string[],
  confidence: number,
): Omit<EndpointSummary, 'slo'> {
  const results = samples.map((sample) => sample.replication.endpoints[index]!)
  const tallies = samples.map((sample, i) => tally(results[i]!, sample))
  const total = addUp(tallies)
  const of = (value: (tally: Tally) => number): Estimate => estimate(value(total), tallies.map(value), confidence)
  const quantile = (key: QuantileKey): Estimate =>
    of(({ histogram }) => histogramQuantileNs(histogram, LATENCY_QUANTILES[key]) / NS_PER_MS)
  return {
    arrivals: total.arrivals,
    completed: total.completed,
    failed: total.failed,
    errors: errorsByCause(samples, index, causes),
    wasted: [...new Set(samples.map(({ replication }) => replication))].reduce(
      (sum, { endpoints }) => sum + endpoints[index]!.wasted,
      0,
    ),
    error_ratio: estimate(errorRatio(total), tallies.map(errorRatio), confidence, RATIO),
    throughput_rps: of(({ completed, ns }) => (completed / ns) * NS_PER_SECOND),
    in_flight: of(({ inFlightArea, ns }) => inFlightArea / ns),
    latency_ms: {
      mean: scaled(
        of(({ latencySumNs, completed }) => latencySumNs / completed),
        1 / NS_PER_MS,
      ),
      p50: quantile('p50'),
      p90: quantile('p90'),
      p95: quantile('p95'),
      p99: quantile('p99'),
      p99_9: quantile('p99_9'),
    },
    time_ms: timeParts(samples, index, total),
  }
}

function errorRatio({ completed, failed }: Tally): number {
  return failed / (completed + failed)
}

function tally({ columns, latencies }: EndpointResult, sample: Sample): Tally {
  const histogram = new Float64Array(HISTOGRAM_BUCKETS)
  addSlices(histogram, latencies, sample.from, sample.to)
  return {
    arrivals: sumOver(columns.arrivals, sample),
    completed: sumOver(columns.completed, sample),
    failed: sumOver(columns.failed, sample),
    ns: sampleNs(sample),
    inFlightArea: sumOver(columns.inFlightArea, sample),
    latencySumNs: sumOver(columns.latencySumNs, sample),
    histogram,
  }
}

function addUp(tallies: readonly Tally[]): Tally {
  const histogram = new Float64Array(HISTOGRAM_BUCKETS)
  for (const tallied of tallies)
    for (let i = 0; i < HISTOGRAM_BUCKETS; i++) histogram[i] = histogram[i]! + tallied.histogram[i]!
  const sum = (value: (tally: Tally) => number): number => tallies.reduce((total, tallied) => total + value(tallied), 0)
  return {
    arrivals: sum(({ arrivals }) => arrivals),
    completed: sum(({ completed }) => completed),
    failed: sum(({ failed }) => failed),
    ns: sum(({ ns }) => ns),
    inFlightArea: sum(({ inFlightArea }) => inFlightArea),
    latencySumNs: sum(({ latencySumNs }) => latencySumNs),
    histogram,
  }
}

function errorsByCause(samples: readonly Sample[], index: number, causes: readonly string[]): Record<string, number> {
  const counts = causes.map(() => 0)
  for (const sample of samples) {
    const { failures } = sample.replication.endpoints[index]!
    for (let bucket = sample.from; bucket < sample.to; bucket++) {
      for (let cause = 1; cause < causes.length; cause++) counts[cause]! += failures[bucket * causes.length + cause]!
    }
  }
  return Object.fromEntries(
    causes.map((cause, code) => [cause, counts[code]!] as const).filter(([, count]) => count > 0),
  )
}

/** Means over completed requests; service is what the other parts leave of the mean latency. */
function timeParts(samples: readonly Sample[], index: number, total: Tally): EndpointSummary['time_ms'] {
  const mean = (column: 'queueSumNs' | 'networkSumNs' | 'lockSumNs' | 'retrySumNs'): number => {
    const sum = samples.reduce(
      (all, sample) => all + sumOver(sample.replication.endpoints[index]!.columns[column], sample),
      0,
    )
    return total.completed > 0 ? sum / total.completed / NS_PER_MS : 0
  }
  const queue = mean('queueSumNs')
  const network = mean('networkSumNs')
  const lock = mean('lockSumNs')
  const retry = mean('retrySumNs')
  const whole = total.completed > 0 ? total.latencySumNs / total.completed / NS_PER_MS : 0
  return { queue, service: whole - queue - network - lock - retry, network, retry, lock }
}
