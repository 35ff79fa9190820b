// What every registered eviction policy must hold: limits, counters, determinism, bounded memory.

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Capacity, EvictionDefinition, EvictionStore } from '../../sim-core/components/cache/eviction/eviction.ts'
import { evictionPolicies } from '../../sim-core/components/cache/eviction/registry.ts'
import { RandomStreams } from '../../sim-core/kernel/random.ts'

const UNIVERSE = 60
const SECOND_NS = 1e9

function createStore(definition: EvictionDefinition, capacity: Capacity, universe = UNIVERSE): EvictionStore {
  return definition.create({ capacity, universe, stream: new RandomStreams(7, 0).stream('test/eviction') })
}

/** One request of a random workload: read through the store, or remove the key, or restart. */
interface Step {
  readonly key: number
  readonly action: 'get' | 'remove' | 'clear'
  readonly sizeBytes: number
}

const action = fc.constantFrom('get' as const, 'get' as const, 'get' as const, 'get' as const, 'remove' as const)
const step: fc.Arbitrary<Step> = fc.record({
  key: fc.nat(UNIVERSE - 1),
  action: fc.oneof({ weight: 60, arbitrary: action }, { weight: 1, arbitrary: fc.constant('clear' as const) }),
  sizeBytes: fc.integer({ min: 1, max: 12 }),
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
    } else {
      hits.push(entry >= 0 ? 1 : 0)
      if (entry >= 0) store.touch(entry, index * SECOND_NS)
      else entry = store.insert(each.key, each.sizeBytes, Infinity, index * SECOND_NS)
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
          expect(store.find(each.key)).toBe(each.action === 'get' ? entry : -1)
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
          else if (entry >= 0) {
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

  it('keeps the only entry of a store of one until another comes', () => {
    const store = createStore(definition, { entries: 1 })
    store.insert(3, 1, Infinity, 0)
    store.touch(store.find(3), SECOND_NS)
    expect(store.find(3)).toBeGreaterThanOrEqual(0)
    store.insert(4, 1, Infinity, 2 * SECOND_NS)
    expect(store.find(3)).toBe(-1)
    expect(store.find(4)).toBeGreaterThanOrEqual(0)
  })

  it('uses entries again instead of making new ones for ever', () => {
    const store = createStore(definition, { entries: 3000 }, 1_000_000)
    let highestEntry = 0
    for (let request = 0; request < 200_000; request++) {
      const entry = store.insert((request * 7919) % 1_000_000, 1, Infinity, request)
      highestEntry = Math.max(highestEntry, entry)
      if (request % 5 === 0) store.remove(entry)
    }
    expect(highestEntry).toBeLessThan(3000)
    expect(store.length).toBeLessThanOrEqual(3000)
  })
})
