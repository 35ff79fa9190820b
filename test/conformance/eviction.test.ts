// What every registered eviction policy must hold: limits, counters, determinism, bounded memory.

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Capacity, EvictionDefinition, EvictionStore } from '../../sim-core/components/cache/eviction/eviction.ts'
import { createOpt } from '../../sim-core/components/cache/eviction/opt.ts'
import { evictionPolicies } from '../../sim-core/components/cache/eviction/registry.ts'
import { TraceCache } from '../../sim-core/components/cache/eviction/trace-cache.ts'
import { RandomStreams } from '../../sim-core/kernel/random.ts'

const UNIVERSE = 60
const SECOND_NS = 1e9

/** Most that a store of 50 entries may come to hold while 200,000 keys pass: under a hundred bytes for each. */
const MEMORY_MAX_BYTES = 20_000_000

function createStore(definition: EvictionDefinition, capacity: Capacity, universe = UNIVERSE): EvictionStore {
  return definition.create({ capacity, universe, stream: new RandomStreams(7, 0).stream('test/eviction') })
}

function createTraceCache(definition: EvictionDefinition, capacity: number): TraceCache {
  return new TraceCache(definition, {
    capacity,
    universe: UNIVERSE,
    stream: new RandomStreams(7, 0).stream('test/eviction'),
  })
}

/** Whether a full store may keep a key out that never expires. */
function mayRefuse(definition: EvictionDefinition): boolean {
  const store = createStore(definition, { entries: 1 })
  store.insert(0, 1, Infinity, 0)
  return store.insert(1, 1, Infinity, 0) < 0
}

/** One request of a random workload: read through the store, or remove the key, or change its expiry, or restart. */
interface Step {
  readonly key: number
  readonly action: 'get' | 'remove' | 'expire' | 'clear'
  readonly sizeBytes: number
  /** Seconds from now until an entry that comes in expires. */
  readonly lifeS: number
}

const actions = ['get', 'get', 'get', 'get', 'get', 'get', 'remove', 'expire'] as const
const action = fc.constantFrom(...actions)
const step: fc.Arbitrary<Step> = fc.record({
  key: fc.nat(UNIVERSE - 1),
  action: fc.oneof({ weight: 60, arbitrary: action }, { weight: 1, arbitrary: fc.constant('clear' as const) }),
  sizeBytes: fc.integer({ min: 1, max: 12 }),
  lifeS: fc.oneof(fc.constant(Infinity), fc.integer({ min: 1, max: 50 })),
})
const steps = fc.array(step, { maxLength: 300 })
const capacities: fc.Arbitrary<Capacity> = fc.oneof(
  fc.integer({ min: 1, max: 20 }).map((entries) => ({ entries })),
  fc.integer({ min: 1, max: 100 }).map((bytes) => ({ bytes })),
)

/** Runs a workload; returns 1 (hit), 0 (miss) per get, and calls `check` after every step. */
function replay(store: EvictionStore, workload: readonly Step[], check: (step: Step, entry: number) => void): number[] {
  const hits: number[] = []
  for (const [index, each] of workload.entries()) {
    let entry = store.find(each.key)
    if (each.action === 'clear') store.clear()
    else if (each.action === 'remove') {
      if (entry >= 0) store.remove(entry)
    } else if (each.action === 'expire') {
      if (entry >= 0) store.setExpiry(entry, (index + each.lifeS) * SECOND_NS)
    } else {
      hits.push(entry >= 0 ? 1 : 0)
      if (entry >= 0) store.touch(entry, index * SECOND_NS)
      else entry = store.insert(each.key, each.sizeBytes, (index + each.lifeS) * SECOND_NS, index * SECOND_NS)
    }
    check(each, entry)
  }
  return hits
}

function residents(store: EvictionStore): { readonly length: number; readonly bytes: number } {
  let length = 0
  let bytes = 0
  for (let key = 0; key < UNIVERSE; key++) {
    const entry = store.find(key)
    if (entry < 0) continue
    expect(store.keyOf(entry)).toBe(key)
    length += 1
    bytes += store.sizeBytes(entry)
  }
  return { length, bytes }
}

it('every policy has an id of its own, and says what it does and where it is from', () => {
  expect(evictionPolicies.length).toBeGreaterThan(0)
  expect(new Set(evictionPolicies.map(({ id }) => id)).size).toBe(evictionPolicies.length)
  for (const { id, label, help, source } of evictionPolicies) {
    expect(id).toMatch(/^[a-z][a-z0-9_]*$/)
    for (const text of [label, help, source]) expect(text).not.toBe('')
  }
})

