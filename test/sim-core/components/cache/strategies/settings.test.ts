// Settings of caches: how they are written, and those that make no sense, told at their place.
import { describe, expect, test } from 'vitest'
import type { CacheSpec } from '../../../../../sim-core/components/cache/cache.schema.ts'
import { parseScenario } from '../../../../../sim-core/scenario/parse.ts'

const SHARED = '{ name: redis, capacity: 100, ttl: 10s }'
const LASTING = '{ name: redis, capacity: 100 }'
const LOCAL = '{ name: process, capacity: 100, scope: replica, ttl: 10s }'

function scenario(settings: string, tier = SHARED, miss = 'cpu: 1ms'): string {
  return `version: 1
name: Settings
run: { duration: 1m }
keys: { products: { count: 100 } }
traffic: { all: { rate: 10/s, mix: { api.get: 100% } } }
services:
  api: { endpoints: { get: { steps: [{ read: { cache: store, key: products, miss: { ${miss} } } }] } } }
caches:
  store:
    tiers: [${tier}]
    ${settings}
`
}

function parsed(settings: string, tier?: string): CacheSpec {
  const { scenario: spec, problems } = parseScenario(scenario(settings, tier), 'f.yaml')
  expect(problems).toEqual([])
  return spec!.caches['store']!
}

