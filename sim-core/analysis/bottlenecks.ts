// Names what makes slow requests slow: the places where they queue, how busy those are, and since when.
import { NS_PER_SECOND } from '../kernel/time.ts'
import type { ReplicationResult, StationResult } from '../metrics/replication-result.ts'
import type { Plan } from '../model/plan.ts'
import { onsetOf } from './onset.ts'
import { longestEnds } from './samples.ts'
import type { Bottleneck } from './study-result.ts'
import type { TracedRequest } from './traced-requests.ts'
import type { Place } from './waiting-blame.ts'
import { isStationOf, waitingBlame } from './waiting-blame.ts'

/** Requests of each endpoint that count as slow: the slowest share. */
const SLOW_SHARE = 0.05
/** Places named at most, and the least share of the waiting that makes one worth naming. */
const NAMED_MAX = 5
const SHARE_MIN = 0.02
/** Least share of the time of slow requests that must be waiting: below, nothing holds them up, they are far or have much to do. */
const WAITING_MIN = 0.05

/** The places that the waiting of slow requests is due to, worst first; none when they hardly wait. */
export function bottlenecks(
  plan: Plan,
  replications: readonly ReplicationResult[],
  requests: readonly TracedRequest[],
  from: number,
): Bottleneck[] {
  const slow = slowest(requests)
  const blame = waitingBlame(plan, replications, slow, from)
  const total = blame.reduce((sum, { ns }) => sum + ns, 0)
  const slowNs = slow.reduce((sum, { startNs, endNs }) => sum + endNs - startNs, 0)
  if (total < WAITING_MIN * slowNs) return []
  return blame
    .slice(0, NAMED_MAX)
    .filter(({ ns }) => ns >= SHARE_MIN * total)
    .map(({ place, ns }) => describe(place, ns / total, { plan, replications, slow, from }))
}

/** The slowest of each endpoint, failed ones included: giving up is what slow ends in. */
function slowest(requests: readonly TracedRequest[]): TracedRequest[] {
  const byEndpoint = Map.groupBy(requests, ({ endpoint }) => endpoint)
  return [...byEndpoint.values()].flatMap((group) => {
    const sorted = group.toSorted((a, b) => b.endNs - b.startNs - (a.endNs - a.startNs) || a.startNs - b.startNs)
    return sorted.slice(0, Math.max(1, Math.ceil(SLOW_SHARE * sorted.length)))
  })
}

interface Evidence {
  readonly plan: Plan
  readonly replications: readonly ReplicationResult[]
  readonly slow: readonly TracedRequest[]
  readonly from: number
}

function describe(place: Place, share: number, evidence: Evidence): Bottleneck {
  const { plan, replications, from } = evidence
  const groups = (replications[0]?.stations ?? [])
    .map((group, index) => ({ group, index }))
    .filter(({ group }) => group.component === place.component && isStationOf(group.name, place.station))
  const figures = groups.map(({ group, index }) => ({ group, ...busyness(replications, index, from) }))
  const worst = figures.reduce<(typeof figures)[number] | undefined>(
    (best, next) => (best === undefined || next.mean > best.mean ? next : best),
    undefined,
  )
  const indices = groups.map(({ index }) => index)
  const waiting = indices.length > 0 ? waitingByBucket(replications, indices, from) : tracedByBucket(place, evidence)
  // Where load and system stay the same, and nothing scales or trips, a queue only has its ups and downs.
  const isEventful = !plan.stationary || replications.some(({ timeline }) => timeline.length > 0)
  const onset = isEventful ? onsetOf(waiting) : null
  const ends = longestEnds(replications)
  return {
    component: place.component,
    station: worst?.group.name ?? place.station,
    share_of_slow_queueing: share,
    starts_s: onset === null ? null : (ends[from + onset - 1] ?? 0) / NS_PER_SECOND,
    utilisation: worst?.mean ?? null,
    utilisation_peak: worst?.peak ?? null,
  }
}

/** Utilisation over the measured time, and in the busiest bucket, over all replications. */
function busyness(
  replications: readonly ReplicationResult[],
  index: number,
  from: number,
): { readonly mean: number; readonly peak: number } {
  const sum = (bucket: number, column: keyof StationResult['columns']): number =>
    replications.reduce((total, { stations }) => total + (stations[index]!.columns[column][bucket] ?? 0), 0)
  let busy = 0
  let servers = 0
  let peak = 0
  const buckets = longestEnds(replications).length
  for (let bucket = from; bucket < buckets; bucket++) {
    const busyHere = sum(bucket, 'busyArea')
    const serversHere = sum(bucket, 'serverArea')
    busy += busyHere
    servers += serversHere
    if (serversHere > 0) peak = Math.max(peak, busyHere / serversHere)
  }
  return { mean: servers > 0 ? busy / servers : 0, peak }
}

/** How many wait at some stations, by measured bucket: the mean over its time. */
function waitingByBucket(
  replications: readonly ReplicationResult[],
  indices: readonly number[],
  from: number,
): number[] {
  return Array.from(longestEnds(replications).slice(from), (_, i) => {
    const bucket = from + i
    let areaNs = 0
    let ns = 0
    for (const { stations, bucketEndsNs } of replications) {
      for (const index of indices) areaNs += stations[index]!.columns.queueArea[bucket] ?? 0
      if (bucket < bucketEndsNs.length) ns += bucketEndsNs[bucket]! - (bucketEndsNs[bucket - 1] ?? 0)
    }
    return ns > 0 ? areaNs / ns : 0
  })
}

/** Waits that no station measures, such as those for locks, by the measured bucket that they began in, from the samples. */
function tracedByBucket({ component, station }: Place, { plan, replications, slow, from }: Evidence): number[] {
  const ends = longestEnds(replications)
  const waited = Array.from(ends.slice(from), () => 0)
  for (const { pc, part, fromNs, toNs } of slow.flatMap((request) => request.hops())) {
    if (part !== 'queue' && part !== 'lock') continue
    const { owner, op } = plan.instructions[pc]!
    const bucket = ends.findIndex((end) => end > fromNs) - from
    if (bucket >= 0 && op === station && plan.components[owner]?.id === component) waited[bucket]! += toNs - fromNs
  }
  return waited
}