describe.each(evictionPolicies.map((definition) => [definition.id, definition] as const))('%s', (_id, definition) => {
  it('never exceeds its capacity, and its counters equal a recount', () => {
    fc.assert(
      fc.property(capacities, steps, (capacity, workload) => {
        const store = createStore(definition, capacity)
        replay(store, workload, () => {
          const { length, bytes } = residents(store)
          expect(store.length).toBe(length)
          expect(store.usedBytes).toBe(bytes)
          const isWithin = 'entries' in capacity ? length <= capacity.entries : bytes <= capacity.bytes
          expect(isWithin).toBe(true)
        })
      }),
      { numRuns: 40 },
    )
  })

  it('finds a key after inserting it, and no longer after removing it', () => {
    fc.assert(
      fc.property(capacities, steps, (capacity, workload) => {
        const store = createStore(definition, capacity)
        replay(store, workload, (each, entry) => {
          const isGone = each.action === 'remove' || each.action === 'clear'
          expect(store.find(each.key)).toBe(isGone ? -1 : entry)
        })
      }),
      { numRuns: 40 },
    )
  })

  it('counts every key that went in and neither stayed nor was taken out as evicted', () => {
    fc.assert(
      fc.property(capacities, steps, (capacity, workload) => {
        const store = createStore(definition, capacity)
        let inserted = 0
        let left = 0
        for (const [index, each] of workload.entries()) {
          const entry = store.find(each.key)
          if (each.action === 'get' && entry < 0) {
            if (store.insert(each.key, each.sizeBytes, Infinity, index * SECOND_NS) >= 0) inserted += 1
          } else if (each.action === 'get') store.touch(entry, index * SECOND_NS)
          else if (each.action === 'remove' && entry >= 0) {
            store.remove(entry)
            left += 1
          }
        }
        expect(store.evictions).toBe(inserted - left - store.length)
      }),
      { numRuns: 40 },
    )
  })

  it('does the same again under the same seed', () => {
    fc.assert(
      fc.property(capacities, steps, (capacity, workload) => {
        const first = replay(createStore(definition, capacity), workload, () => {})
        const second = replay(createStore(definition, capacity), workload, () => {})
        expect(second).toEqual(first)
      }),
      { numRuns: 20 },
    )
  })

  it('keeps the only entry of a store of one until another comes in', () => {
    const store = createStore(definition, { entries: 1 })
    store.insert(3, 1, 100 * SECOND_NS, 0)
    store.touch(store.find(3), SECOND_NS)
    expect(store.find(3)).toBeGreaterThanOrEqual(0)
    const isIn = store.insert(4, 1, 100 * SECOND_NS, 2 * SECOND_NS) >= 0
    expect(store.find(4) >= 0).toBe(isIn)
    expect(store.find(3) >= 0).toBe(!isIn)
  })

  it('hits as often over entries of one size in the fast replay of traces as in a store', () => {
    const trace = fc.array(fc.nat(UNIVERSE - 1), { maxLength: 600 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), trace, (capacity, keys) => {
        const store = createStore(definition, { entries: capacity })
        const cache = createTraceCache(definition, capacity)
        for (const [index, key] of keys.entries()) {
          const nowNs = index * SECOND_NS
          const entry = store.find(key)
          if (entry >= 0) store.touch(entry, nowNs)
          else store.insert(key, 1, Infinity, nowNs)
          expect(cache.access(key, nowNs)).toBe(entry >= 0)
          expect(cache.length).toBe(store.length)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('counts the hits of a whole trace as those of its requests', () => {
    const keys = Int32Array.from({ length: 5000 }, (_, index) => (index * index * 31 + (index >> 3)) % UNIVERSE)
    const one = createTraceCache(definition, 20)
    const hits = keys.reduce((sum, key) => sum + (one.access(key, 0) ? 1 : 0), 0)
    const other = createTraceCache(definition, 20)
    expect(other.replay(keys, 0, 2000) + other.replay(keys, 2000, 5000)).toBe(hits)
  })

  it('hits without an index as with one when queues go round and memories fill', () => {
    const [universe, capacity, requests] = [3_000, 700, 30_000]
    const stream = new RandomStreams(7, 0).stream('test/long-trace')
    const keys = Int32Array.from({ length: requests }, () => stream.nextBelow(1 + stream.nextBelow(universe)))
    const options = { universe, stream: new RandomStreams(7, 0).stream('test/eviction') }
    const cache = new TraceCache(definition, { ...options, capacity })
    const store = createStore(definition, { entries: capacity }, universe)
    let differences = 0
    for (const [index, key] of keys.entries()) {
      const entry = store.find(key)
      if (entry >= 0) store.touch(entry, index)
      else store.insert(key, 1, Infinity, index)
      if (cache.access(key, index) !== entry >= 0) differences += 1
    }
    expect(differences).toBe(0)
  })

  it('never hits more often than the optimum', () => {
    const trace = fc.array(fc.nat(30), { maxLength: 500 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), trace, (capacity, keys) => {
        const requests = Int32Array.from(keys)
        // Who may refuse a key is like one with room for one more entry, which takes what is refused and drops it at once.
        const room = mayRefuse(definition) ? capacity + 1 : capacity
        const optimum = createTraceCache(createOpt(requests), room).replay(requests, 0, requests.length)
        const hits = createTraceCache(definition, capacity).replay(requests, 0, requests.length)
        expect(hits).toBeLessThanOrEqual(optimum)
      }),
      { numRuns: 100 },
    )
  })

  it('remembers a bounded amount however many keys pass', () => {
    const store = createStore(definition, { entries: 50 }, 200_000)
    const before = process.memoryUsage().arrayBuffers
    for (let request = 0; request < 200_000; request++) store.insert(request, 1, request + 1, request)
    expect(store.length).toBeLessThanOrEqual(50)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(MEMORY_MAX_BYTES)
  })

  it('uses entries again instead of making new ones for ever', () => {
    const store = createStore(definition, { entries: 3000 }, 1_000_000)
    let highestEntry = 0
    for (let request = 0; request < 200_000; request++) {
      const entry = store.insert((request * 7919) % 1_000_000, 1, request + 1, request)
      highestEntry = Math.max(highestEntry, entry)
      if (entry >= 0 && request % 5 === 0) store.remove(entry)
    }
    expect(highestEntry).toBeLessThan(3000)
    expect(store.length).toBeLessThanOrEqual(3000)
  })
})
