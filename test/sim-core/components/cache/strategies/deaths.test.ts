// What the death of an instance takes along of a cache's work, within whole scenarios: its own, and nobody else's.
import { stringify } from 'yaml'
import { describe, expect, test } from 'vitest'
import type { ReplicationResult } from '../../../../../sim-core/metrics/replication-result.ts'
import { runStudy } from '../../../../support/study.ts'

const ONE_SOURCE_DIES = [
  { at: '5.005s', kill: 'source', replicas: 1 },
  { at: '6s', restore: 'source' },
]

/** Requests to a shop that calls two instances of a source, which answer after 10 ms. */
function run(cache: object, steps: readonly object[], faults: readonly object[], keys = 100_000): ReplicationResult {
  const scenario = {
    version: 1,
    name: 'deaths',
    run: { duration: '20s', warmup: '0s', bucket: '1s' },
    keys: { products: { count: keys } },
    traffic: { all: { rate: '50/s', mix: { 'shop.main': '100%' } } },
    services: {
      shop: { endpoints: { main: { steps } } },
      source: { replicas: 2, endpoints: { main: { steps: [{ delay: '10ms' }] } } },
    },
    caches: { near: { tiers: [{ name: 'memory', capacity: 200_000 }], ...cache } },
    faults,
  }
  return runStudy(stringify(scenario), 1)[0]!
}

function valuesOf(result: ReplicationResult, name: string): readonly number[] {
  return [...result.metrics.find(({ metric }) => metric === name)!.values]
}

function total(result: ReplicationResult, name: string): number {
  return valuesOf(result, name).reduce((sum, value) => sum + value, 0)
}

function column(result: ReplicationResult, id: string, name: 'arrivals' | 'completed' | 'failed'): number {
  return result.endpoints.find((each) => each.id === id)!.columns[name].reduce((sum, value) => sum + value, 0)
}

describe('a write held back', () => {
  const behind = { strategy: { write_behind: { batch: 1000, flush: '2s' } } }
  const steps = [{ write: { cache: 'near', key: 'products', store: { call: 'source.main' } } }]

  test('is lost alone when the instance dies that its own calls', () => {
    const result = run(behind, steps, ONE_SOURCE_DIES)
    // Batches of a hundred are stored for a second each; one of the calls was on the instance that died.
    expect(column(result, 'source.main', 'failed')).toBe(1)
    expect(total(result, 'writes_lost')).toBe(1)
    const held = valuesOf(result, 'writes_held').at(-1)!
    const stored = column(result, 'source.main', 'completed')
    expect(stored + total(result, 'coalesced') + 1 + held).toBe(column(result, 'shop.main', 'completed'))
  })

  test('is lost with all of its batch when its own instance dies', () => {
    const result = run(behind, steps, [{ at: '6.505s', kill: 'shop', replicas: 1 }])
    expect(valuesOf(result, 'writes_held').at(-1)).toBe(0)
    // A call that was on its way then was answered to nobody, and counts as wasted there.
    const stored = column(result, 'source.main', 'completed')
    const lost = total(result, 'writes_lost')
    expect(lost).toBeGreaterThan(50)
    expect(stored + total(result, 'coalesced') + lost).toBe(column(result, 'shop.main', 'completed'))
  })
})

test('an instance that takes over has what it was warmed with at the start, and who only writes has nothing', () => {
  const scenario = {
    version: 1,
    name: 'takes over',
    run: { duration: '30s', warmup: '0s', bucket: '10s' },
    keys: { products: { count: 1 } },
    traffic: {
      reads: { rate: '10/s', mix: { 'shop.get': '100%' } },
      writes: { rate: '1/s', mix: { 'admin.put': '100%' } },
    },
    services: {
      shop: {
        replicas: 2,
        balancer: { algorithm: 'first' },
        // The balancer looks at workers.
        workers: 10,
        endpoints: {
          get: { steps: [{ delay: '1ms' }, { read: { cache: 'near', key: 'products', miss: { delay: '4ms' } } }] },
        },
      },
      admin: {
        endpoints: { put: { steps: [{ write: { cache: 'near', key: 'products', store: { delay: '4ms' } } }] } },
      },
    },
    caches: {
      near: { warm: 1, invalidation: 'none', tiers: [{ name: 'memory', scope: 'replica', capacity: 1000 }] },
    },
    faults: [{ at: '20.001s', kill: 'shop', replicas: 1 }],
  }
  const result = runStudy(stringify(scenario), 1)[0]!
  expect(valuesOf(result, 'memory.entries')).toEqual([2, 2, 1])
  // No read brings anything new, and the second instance is asked for the first time after twenty seconds of writes.
  expect(total(result, 'misses')).toBe(0)
  expect(valuesOf(result, 'stale').at(-1)).toBe(valuesOf(result, 'hits').at(-1))
})

describe('a program that warms', () => {
  const warming = { warm: '100%', warm_load: 4 }
  const steps = [{ read: { cache: 'near', key: 'products', miss: { call: 'source.main' } } }]

  test('goes on when the instance dies that its load calls', () => {
    const result = run(warming, steps, ONE_SOURCE_DIES)
    // Four at a time take 10 ms each for 20 s. Two of them were on the instance that died, for 5 ms less than the others.
    expect(total(result, 'warmed')).toBe(4 * 2000 - 2)
  })

  test('ends with its own instance, and does not begin again with the next one', () => {
    const faults = [
      { at: '5.005s', kill: 'shop', replicas: 1 },
      { at: '6s', restore: 'shop' },
    ]
    expect(total(run(warming, steps, faults), 'warmed')).toBe(4 * 500)
  })
})