describe('settings', () => {
  test('are a word or a map', () => {
    expect(parsed('strategy: read_through').strategy).toBe('read_through')
    expect(parsed('strategy: write_behind').strategy).toEqual({ kind: 'write_behind', batch: 100, flushNs: 60e9 })
    expect(parsed('strategy: { write_behind: { batch: 5 } }').strategy).toMatchObject({ batch: 5, flushNs: 60e9 })
    expect(parsed('strategy: { refresh_ahead: { at: 50% } }').strategy).toEqual({ kind: 'refresh_ahead', atRatio: 0.5 })
    expect(parsed('stampede: single_flight').stampede).toEqual({ kind: 'single_flight' })
    expect(parsed('stampede: early_refresh').stampede).toEqual({ kind: 'early_refresh', beta: 1 })
    expect(parsed('stampede: { lock: { scope: local } }').stampede).toMatchObject({ waitNs: 3e9, scope: 'local' })
    expect(parsed('stampede: { stale_while_revalidate: { for: 5s } }').stampede).toMatchObject({ forNs: 5e9 })
    expect(parsed('invalidation: none').invalidation).toEqual({ kind: 'none' })
    expect(parsed('invalidation: { tag: { tags: 20, cost: 1ms } }').invalidation).toMatchObject({
      kind: 'tag',
      tags: 20,
      costNs: { type: 'constant', value: 1e6 },
    })
    expect(parsed('invalidation: { event: { delay: 5ms } }', LOCAL).invalidation).toMatchObject({ kind: 'event' })
  })

  test.each([
    ['strategy: read_trough', SHARED, '11:15', 'caches.store.strategy', 'read_through'],
    ['strategy: { write_behnd: {} }', SHARED, '11:17', 'caches.store.strategy.write_behnd', 'write_behind'],
    ['strategy: {}', SHARED, '11:15', 'caches.store.strategy', 'exactly one'],
    ['stampede: { lock: {}, early_refresh: {} }', SHARED, '11:15', 'caches.store.stampede', 'exactly one'],
    ['stampede: stale_while_revalidate', SHARED, '11:15', 'caches.store.stampede', ''],
    ['stampede: { early_refresh: { beta: 0 } }', SHARED, '11:40', 'caches.store.stampede.early_refresh.beta', ''],
    ['strategy: { refresh_ahead: { at: 100% } }', SHARED, '11:38', 'caches.store.strategy.refresh_ahead.at', '99.99%'],
    ['invalidation: { tag: {} }', SHARED, '11:21', 'caches.store.invalidation.tag.tags', ''],
    ['warm_load: 4', SHARED, '11:16', 'caches.store.warm_load', 'warm'],
    ['strategy: refresh_ahead', LASTING, '11:15', 'caches.store.strategy', 'give a tier a ttl'],
    ['stampede: early_refresh', LASTING, '11:15', 'caches.store.stampede', 'give a tier a ttl'],
    [
      'strategy: refresh_ahead',
      `${LOCAL}, ${LASTING}`,
      '11:15',
      'caches.store.strategy',
      'give the slowest tier a ttl',
    ],
    [
      'stampede: early_refresh',
      `${LOCAL}, ${LASTING}`,
      '11:15',
      'caches.store.stampede',
      'give the slowest tier a ttl',
    ],
    ['stampede: { lock: { scope: distributed } }', LOCAL, '11:32', 'caches.store.stampede.lock.scope', 'local'],
    ['invalidation: { event: { delay: 5ms } }', SHARED, '11:37', 'caches.store.invalidation.event.delay', 'replica'],
  ])('%s is refused', (settings, tier, position, path, hint) => {
    const { problems } = parseScenario(scenario(settings, tier), 'f.yaml')
    expect(problems.map(({ line, column, path: at }) => [`${line}:${column}`, at])).toEqual([[position, path]])
    expect(problems[0]!.hint).toContain(hint)
  })

  test.each([
    ['strategy: read_through', 'stampede: lock', 'leave stampede away'],
    ['strategy: refresh_ahead', 'stampede: early_refresh', 'choose one'],
  ])('%s and %s are refused together', (strategy, stampede, hint) => {
    const { problems } = parseScenario(scenario(`${strategy}\n    ${stampede}`), 'f.yaml')
    expect(problems).toMatchObject([{ code: 'contradiction', path: 'caches.store.stampede', line: 12, hint }])
  })

  test('what renews needs a ttl of a tier that is the slowest for some keys', () => {
    const some = '{ name: redis, capacity: 100, accepts: { keys: [products] } }'
    expect(parsed('strategy: refresh_ahead', `${LOCAL}, ${some}`).tiers).toHaveLength(2)
  })

  test('a load that waits for itself is refused', () => {
    const again = 'read: { cache: store, key: products, miss: { cpu: 1ms } }'
    for (const settings of ['stampede: single_flight', 'strategy: read_through']) {
      const { problems } = parseScenario(scenario(settings, SHARED, again), 'f.yaml')
      const path = 'services.api.endpoints.get.steps[0].read.miss.read'
      expect(problems).toMatchObject([{ code: 'contradiction', severity: 'error', path }])
      expect(problems[0]!.message).toContain('waits for a load of products through store')
    }
  })

  test('one that waits for its own lock runs, with a warning', () => {
    const again = 'read: { cache: store, key: products, miss: { cpu: 1ms } }'
    const { scenario: spec, problems } = parseScenario(scenario('stampede: lock', SHARED, again), 'f.yaml')
    expect(spec).toBeDefined()
    const path = 'services.api.endpoints.get.steps[0].read.miss.read'
    expect(problems).toMatchObject([{ code: 'lock-circle', severity: 'warning', path, line: 7 }])
    expect(problems[0]!.message).toContain('waits for its own lock until it times out')
  })

  test('so is one that waits for itself by way of a network', () => {
    const text = scenario(
      'stampede: single_flight',
      SHARED,
      'fetch: { cdn: edge, key: products, origin: { cpu: 1ms } }',
    )
    const network = `cdns:
  edge:
    locations: { a: { at: [0, 0] } }
    clients: { b: { at: [1, 1], share: 100% } }
    origin: { at: [2, 2] }
    capacity: 10
    ttl: 1m
`
    const again = 'read: { cache: store, key: products, miss: { cpu: 1ms } }'
    const other = `  web: { endpoints: { get: { steps: [{ fetch: { cdn: edge, key: products, origin: { ${again} } } }] } } }\n`
    expect(parseScenario(text + network, 'f.yaml').problems).toEqual([])
    const { problems } = parseScenario(text.replace('caches:\n', `${other}caches:\n`) + network, 'f.yaml')
    expect(problems.map(({ code }) => code)).toContain('contradiction')
  })
})
