// The misses of one eviction policy over a trace, at one capacity after the other.

import { invariant } from '../../../kernel/invariant.ts'
import { RandomStreams } from '../../../kernel/random.ts'
import type { EvictionDefinition } from '../eviction/eviction.ts'
import { createOpt } from '../eviction/opt.ts'
import { evictionPolicies } from '../eviction/registry.ts'
import { TraceCache } from '../eviction/trace-cache.ts'
import type { AccessTrace, TraceMarks } from './access-trace.ts'
import { lruHits } from './stack-distances.ts'

/** Belady's bound, which is no policy that a scenario can name. */
export const OPT = 'opt'

/**
 * The life of values where only those that expire are evicted, which all of them then do some day: longer than any trace, and
 * the same for all, as of a tier with a `ttl`.
 */
const VOLATILE_LIFE_NS = 1e17

/** The policies of a curve as they are listed: the bound first. */
export const curvePolicies: readonly Pick<EvictionDefinition, 'id' | 'label'>[] = [
  { id: OPT, label: createOpt([]).label },
  ...evictionPolicies.map(({ id, label }) => ({ id, label })),
]

/**
 * Replays a trace through a policy at each capacity; every miss brings the key in, and nothing but marks expires. LRU in
 * entries without marks takes one pass for all capacities, everything else one pass for each.
 * @param policy an id of `curvePolicies`
 * @param capacities in bytes where the trace has sizes, else in entries
 * @param seed of sampled policies
 * @param onSize told how many capacities are done
 * @returns misses, [capacities]
 */
export function countMisses(
  trace: AccessTrace,
  policy: string,
  capacities: readonly number[],
  seed: number,
  onSize: (done: number) => void,
): Float64Array {
  const misses = new Float64Array(capacities.length)
  const { keys, universe, sizesBytes, marks } = trace
  if (keys.length === 0) {
    onSize(capacities.length)
    return misses
  }
  if (policy === 'lru' && sizesBytes === undefined && marks === undefined) {
    const hits = lruHits(keys, universe)
    for (const [index, capacity] of capacities.entries()) {
      misses[index] = keys.length - hits[Math.min(capacity, universe)]!
    }
    onSize(capacities.length)
    return misses
  }
  for (const [index, capacity] of capacities.entries()) {
    const definition = policy === OPT ? boundOf(trace, capacity) : evictionPolicies.find(({ id }) => id === policy)
    invariant(definition !== undefined, 'a curve is asked for a policy that is registered')
    const stream = new RandomStreams(seed, 0).stream(`${policy}/eviction`)
    const options = { universe, stream }
    const lifeNs = definition.isVolatile ? VOLATILE_LIFE_NS : Infinity
    const hits =
      sizesBytes === undefined
        ? hitsInEntries(trace, new TraceCache(definition, { ...options, capacity }, lifeNs))
        : hitsInBytes(trace, sizesBytes, lifeNs, definition.create({ ...options, capacity: { bytes: capacity } }))
    misses[index] = keys.length - hits
    onSize(index + 1)
  }
  return misses
}

/** The bound for the requests that reach it: values larger than the whole cache never come in. */
function boundOf({ keys, sizesBytes }: AccessTrace, capacity: number): EvictionDefinition {
  return createOpt(sizesBytes === undefined ? keys : keys.filter((key) => sizesBytes[key]! <= capacity))
}

/** The lives of marks in one replay; like a tier, it looks at the age of a mark when its key is asked for. */
class MarkLives {
  readonly #marks: TraceMarks
  /** By key, when its mark ends; 0 before there was one. */
  readonly #endsNs: Float64Array

  constructor(marks: TraceMarks) {
    this.#marks = marks
    this.#endsNs = new Float64Array(marks.isMark.length)
  }

  /** Whether what is kept of a key, if it is kept, is a mark that is too old. */
  isOver(key: number, nowNs: number): boolean {
    return this.#marks.isMark[key] === 1 && this.#endsNs[key]! <= nowNs
  }

  /** A key came in. */
  begin(key: number, nowNs: number): void {
    this.#endsNs[key] = nowNs + this.#marks.lifeNs
  }
}

function livesOf({ marks }: AccessTrace): MarkLives | undefined {
  return marks && new MarkLives(marks)
}

function hitsInEntries(trace: AccessTrace, cache: TraceCache): number {
  const { keys, timesNs, gapNs } = trace
  const lives = livesOf(trace)
  let hits = 0
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at]!
    const nowNs = timesNs === undefined ? at * gapNs : timesNs[at]!
    if (lives?.isOver(key, nowNs) === true) cache.forget(key)
    if (cache.access(key, nowNs)) hits += 1
    else lives?.begin(key, nowNs)
  }
  return hits
}

function hitsInBytes(
  trace: AccessTrace,
  sizesBytes: Float64Array,
  lifeNs: number,
  store: ReturnType<EvictionDefinition['create']>,
): number {
  const { keys, timesNs, gapNs } = trace
  const lives = livesOf(trace)
  let hits = 0
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at]!
    const nowNs = timesNs === undefined ? at * gapNs : timesNs[at]!
    let entry = store.find(key)
    if (entry >= 0 && lives?.isOver(key, nowNs) === true) {
      store.remove(entry)
      entry = -1
    }
    if (entry < 0) {
      store.insert(key, sizesBytes[key]!, nowNs + lifeNs, nowNs)
      lives?.begin(key, nowNs)
    } else {
      store.touch(entry, nowNs)
      hits += 1
    }
  }
  return hits
}
