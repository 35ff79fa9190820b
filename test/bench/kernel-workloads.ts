// The parts of the engine by themselves: event list, random numbers, samplers, histogram, LRU.
import type { DistributionSpec } from '../../sim-core/distributions/registry.ts'
import { createSampler } from '../../sim-core/distributions/registry.ts'
import { createZipf } from '../../sim-core/distributions/zipf.ts'
import { lru } from '../../sim-core/components/cache/eviction/lru.ts'
import { EventQueue, PRIORITY_COMPLETION } from '../../sim-core/kernel/event-queue.ts'
import { HISTOGRAM_BUCKETS, recordDuration } from '../../sim-core/kernel/log-histogram.ts'
import { RandomStreams } from '../../sim-core/kernel/random.ts'
import { BareLru, bareZipfTable } from './bare-cache.ts'
import { bareExponential, BareHeap, bareNormal, BareRandom, bareRecord } from './bare-parts.ts'
import type { Measurement } from './benchmark.ts'
import { timed } from './benchmark.ts'

/** Mean delay of a held event in ns. */
const DELAY_NS = 1_000_000
/** Delays drawn beforehand, used over and over. */
const DELAYS = 1 << 17
/** Before the clock starts, so that every kernel runs compiled. */
const WARM_UP_SHARE = 0.25
const LRU_KEYS = 1_000_000
const LRU_ENTRIES = 100_000

const stream = () => new RandomStreams(7, 0).stream('bench')

/** Runs `count` operations after a quarter as many that are not timed; `run` answers a sum over what it drew. */
function repeated(count: number, run: (times: number) => number): Measurement {
  run(Math.round(count * WARM_UP_SHARE))
  return timed(() => {
    const sum = run(count)
    return { requests: count, events: count, check: sum / count }
  })
}

/** The hold model: each event popped is pushed again after an exponential delay, or at the same instant when `ties`. */
export function holdEvents(pending: number, ties: boolean, count: number): Measurement {
  const queue = new EventQueue()
  const delays = drawnDelays(ties)
  for (let i = 0; i < pending; i++) queue.push(delays[i & (DELAYS - 1)]!, PRIORITY_COMPLETION, i)
  return repeated(count, (times) => {
    let sum = 0
    for (let i = 0; i < times; i++) {
      const payload = queue.pop()
      sum += payload
      queue.push(queue.clock[0]! + delays[i & (DELAYS - 1)]!, PRIORITY_COMPLETION, payload)
    }
    return sum
  })
}

/** The same with a plain binary heap that does not keep the order of ties. */
export function holdBare(pending: number, ties: boolean, count: number): Measurement {
  const heap = new BareHeap(2 * pending)
  const delays = drawnDelays(ties)
  for (let i = 0; i < pending; i++) heap.push(delays[i & (DELAYS - 1)]!, i)
  return repeated(count, (times) => {
    let sum = 0
    for (let i = 0; i < times; i++) {
      const now = heap.times[0]!
      const tag = heap.tags[0]!
      sum += tag
      heap.drop()
      heap.push(now + delays[i & (DELAYS - 1)]!, tag)
    }
    return sum
  })
}

/** Drawn beforehand: the draws are a benchmark of their own. */
function drawnDelays(ties: boolean): Float64Array {
  const random = new BareRandom(7)
  return Float64Array.from({ length: DELAYS }, () => (ties ? DELAY_NS : Math.floor(bareExponential(random) * DELAY_NS)))
}

/** 32-bit words. */
export function drawWords(count: number): Measurement {
  const words = stream()
  return repeated(count, (times) => {
    let sum = 0
    for (let i = 0; i < times; i++) sum += words.nextInt32()
    return sum
  })
}

/** The same, bare. */
export function drawBareWords(count: number): Measurement {
  const random = new BareRandom(7)
  return repeated(count, (times) => {
    let sum = 0
    for (let i = 0; i < times; i++) sum += random.word()
    return sum
  })
}

/** Values of a distribution. */
export function drawValues(spec: DistributionSpec, count: number): Measurement {
  const sampler = createSampler(spec, stream())
  return repeated(count, (times) => {
    let sum = 0
    for (let i = 0; i < times; i++) sum += sampler.next()
    return sum
  })
}

/** Values of a distribution, bare. */
export function drawBareValues(draw: (random: BareRandom) => number, count: number): Measurement {
  const random = new BareRandom(7)
  return repeated(count, (times) => {
    let sum = 0
    for (let i = 0; i < times; i++) sum += draw(random)
    return sum
  })
}

/** A lognormal value with median 1 and sigma 0.5. */
export function bareLognormal(random: BareRandom): number {
  return Math.exp(0.5 * bareNormal(random))
}

/** Ranks of a million Zipf keys. */
export function drawKeys(count: number): Measurement {
  const keys = createZipf(LRU_KEYS, 1, stream())
  return repeated(count, (times) => {
    let sum = 0
    for (let i = 0; i < times; i++) sum += keys.next()
    return sum
  })
}

/** The same, bare. */
export function drawBareKeys(count: number): Measurement {
  const draw = bareKeys()
  return repeated(count, (times) => {
    let sum = 0
    for (let i = 0; i < times; i++) sum += draw()
    return sum
  })
}

function bareKeys(): () => number {
  const table = bareZipfTable(LRU_KEYS)
  const random = new BareRandom(7)
  return () => {
    const column = (random.unit() * LRU_KEYS) | 0
    return random.word() >>> 0 < table[2 * column]! ? column : table[2 * column + 1]!
  }
}

/** Records of durations around a millisecond. */
export function recordDurations(count: number): Measurement {
  const counts = new Uint32Array(HISTOGRAM_BUCKETS)
  return repeated(count, (times) => {
    for (let i = 0; i < times; i++) recordDuration(counts, 500_000 + ((i * 7919) & 1_048_575))
    return counts.reduce((sum, bucket, index) => sum + bucket * index, 0)
  })
}

/** The same, bare. */
export function recordBareDurations(count: number): Measurement {
  const counts = new Uint32Array(2048)
  return repeated(count, (times) => {
    for (let i = 0; i < times; i++) bareRecord(counts, 500_000 + ((i * 7919) & 1_048_575))
    return counts.reduce((sum, bucket, index) => sum + bucket * index, 0)
  })
}

/** Reads through an LRU of a tenth of a million Zipf keys, drawn beforehand; the check is the hit ratio. */
export function readThroughLru(count: number): Measurement {
  const keys = drawnKeys()
  const store = lru.create({ capacity: { entries: LRU_ENTRIES }, universe: LRU_KEYS, stream: stream() })
  return repeated(count, (times) => {
    let hits = 0
    for (let i = 0; i < times; i++) {
      const key = keys[i & (keys.length - 1)]!
      const entry = store.find(key)
      if (entry >= 0) {
        store.touch(entry, i)
        hits++
      } else store.insert(key, 1, Infinity, i)
    }
    return hits
  })
}

/** The same, bare. */
export function readThroughBareLru(count: number): Measurement {
  const keys = drawnKeys()
  const store = new BareLru(LRU_KEYS, LRU_ENTRIES)
  return repeated(count, (times) => {
    let hits = 0
    for (let i = 0; i < times; i++) {
      const key = keys[i & (keys.length - 1)]!
      if (store.lookUp(key)) hits++
      else store.insert(key)
    }
    return hits
  })
}

function drawnKeys(): Int32Array {
  const draw = bareKeys()
  return Int32Array.from({ length: 1 << 22 }, draw)
}
