// Explains latency: where requests around the median, the 95th and beyond the 99th percentile spend their time.
import { NS_PER_MS, NS_PER_SECOND } from '../kernel/time.ts'
import { PARTS } from '../kernel/trace.ts'
import type { Hop, TracedRequest } from './traced-requests.ts'
import type { LatencyCohort, SampleRequest } from './study-result.ts'

/** Ranks of the completed requests, in order of latency, that make up each cohort. */
const COHORTS = [
  { cohort: 'p50', from: 0.45, to: 0.55 },
  { cohort: 'p95', from: 0.94, to: 0.96 },
  { cohort: 'p99', from: 0.99, to: 1 },
] as const

/** Requests shown whole for each endpoint: the slowest, and some from the whole range. */
const SLOWEST_SHOWN = 5
const SPREAD_SHOWN = 5

/** The cohorts of every entry endpoint that has traces. */
export function latencyCohorts(requests: readonly TracedRequest[], endpointIds: readonly string[]): LatencyCohort[] {
  return endpointIds.flatMap((endpoint, index) => {
    const sorted = byLatency(requests.filter((request) => request.endpoint === index && request.cause === 0))
    return COHORTS.flatMap(({ cohort, from, to }) => {
      const members = sorted.slice(Math.floor(from * sorted.length), Math.ceil(to * sorted.length))
      return members.length === 0 ? [] : [cohortOf(endpoint, cohort, members)]
    })
  })
}

/** Whole requests to look at. */
export function sampleRequests(
  requests: readonly TracedRequest[],
  endpointIds: readonly string[],
  causes: readonly string[],
): SampleRequest[] {
  return endpointIds.flatMap((endpoint, index) => {
    const sorted = byLatency(requests.filter((request) => request.endpoint === index))
    const slowest = sorted.slice(-SLOWEST_SHOWN)
    const others = sorted.slice(0, -SLOWEST_SHOWN)
    const spread = Array.from(
      { length: Math.min(SPREAD_SHOWN, others.length) },
      (_, i) => others[Math.floor(((i + 0.5) / SPREAD_SHOWN) * others.length)]!,
    )
    return [...spread, ...slowest].map((request) => ({
      endpoint,
      start_s: request.startNs / NS_PER_SECOND,
      latency_ms: latencyNs(request) / NS_PER_MS,
      cause: request.cause === 0 ? null : causes[request.cause]!,
      hops: request.hops().map(({ hop, part, fromNs, toNs }) => ({
        hop,
        part,
        from_ms: (fromNs - request.startNs) / NS_PER_MS,
        ms: (toNs - fromNs) / NS_PER_MS,
      })),
    }))
  })
}

function cohortOf(endpoint: string, cohort: LatencyCohort['cohort'], members: readonly TracedRequest[]): LatencyCohort {
  const perRequest = 1 / members.length / NS_PER_MS
  const totals = new Map<string, { readonly hop: Hop; ns: number }>()
  for (const member of members) {
    for (const hop of member.hops()) {
      const key = `${hop.hop} ${hop.part}`
      const total = totals.get(key)
      if (total === undefined) totals.set(key, { hop, ns: hop.toNs - hop.fromNs })
      else total.ns += hop.toNs - hop.fromNs
    }
  }
  const hops = [...totals.values()].map(({ hop: { hop, part }, ns }) => ({ hop, part, ms: ns * perRequest }))
  const part = (name: (typeof PARTS)[number]): number =>
    members.reduce((sum, { parts }) => sum + parts[PARTS.indexOf(name)]!, 0) * perRequest
  return {
    endpoint,
    cohort,
    requests: members.length,
    latency_ms: members.reduce((sum, member) => sum + latencyNs(member), 0) * perRequest,
    time_ms: {
      queue: part('queue'),
      service: part('service'),
      network: part('network'),
      retry: part('retry'),
      lock: part('lock'),
    },
    hops: hops.toSorted((a, b) => b.ms - a.ms || (a.hop < b.hop ? -1 : 1)),
  }
}

function byLatency(requests: readonly TracedRequest[]): TracedRequest[] {
  return requests.toSorted((a, b) => latencyNs(a) - latencyNs(b) || a.startNs - b.startNs)
}

function latencyNs({ startNs, endNs }: TracedRequest): number {
  return endNs - startNs
}
