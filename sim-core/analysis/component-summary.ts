// Sums up the components over samples: their stations, and the figures that their kinds add.
import { HISTOGRAM_BUCKETS, histogramQuantileNs } from '../kernel/log-histogram.ts'
import { NS_PER_MS, NS_PER_SECOND } from '../kernel/time.ts'
import { addSlices } from '../metrics/histogram-series.ts'
import type { Plan, PlanRatio } from '../model/plan.ts'
import { estimate, NO_ESTIMATE, NOT_NEGATIVE, RATIO } from './estimate.ts'
import type { Sample } from './samples.ts'
import { sampleNs, sumOver } from './samples.ts'
import type { ComponentSummary, Estimate, StationSummary } from './study-result.ts'

/** Every component of the plan that measures something, by id. */
export function componentSummaries(
  plan: Plan,
  samples: readonly Sample[],
  confidence: number,
): Record<string, ComponentSummary> {
  const summaries: Record<string, ComponentSummary> = {}
  for (const { kind, id, ratios } of plan.components) {
    const stations = stationsOf(id, samples, confidence)
    const metrics = { ...metricsOf(id, samples, confidence), ...ratiosOf(id, ratios, samples, confidence) }
    if (Object.keys(stations).length + Object.keys(metrics).length === 0) continue
    summaries[id] = { kind, utilisation: highest(stations), queue_length: longest(stations), stations, metrics }
  }
  return summaries
}

function stationsOf(component: string, samples: readonly Sample[], confidence: number): Record<string, StationSummary> {
  const stations: Record<string, StationSummary> = {}
  const known = samples[0]?.replication.stations ?? []
  for (const [index, station] of known.entries()) {
    if (station.component === component) stations[station.name] = stationSummary(samples, index, confidence)
  }
  return stations
}

interface StationTally {
  readonly ns: number
  /** Visits that were neither refused nor given up. */
  readonly admitted: number
  readonly waited: number
  readonly abandoned: number
  readonly completed: number
  readonly busyArea: number
  readonly queueArea: number
  readonly serverArea: number
  readonly waitSumNs: number
  readonly waits: Float64Array
}

function stationSummary(samples: readonly Sample[], index: number, confidence: number): StationSummary {
  const tallies = samples.map((sample) => stationTally(sample, index))
  const total = addUp(tallies)
  const of = (value: (tally: StationTally) => number): Estimate =>
    estimate(value(total), tallies.map(value), confidence)
  const ratio = (value: (tally: StationTally) => number): Estimate =>
    estimate(value(total), tallies.map(value), confidence, RATIO)
  const column = (name: 'rejected' | 'abandoned'): number =>
    samples.reduce((sum, sample) => sum + sumOver(sample.replication.stations[index]!.columns[name], sample), 0)
  return {
    utilisation: ratio(({ busyArea, serverArea }) => busyArea / serverArea),
    busy: of(({ busyArea, ns }) => busyArea / ns),
    queue_length: of(({ queueArea, ns }) => queueArea / ns),
    wait_ms: {
      mean: of(({ waitSumNs, admitted }) => waitSumNs / admitted / NS_PER_MS),
      p95: of((tallied) => waitQuantileNs(tallied, 0.95) / NS_PER_MS),
      p99: of((tallied) => waitQuantileNs(tallied, 0.99) / NS_PER_MS),
    },
    wait_probability: ratio(({ waited, abandoned, admitted }) => (waited + abandoned) / (admitted + abandoned)),
    throughput_rps: of(({ completed, ns }) => (completed / ns) * NS_PER_SECOND),
    rejected: column('rejected'),
    abandoned: column('abandoned'),
  }
}

function stationTally(sample: Sample, index: number): StationTally {
  const { columns, waits } = sample.replication.stations[index]!
  const histogram = new Float64Array(HISTOGRAM_BUCKETS)
  addSlices(histogram, waits, sample.from, sample.to)
  const waited = sumOver(columns.waited, sample)
  const abandoned = sumOver(columns.abandoned, sample)
  return {
    ns: sampleNs(sample),
    // Visits count when they come and waits when they end: what was in line before the sample may outnumber its visits.
    admitted: Math.max(waited, sumOver(columns.visits, sample) - sumOver(columns.rejected, sample) - abandoned),
    waited,
    abandoned,
    completed: sumOver(columns.completed, sample),
    busyArea: sumOver(columns.busyArea, sample),
    queueArea: sumOver(columns.queueArea, sample),
    serverArea: sumOver(columns.serverArea, sample),
    waitSumNs: sumOver(columns.waitSumNs, sample),
    waits: histogram,
  }
}

