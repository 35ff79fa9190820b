// Eviction policies over a long trace of Zipf keys, as the cache curve replays it.
import type { EvictionDefinition } from '../../sim-core/components/cache/eviction/eviction.ts'
import { evictionPolicies } from '../../sim-core/components/cache/eviction/registry.ts'
import { TraceCache } from '../../sim-core/components/cache/eviction/trace-cache.ts'
import { createZipf } from '../../sim-core/distributions/zipf.ts'
import { RandomStreams } from '../../sim-core/kernel/random.ts'
import type { Benchmark, Goals, Measurement } from './benchmark.ts'
import { cpuSeconds, peakMb } from './benchmark.ts'

const KEYS = 1_000_000
const CAPACITY = 100_000
const ACCESSES = 20_000_000

/**
 * Accesses drawn at a time; drawing is not part of the measurement. What it leaves in the processor's caches would be: a curve
 * replays a trace that is drawn already, and pieces of 2^18 cost up to half of the speed.
 */
const CHUNK = 1 << 22

/** Accesses per second that every policy of a kind is to reach. */
const FAST = 40e6
const FAIR = 15e6

/** Most memory of the process in MB. */
const PEAK_MB = 200

const FAST_POLICIES: ReadonlySet<string> = new Set(['lru', 'clock', 'sieve', 's3_fifo'])
const FAIR_POLICIES: ReadonlySet<string> = new Set(['lfu', 'arc', 'slru', 'two_q', 'w_tinylfu', 'lirs'])

/** Key numbers by popularity, in no order. */
function shuffledKeys(): Int32Array {
  const keys = Int32Array.from({ length: KEYS }, (_, key) => key)
  const stream = new RandomStreams(8, 0).stream('bench/order')
  for (let last = KEYS - 1; last > 0; last--) {
    const other = stream.nextBelow(last + 1)
    const key = keys[last]!
    keys[last] = keys[other]!
    keys[other] = key
  }
  return keys
}

/** Replays the trace through one policy; the check is the miss ratio. */
function replayTrace(definition: EvictionDefinition): Measurement {
  const streams = new RandomStreams(7, 0)
  const ranks = createZipf(KEYS, 1, streams.stream('bench/ranks'))
  const keyOf = shuffledKeys()
  const stream = streams.stream('bench/eviction')
  const cache = new TraceCache(definition, { capacity: CAPACITY, universe: KEYS, stream })
  const chunk = new Int32Array(CHUNK)
  let hits = 0
  let seconds = 0
  for (let done = 0; done < ACCESSES; done += CHUNK) {
    for (let at = 0; at < CHUNK; at++) chunk[at] = keyOf[ranks.next()]!
    const startSeconds = cpuSeconds()
    hits += cache.replay(chunk, 0, CHUNK)
    seconds += cpuSeconds() - startSeconds
  }
  const requests = Math.ceil(ACCESSES / CHUNK) * CHUNK
  return { requests, events: requests, seconds, setUpSeconds: 0, peakMb: peakMb(), check: 1 - hits / requests }
}

function goalsOf(id: string): Goals {
  if (FAST_POLICIES.has(id)) return { requestsPerSecond: FAST, peakMbMax: PEAK_MB }
  return FAIR_POLICIES.has(id) ? { requestsPerSecond: FAIR, peakMbMax: PEAK_MB } : {}
}

/** One benchmark for every eviction policy. */
export const evictionBenchmarks: readonly Benchmark[] = evictionPolicies.map((definition) => ({
  name: `eviction-${definition.id}`,
  label: `${definition.label} over a trace`,
  unit: 'accesses',
  sides: { ours: () => replayTrace(definition) },
  goals: goalsOf(definition.id),
}))
