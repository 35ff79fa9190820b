// Reads the traces of a study: which hops made up each sampled request, exactly, from its start to its end.
import { PARTS } from '../kernel/trace.ts'
import type { TraceSet } from '../metrics/trace-recorder.ts'
import type { Plan } from '../model/plan.ts'
import { KERNEL } from '../kernel/program.ts'

/** Requests looked at in one study: enough for hundreds in every cohort, few enough for a second of work. */
const REQUESTS_MAX = 100_000

/** A stretch of a request's time at one place. */
export interface Hop {
  /** Component and what it did there, such as `catalog cpu`; `elsewhere` for time that nothing claims. */
  readonly hop: string
  readonly part: (typeof PARTS)[number]
  readonly fromNs: number
  readonly toNs: number
  /** Instruction, or -1. */
  readonly pc: number
}

/** A sampled request that is over. */
export interface TracedRequest {
  readonly endpoint: number
  readonly startNs: number
  readonly endNs: number
  readonly cause: number
  /** Time per part in ns, as in PARTS; sums to the whole. */
  readonly parts: Float64Array
  /** In order of time; they cover the whole without overlap. */
  readonly hops: () => readonly Hop[]
}

/** Names of the places where frames spend time, by instruction. */
export function hopNames(plan: Plan): string[] {
  return plan.instructions.map(({ op, owner, station, data }) => {
    if (owner !== KERNEL) return `${plan.components[owner]!.id} ${station === '' ? op : station}`
    const stream = (data as { readonly stream?: string } | null)?.stream
    return stream === undefined ? op : stream.replace('/', ' ').replace(/\.\d+$/u, '')
  })
}

/** The requests of all trace sets that ended and began at or after `fromNs`, evenly thinned when they are very many. */
export function tracedRequests(sets: readonly TraceSet[], names: readonly string[], fromNs: number): TracedRequest[] {
  const every = Math.ceil(sets.reduce((sum, { startNs }) => sum + startNs.length, 0) / REQUESTS_MAX)
  return sets.flatMap((traces) => requestsOf(traces, names, fromNs, every))
}

function requestsOf(traces: TraceSet, names: readonly string[], fromNs: number, every: number): TracedRequest[] {
  const segmentsOf = segmentIndex(traces)
  const requests: TracedRequest[] = []
  for (let trace = 0; trace < traces.startNs.length; trace += every) {
    const startNs = traces.startNs[trace]!
    const endNs = traces.endNs[trace]!
    if (!(endNs >= startNs) || startNs < fromNs) continue
    requests.push({
      endpoint: traces.endpoint[trace]!,
      startNs,
      endNs,
      cause: traces.cause[trace]!,
      parts: traces.parts.subarray(trace * PARTS.length, (trace + 1) * PARTS.length),
      hops: () => coverTime(traces, segmentsOf(trace), names, startNs, endNs),
    })
  }
  return requests
}

/** Segments of each trace, in the order in which they ended. */
function segmentIndex({ segmentTrace, startNs }: TraceSet): (trace: number) => number[] {
  const starts = new Int32Array(startNs.length + 1)
  for (const trace of segmentTrace) starts[trace + 1] = starts[trace + 1]! + 1
  for (let i = 0; i < startNs.length; i++) starts[i + 1] = starts[i + 1]! + starts[i]!
  const filled = starts.slice()
  const order = new Int32Array(segmentTrace.length)
  for (const [segment, trace] of segmentTrace.entries()) {
    order[filled[trace]!] = segment
    filled[trace] = filled[trace]! + 1
  }
  return (trace) => Array.from(order.subarray(starts[trace], starts[trace + 1]))
}

/**
 * Walks back from the end: of the segments that reach the present point, the one that began first is what the request was
 * waiting for there. Branches that ended earlier and tries that a retry covers fall out; gaps are service elsewhere.
 */
function coverTime(
  traces: TraceSet,
  segments: readonly number[],
  names: readonly string[],
  startNs: number,
  endNs: number,
): Hop[] {
  const { segmentFromNs, segmentToNs, segmentPc, segmentPart } = traces
  const byEnd = segments.toSorted(
    (a, b) => segmentToNs[b]! - segmentToNs[a]! || segmentFromNs[a]! - segmentFromNs[b]! || a - b,
  )
  const hops: Hop[] = []
  let atNs = endNs
  const elsewhere = (fromNs: number): void => {
    if (fromNs < atNs) hops.push({ hop: 'elsewhere', part: 'service', fromNs, toNs: atNs, pc: -1 })
  }
  for (const segment of byEnd) {
    const fromNs = Math.max(segmentFromNs[segment]!, startNs)
    const toNs = segmentToNs[segment]!
    if (toNs > atNs || fromNs >= toNs) continue
    elsewhere(toNs)
    const pc = segmentPc[segment]!
    hops.push({ hop: names[pc]!, part: PARTS[segmentPart[segment]!]!, fromNs, toNs, pc })
    atNs = fromNs
  }
  elsewhere(startNs)
  return hops.reverse()
}