function addUp(tallies: readonly StationTally[]): StationTally {
  const waits = new Float64Array(HISTOGRAM_BUCKETS)
  for (const tallied of tallies) for (let i = 0; i < HISTOGRAM_BUCKETS; i++) waits[i] = waits[i]! + tallied.waits[i]!
  const sum = (value: (tally: StationTally) => number): number =>
    tallies.reduce((total, tallied) => total + value(tallied), 0)
  return {
    ns: sum(({ ns }) => ns),
    admitted: sum(({ admitted }) => admitted),
    waited: sum(({ waited }) => waited),
    abandoned: sum(({ abandoned }) => abandoned),
    completed: sum(({ completed }) => completed),
    busyArea: sum(({ busyArea }) => busyArea),
    queueArea: sum(({ queueArea }) => queueArea),
    serverArea: sum(({ serverArea }) => serverArea),
    waitSumNs: sum(({ waitSumNs }) => waitSumNs),
    waits,
  }
}

/** Waits of zero are not in the histogram: they are the visits that did not wait. */
function waitQuantileNs({ admitted, waited, waits }: StationTally, probability: number): number {
  if (admitted === 0) return NaN
  const withoutWait = admitted - waited
  const rank = probability * admitted
  return rank <= withoutWait || waited <= 0 ? 0 : histogramQuantileNs(waits, (rank - withoutWait) / waited)
}

function highest(stations: Readonly<Record<string, StationSummary>>): Estimate {
  return Object.values(stations).reduce<Estimate>(
    (best, { utilisation }) => ((utilisation.mean ?? -1) > (best.mean ?? -1) ? utilisation : best),
    NO_ESTIMATE,
  )
}

function longest(stations: Readonly<Record<string, StationSummary>>): Estimate {
  return Object.values(stations).reduce<Estimate>(
    (best, { queue_length: queue }) => ((queue.mean ?? -1) > (best.mean ?? -1) ? queue : best),
    NO_ESTIMATE,
  )
}

/** Ratios of counters, of the whole component and of each of its parts: `hit_ratio` and `redis.hit_ratio`. */
function ratiosOf(
  component: string,
  ratios: readonly PlanRatio[],
  samples: readonly Sample[],
  confidence: number,
): Record<string, Estimate> {
  const counters = new Map<string, number>()
  for (const [index, metric] of (samples[0]?.replication.metrics ?? []).entries()) {
    if (metric.component === component && metric.kind !== 'gauge') counters.set(metric.metric, index)
  }
  const increase = (name: string, sample: Sample): number =>
    sumOver(sample.replication.metrics[counters.get(name)!]!.values, sample)
  const found: Record<string, Estimate> = {}
  for (const { id, of, among } of ratios) {
    for (const name of counters.keys()) {
      if (name !== of && !name.endsWith(`.${of}`)) continue
      const part = name.slice(0, name.length - of.length)
      if (!among.every((other) => counters.has(part + other))) continue
      const whole = (sample: Sample): number => among.reduce((sum, other) => sum + increase(part + other, sample), 0)
      const total =
        samples.reduce((sum, sample) => sum + increase(name, sample), 0) /
        samples.reduce((sum, sample) => sum + whole(sample), 0)
      found[part + id] = estimate(
        total,
        samples.map((sample) => increase(name, sample) / whole(sample)),
        confidence,
        among.includes(of) ? RATIO : NOT_NEGATIVE,
      )
    }
  }
  return found
}

/** Counters as rates per second, gauges as means over the buckets; terms stand in ratios alone. */
function metricsOf(component: string, samples: readonly Sample[], confidence: number): Record<string, Estimate> {
  const metrics: Record<string, Estimate> = {}
  for (const [index, { component: owner, metric, kind }] of (samples[0]?.replication.metrics ?? []).entries()) {
    if (owner !== component || kind === 'term') continue
    const sums = samples.map((sample) => sumOver(sample.replication.metrics[index]!.values, sample))
    const lengths = samples.map((sample) => (kind === 'counter' ? sampleNs(sample) / NS_PER_SECOND : bucketsIn(sample)))
    const whole = sumOf(sums) / sumOf(lengths)
    const perSample = sums.map((sum, i) => sum / lengths[i]!)
    metrics[metric] = estimate(whole, perSample, confidence)
  }
  return metrics
}

function bucketsIn({ from, to }: Sample): number {
  return Math.max(0, to - from)
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
