// The columns over time that charts and exports show, all replications together.
import { HISTOGRAM_BUCKETS, histogramQuantileNs } from '../kernel/log-histogram.ts'
import { NS_PER_MS, NS_PER_SECOND } from '../kernel/time.ts'
import { addSlices } from '../metrics/histogram-series.ts'
import type { ReplicationResult } from '../metrics/replication-result.ts'
import { longestEnds } from './samples.ts'
import type { SeriesTable } from './study-result.ts'

type Column = (number | null)[]

/** @param warmupNs time that no figure counts, as found or given */
export function seriesTable(
  replications: readonly ReplicationResult[],
  bucketNs: number,
  warmupNs: number,
): SeriesTable {
  const columns: Record<string, Column> = { end_s: Array.from(longestEnds(replications), (ns) => ns / NS_PER_SECOND) }
  for (const [index, { id }] of (replications[0]?.endpoints ?? []).entries())
    Object.assign(columns, endpointColumns(replications, index, id))
  for (const [index, { component, name }] of (replications[0]?.stations ?? []).entries()) {
    Object.assign(columns, stationColumns(replications, index, `${component}/${name}`))
  }
  for (const [index, { component, metric, kind }] of (replications[0]?.metrics ?? []).entries()) {
    columns[`${component}/${metric}`] = perBucket(replications, (bucket, seconds) => {
      const sum = total(replications, (replication) => replication.metrics[index]!.values[bucket])
      return kind !== 'gauge'
        ? sum / seconds
        : sum / replications.filter((replication) => bucket < replication.bucketEndsNs.length).length
    })
  }
  return { bucket_s: bucketNs / NS_PER_SECOND, warmup_s: warmupNs / NS_PER_SECOND, columns }
}

function endpointColumns(
  replications: readonly ReplicationResult[],
  index: number,
  id: string,
): Record<string, Column> {
  const sum = (bucket: number, column: 'arrivals' | 'completed' | 'failed' | 'latencySumNs' | 'inFlightArea'): number =>
    total(replications, ({ endpoints }) => endpoints[index]!.columns[column][bucket])
  const [p50, p95, p99] = quantileColumns(replications, index, [0.5, 0.95, 0.99])
  return {
    [`${id}/arrivals_rps`]: perBucket(replications, (bucket, seconds) => sum(bucket, 'arrivals') / seconds),
    [`${id}/completed_rps`]: perBucket(replications, (bucket, seconds) => sum(bucket, 'completed') / seconds),
    [`${id}/failed_rps`]: perBucket(replications, (bucket, seconds) => sum(bucket, 'failed') / seconds),
    [`${id}/in_flight`]: perBucket(
      replications,
      (bucket, seconds) => sum(bucket, 'inFlightArea') / seconds / NS_PER_SECOND,
    ),
    [`${id}/mean_ms`]: perBucket(
      replications,
      (bucket) => sum(bucket, 'latencySumNs') / sum(bucket, 'completed') / NS_PER_MS,
    ),
    [`${id}/p50_ms`]: p50,
    [`${id}/p95_ms`]: p95,
    [`${id}/p99_ms`]: p99,
  }
}

function stationColumns(
  replications: readonly ReplicationResult[],
  index: number,
  name: string,
): Record<string, Column> {
  const sum = (bucket: number, column: 'busyArea' | 'serverArea' | 'queueArea'): number =>
    total(replications, ({ stations }) => stations[index]!.columns[column][bucket])
  return {
    [`${name}/utilisation`]: perBucket(replications, (bucket) => sum(bucket, 'busyArea') / sum(bucket, 'serverArea')),
    [`${name}/queue_length`]: perBucket(
      replications,
      (bucket, seconds) => sum(bucket, 'queueArea') / seconds / NS_PER_SECOND,
    ),
  }
}

/** `value` gets the bucket and the seconds that all replications together spent in it. */
function perBucket(
  replications: readonly ReplicationResult[],
  value: (bucket: number, seconds: number) => number,
): Column {
  return Array.from(longestEnds(replications), (_, bucket) => {
    const ns = total(replications, ({ bucketEndsNs }) =>
      bucket < bucketEndsNs.length ? bucketEndsNs[bucket]! - (bucketEndsNs[bucket - 1] ?? 0) : 0,
    )
    return ns > 0 ? finite(value(bucket, ns / NS_PER_SECOND)) : null
  })
}

/** One column per probability, in ms: quantiles of all replications' latencies together, bucket by bucket. */
function quantileColumns(
  replications: readonly ReplicationResult[],
  index: number,
  probabilities: readonly [number, number, number],
): readonly [Column, Column, Column] {
  const columns: [Column, Column, Column] = [[], [], []]
  const counts = new Float64Array(HISTOGRAM_BUCKETS)
  for (const bucket of longestEnds(replications).keys()) {
    counts.fill(0)
    for (const { endpoints, bucketEndsNs } of replications) {
      if (bucket < bucketEndsNs.length) addSlices(counts, endpoints[index]!.latencies, bucket, bucket + 1)
    }
    for (const [i, column] of columns.entries())
      column.push(finite(histogramQuantileNs(counts, probabilities[i]!) / NS_PER_MS))
  }
  return columns
}

function total(
  replications: readonly ReplicationResult[],
  value: (replication: ReplicationResult) => number | undefined,
): number {
  return replications.reduce((sum, replication) => sum + (value(replication) ?? 0), 0)
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
