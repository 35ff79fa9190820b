// Independent replications of a queueing model of one length, reduced to its figures.
import { meanOf } from '../../../sim-core/analysis/moments.ts'
import { HISTOGRAM_BUCKETS, histogramQuantileNs } from '../../../sim-core/kernel/log-histogram.ts'
import type { ReplicationResult } from '../../../sim-core/metrics/replication-result.ts'
import { stringify } from 'yaml'
import { planOf, replicate } from '../../support/study.ts'
import type { Figure } from './figure.ts'
import { type Histogram, Measured, populations } from './measured.ts'

/** A model as a scenario, with the figures it is judged by. */
export interface QueueingStudy {
  /** Which part of the case it is; empty when it is all of it. */
  readonly name: string
  /** The sections `traffic`, `services`, `policies` and `faults` of the scenario. */
  readonly sections: Readonly<Record<string, unknown>>
  /** Nanoseconds in the unit of time of the model. */
  readonly unitNs: number
  readonly figures: readonly Figure[]
}

/** Buckets of a replication, the first two of which are its warm-up. */
const BUCKETS = 10

/** More requests in flight than any of the models has by far; a run that reaches it is refused. */
const IN_FLIGHT_MAX = 65_536

/** Events of the run that finds out how many there are in a time, about. */
const PROBE_EVENTS = 5_000

/** The scenario of a study in YAML. */
function scenarioText({ sections }: QueueingStudy, durationNs: number): string {
  const bucketNs = Math.ceil(durationNs / BUCKETS)
  const run = {
    duration: `${bucketNs * BUCKETS}ns`,
    bucket: `${bucketNs}ns`,
    warmup: '0s',
    limits: { in_flight: IN_FLIGHT_MAX },
  }
  // Equal steps are written out: a scenario may use few aliases.
  return stringify({ version: 1, name: 'queueing model', run, ...sections }, { aliasDuplicateObjects: false })
}

/** Replications of a study so far. */
export class Replications {
  readonly study: QueueingStudy
  readonly durationNs: number
  /** [figure][replication]: numbers, or histograms of which the figure is a quantile. */
  private readonly numbers: readonly number[][]
  private readonly histograms: readonly Histogram[][]
  private readonly plan: ReturnType<typeof planOf>
  private readonly seed: number
  /** [replication]: series of numbers of requests by bucket. */
  private readonly populations: number[][][] = []
  private readonly utilisations: number[] = []

  constructor(study: QueueingStudy, durationNs: number, seed: number) {
    this.study = study
    this.durationNs = durationNs
    this.seed = seed
    this.plan = planOf(scenarioText(study, durationNs))
    this.numbers = study.figures.map(() => [])
    this.histograms = study.figures.map(() => [])
  }

  get count(): number {
    return this.utilisations.length
  }

  /** Mean utilisation of the busiest station. */
  get utilisation(): number {
    return meanOf(this.utilisations)
  }

  /** Runs `more` replications. */
  extend(more: number): void {
    for (let i = 0; i < more; i++) this.take(replicate(this.plan, this.seed, this.count))
  }

  /** Values of a figure whose mean estimates it, one of each replication and independent of one another. */
  values(figure: number): readonly number[] {
    const { of } = this.study.figures[figure]!
    if (typeof of === 'function') return this.numbers[figure]!
    return quantileValues(this.histograms[figure]!, of.share).map((valueNs) => valueNs / this.study.unitNs)
  }

  /** The largest correlation between adjacent buckets of any of the numbers in the system and at the stations. */
  correlation(): number {
    const series = this.populations[0]?.length ?? 0
    let largest = 0
    for (let s = 0; s < series; s++) {
      const correlation = lagOneCorrelation(this.populations.map((ofReplication) => ofReplication[s] ?? []))
      largest = Math.max(largest, correlation)
    }
    return largest
  }

  private take(result: ReplicationResult): void {
    if (result.inFlightPeak >= IN_FLIGHT_MAX) throw new Error('the model grows without bound')
    const measured = new Measured(result, this.study.unitNs)
    for (const [i, { of }] of this.study.figures.entries()) {
      if (typeof of === 'function') this.numbers[i]!.push(of(measured))
      else this.histograms[i]!.push(of.histogram(measured))
    }
    this.populations.push(populations(result))
    this.utilisations.push(measured.utilisation)
  }
}

/** Simulated time between two events, about. */
export function timePerEventNs(study: QueueingStudy, seed: number): number {
  for (let durationNs = 10 * study.unitNs; ; durationNs *= 4) {
    const { events } = replicate(planOf(scenarioText(study, durationNs)), seed, 0)
    if (events >= PROBE_EVENTS) return durationNs / events
  }
}

/** Correlation at a lag of one of several series, about their common mean; 0 when nothing varies. */
function lagOneCorrelation(series: readonly (readonly number[])[]): number {
  const mean = meanOf(series.flat())
  let covariance = 0
  let pairs = 0
  let variance = 0
  let values = 0
  for (const one of series) {
    for (const [i, value] of one.entries()) {
      variance += (value - mean) ** 2
      values++
      const next = one[i + 1]
      if (next === undefined) continue
      covariance += (value - mean) * (next - mean)
      pairs++
    }
  }
  return variance > 0 ? covariance / pairs / (variance / values) : 0
}

/**
 * Pseudo-values of a quantile in ns, one of each replication. The quantile of one replication is biased by the order of one
 * over its length, far in the tail by more than the interval is wide; that of all replications together hardly is.
 *
 * R. G. Miller, "The jackknife - a review", Biometrika 61 (1974), section 2: n θ - (n - 1) θ_(-i), θ from everything, θ_(-i)
 * from everything but part i. Differs from the source: none.
 */
function quantileValues(histograms: readonly Histogram[], share: number): number[] {
  const n = histograms.length
  const total = new Float64Array(HISTOGRAM_BUCKETS)
  for (const counts of histograms) for (const [i, count] of counts.entries()) total[i] = total[i]! + count
  const ofAll = histogramQuantileNs(total, share)
  return histograms.map((counts) => {
    const others = total.map((count, i) => count - counts[i]!)
    return n * ofAll - (n - 1) * histogramQuantileNs(others, share)
  })
}
