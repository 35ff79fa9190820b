// Names what makes slow requests slow: the places where they queue, how busy those are, and since when.
import { NS_PER_SECOND } from '../kernel/time.ts'
import type { ReplicationResult, StationResult } from '../metrics/replication-result.ts'
import type { Plan } from '../model/plan.ts'
import type { Bottleneck } from './study-result.ts'
import type { TracedRequest } from './traced-requests.ts'

/** Requests of each endpoint that count as slow: the slowest share. */
const SLOW_SHARE = 0.05
/** Places named at most, and the least share of the waiting that makes one worth naming. */
const NAMED_MAX = 5
const SHARE_MIN = 0.02
/** A wait that rises this many times over its usual height has a beginning; less is the ordinary state. */
const RISE = 4

/** The places where slow requests wait, worst first. */
export function bottlenecks(plan: Plan, replications: readonly ReplicationResult[], requests: readonly TracedRequest[], from: number): Bottleneck[] {
  const places = waitingByPlace(plan, slowest(requests))
  const total = [...places.values()].reduce((sum, ns) => sum + ns, 0)
  return [...places.entries()]
    .toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, NAMED_MAX)
    .filter(([, ns]) => ns >= SHARE_MIN * total)
    .map(([place, ns]) => describe(place, ns / total, replications, from))
}

/** The slowest of each endpoint, failed ones included: giving up is what slow ends in. */
function slowest(requests: readonly TracedRequest[]): TracedRequest[] {
  const byEndpoint = Map.groupBy(requests, ({ endpoint }) => endpoint)
  return [...byEndpoint.values()].flatMap((group) => {
    const sorted = group.toSorted((a, b) => b.endNs - b.startNs - (a.endNs - a.startNs) || a.startNs - b.startNs)
    return sorted.slice(0, Math.max(1, Math.ceil(SLOW_SHARE * sorted.length)))
  })
}

/** Time queued or locked, in ns, by "component station". */
function waitingByPlace(plan: Plan, requests: readonly TracedRequest[]): Map<string, number> {
  const places = new Map<string, number>()
  for (const request of requests) {
    for (const { pc, part, fromNs, toNs } of request.hops()) {
      if (part !== 'queue' && part !== 'lock') continue
      const { owner, station, op } = plan.instructions[pc]!
      const place = `${plan.components[owner]!.id} ${station === '' ? op : station}`
      places.set(place, (places.get(place) ?? 0) + toNs - fromNs)
    }
  }
  return places
}

function describe(place: string, share: number, replications: readonly ReplicationResult[], from: number): Bottleneck {
  const [component = '', station = ''] = place.split(' ')
  const groups = (replications[0]?.stations ?? [])
    .map((group, index) => ({ group, index }))
    .filter(({ group }) => group.component === component && isStation(group.name, station))
  const figures = groups.map(({ group, index }) => ({ group, ...busyness(replications, index, from) }))
  const worst = figures.reduce<(typeof figures)[number] | undefined>((best, next) => (best === undefined || next.mean > best.mean ? next : best), undefined)
  return {
    component,
    station: worst?.group.name ?? station,
    share_of_slow_queueing: share,
    starts_s: startOf(replications, groups.map(({ index }) => index), from),
    utilisation: worst?.mean ?? null,
    utilisation_peak: worst?.peak ?? null,
  }
}

/** `shard[3].primary.cpu` and `redis.node[2]` are stations of the kinds `cpu` and `node`. */
function isStation(name: string, kind: string): boolean {
  return name.split('.').at(-1)!.replace(/\[\d+\]$/u, '') === kind
}

/** Utilisation over the measured time, and in the busiest bucket, over all replications. */
function busyness(replications: readonly ReplicationResult[], index: number, from: number): { readonly mean: number; readonly peak: number } {
  const sum = (bucket: number, column: keyof StationResult['columns']): number =>
    replications.reduce((total, { stations }) => total + (stations[index]!.columns[column][bucket] ?? 0), 0)
  let busy = 0
  let servers = 0
  let peak = 0
  const buckets = replications[0]!.bucketEndsNs.length
  for (let bucket = from; bucket < buckets; bucket++) {
    const busyHere = sum(bucket, 'busyArea')
    const serversHere = sum(bucket, 'serverArea')
    busy += busyHere
    servers += serversHere
    if (serversHere > 0) peak = Math.max(peak, busyHere / serversHere)
  }
  return { mean: servers > 0 ? busy / servers : 0, peak }
}

/** When the mean wait of a bucket first reaches half its highest, if that is far above the usual one. */
function startOf(replications: readonly ReplicationResult[], stations: readonly number[], from: number): number | null {
  const ends = replications[0]!.bucketEndsNs
  const queues: number[] = []
  for (let bucket = from; bucket < ends.length; bucket++) {
    let area = 0
    for (const { stations: all } of replications) for (const index of stations) area += all[index]!.columns.queueArea[bucket] ?? 0
    queues.push(area)
  }
  const sorted = queues.toSorted((a, b) => a - b)
  const usual = sorted[Math.floor(sorted.length / 4)] ?? 0
  const highest = sorted.at(-1) ?? 0
  if (!(highest > RISE * usual)) return null
  const bucket = from + queues.findIndex((queue) => queue >= highest / 2)
  return (bucket === 0 ? 0 : ends[bucket - 1]!) / NS_PER_SECOND
}
