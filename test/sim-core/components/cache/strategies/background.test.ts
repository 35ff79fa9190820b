// Work of caches in the background, within whole scenarios: it is conserved, and shares the fate of its instance.
import { stringify } from 'yaml'
import { expect, test } from 'vitest'
import type { ReplicationResult } from '../../../../../sim-core/metrics/replication-result.ts'
import { runStudy } from '../../../../support/study.ts'

const SECONDS = 60

function run(cache: object, more: object = {}, service: object = {}, endpoints: object = {}): ReplicationResult {
  const scenario = {
    version: 1,
    name: 'background',
    run: { duration: `${SECONDS}s`, warmup: '0s', bucket: '1s' },
    keys: { products: { count: 200 } },
    traffic: { all: { rate: '200/s', mix: { 'shop.get': '50%', 'shop.put': '50%' } } },
    services: {
      shop: {
        replicas: 2,
        ...service,
        endpoints: {
          get: { steps: [{ read: { cache: 'near', key: 'products', miss: { call: 'source.load' } } }] },
          put: { steps: [{ write: { cache: 'near', key: 'products', store: { call: 'source.save' } } }] },
          ...endpoints,
        },
      },
      source: {
        endpoints: { load: { steps: [{ delay: '20ms' }] }, save: { steps: [{ delay: '5ms' }] } },
      },
    },
    caches: { near: { tiers: [{ name: 'memory', scope: 'replica', capacity: 1000, ttl: '10s' }], ...cache } },
    ...more,
  }
  return runStudy(stringify(scenario), 1)[0]!
}

function total(result: ReplicationResult, name: string): number {
  const metric = result.metrics.find((each) => each.metric === name)
  return metric!.values.reduce((sum, value) => sum + value, 0)
}

function column(result: ReplicationResult, id: string, name: 'arrivals' | 'completed' | 'failed'): number {
  return result.endpoints.find((each) => each.id === id)!.columns[name].reduce((sum, value) => sum + value, 0)
}

const behind = { strategy: { write_behind: { batch: 1000, flush: '2s' } } }

test('writes held back are lost with the instance that held them, and nothing else is', () => {
  const result = run(behind, { faults: [{ at: '30s', kill: 'shop', replicas: 1 }] })
  const lost = total(result, 'writes_lost')
  // At 50 writes a second of 200 keys an instance holds up to 80 at most, and stores for a while.
  expect(lost).toBeGreaterThan(0)
  expect(lost).toBeLessThan(160)
  const held = result.metrics.find(({ metric }) => metric === 'writes_held')!.values.at(-1)!
  const accepted = column(result, 'shop.put', 'completed')
  // What was on its way to the source when its instance died is lost; the source counts it as work for nobody.
  const stored = column(result, 'source.save', 'completed')
  const difference = accepted - total(result, 'coalesced') - lost - held - stored
  expect(difference).toBe(0)
})

test('an instance that is scaled in stores what it holds before it is gone', () => {
  const autoscaler = {
    kind: 'threshold',
    min: 1,
    max: 2,
    cpu: '50%',
    up_count: 1,
    down_count: 1,
    down_cooldown: '5s',
    sync_period: '5s',
  }
  const result = run(behind, {}, { autoscaler })
  expect(result.timeline.some(({ kind, text }) => kind === 'scaled' && text.startsWith('2 to 1'))).toBe(true)
  expect(total(result, 'writes_lost')).toBe(0)
  const held = result.metrics.find(({ metric }) => metric === 'writes_held')!.values.at(-1)!
  const stored = column(result, 'source.save', 'completed')
  expect(column(result, 'shop.put', 'completed') - total(result, 'coalesced') - held).toBe(stored)
})

test('renewals in the background are nobody’s requests and no wasted work', () => {
  const result = run({ strategy: { refresh_ahead: { at: '50%' } }, invalidation: 'none' })
  expect(total(result, 'refreshes')).toBeGreaterThan(500)
  expect(column(result, 'client', 'arrivals')).toBe(
    column(result, 'shop.get', 'arrivals') + column(result, 'shop.put', 'arrivals'),
  )
  // What is under way at the end was begun and has not ended.
  const loads = column(result, 'source.load', 'arrivals')
  expect(loads).toBe(total(result, 'refreshes') + total(result, 'misses'))
  expect(column(result, 'source.load', 'failed')).toBe(0)
})

test('rounds of a loop hold their writes in one buffer, and other steps have theirs', () => {
  const write = { write: { cache: 'near', key: 'products', store: { call: 'source.save' } } }
  const put = { steps: [{ repeat: { times: 4, steps: [write] } }, write] }
  const get = { steps: [{ delay: '1ms' }] }
  const strategy = { write_behind: { batch: 50, flush: '500s' } }
  const result = run(
    { strategy },
    { traffic: { all: { rate: '50/s', mix: { 'shop.put': '100%' } } } },
    {},
    { get, put },
  )
  const requests = column(result, 'shop.put', 'completed')
  const held = result.metrics.find(({ metric }) => metric === 'writes_held')!.values.at(-1)!
  // Of the four rounds at least three repeat the key. Were the fifth write held with them, it would be one more.
  expect(total(result, 'coalesced')).toBeGreaterThan(3 * requests)
  expect(total(result, 'coalesced')).toBeLessThan(4 * requests)
  expect(column(result, 'source.save', 'completed') + total(result, 'coalesced') + held).toBe(5 * requests)
})
