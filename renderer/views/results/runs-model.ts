/** What the replications say one by one, and how their mean settles. */
import { tInterval } from '../../../sim-core/analysis/confidence.ts'
import type { StudyResult } from '../../../sim-core/analysis/study-result.ts'

/** A figure of clients that replications are compared by. */
export interface SettlingFigure {
  /** As in `per_replication`. */
  readonly id: string
  readonly label: string
  readonly unit: string
  /** The metric of an objective on it. */
  readonly metric: string
}

export const settlingFigures: readonly SettlingFigure[] = [
  { id: 'clients.p95_ms', label: 'p95 latency', unit: 'ms', metric: 'p95' },
  { id: 'clients.p99_ms', label: 'p99 latency', unit: 'ms', metric: 'p99' },
  { id: 'clients.error_ratio', label: 'Errors', unit: 'ratio', metric: 'errors' },
  { id: 'clients.throughput_rps', label: 'Throughput', unit: 'req/s', metric: 'throughput' },
]

/** Values of a figure, one per replication. */
export function replicationValues(
  { per_replication: replications }: Pick<StudyResult, 'per_replication'>,
  id: string,
): (number | null)[] {
  return replications.map(({ figures }) => figures[id] ?? null)
}

/** The mean of the first n replications, with its interval; one entry per n, the interval from the second on. */
export interface RunningMean {
  readonly count: number
  readonly mean: number
  readonly low: number | null
  readonly high: number | null
}

/** @param confidence in 0..1. Replications without the figure do not count. */
export function runningMeans(values: readonly (number | null)[], confidence: number): RunningMean[] {
  const known = values.filter((value) => value !== null)
  return known.map((_, index) => {
    const { mean, low, high } = tInterval(known.slice(0, index + 1), confidence)
    return { count: index + 1, mean, low: index === 0 ? null : low, high: index === 0 ? null : high }
  })
}
