// The memory that stores are estimated to take is that of the keys they are asked for, and of what is kept beside them.
import { describe, expect, test } from 'vitest'
import { cacheUses } from '../../../sim-core/scenario/cache-checks.ts'
import { cdnPopulations } from '../../../sim-core/scenario/cdn-checks.ts'
import type { ScenarioSpec } from '../../../sim-core/scenario/parse.ts'
import { parseScenario } from '../../../sim-core/scenario/parse.ts'
import { keyTableBytes, loadNotes, networkBytes, tierBytes } from '../../../sim-core/scenario/store-memory.ts'

const LOCATIONS = 100
const EDGES = Array.from({ length: LOCATIONS }, (_, index) => `l${index}: { at: [${index / 2}, 0] }`).join(', ')

const SHOP = `version: 1
name: Shop
keys: { images: { count: 65536, size: 1KB }, customers: { count: 30M }, pages: { count: 5k }, logos: { count: 7k } }
traffic: { visitors: { rate: 10/s, mix: { image: 100% } } }
services:
  shop:
    replicas: 4
    endpoints:
      image: { steps: [ { fetch: { cdn: files, key: images, origin: { delay: 1ms } } } ] }
      get: { steps: [ { read: { cache: near, key: images, miss: { cpu: 1ms } } } ] }
      put: { steps: [ { delay: 1ms } ] }
cdns:
  files:
    locations: { ${EDGES} }
    clients: { here: { at: [0, 0], share: 60% }, there: { at: [50, 0], share: 40% } }
    origin: { at: [50, 8] }
    capacity: 300
    ttl: 30d
caches: { near: { tiers: [ { name: redis, capacity: 100M, ttl: 1h } ] } }
`
const FETCH_ALL = 'services.shop.endpoints.put.steps=[{ fetch: { cdn: files, key: customers, origin: [] } }]'
const PURGE_PAGES = 'services.shop.endpoints.put.steps=[{ purge: { cdn: files, key: pages } }]'
const WRITE = 'services.shop.endpoints.put.steps=[{ write: { cache: near, key: images, store: [] } }]'

function parsed(...overrides: readonly string[]): ScenarioSpec {
  const { scenario, problems } = parseScenario(SHOP, 'shop.yaml', { overrides })
  if (scenario === undefined) throw new Error(JSON.stringify(problems))
  return scenario
}

describe('networks', () => {
  const bytesOf = (...overrides: readonly string[]): number => {
    const scenario = parsed(...overrides)
    return networkBytes(scenario, 'files', cdnPopulations(scenario).get('files') ?? new Set())
  }
  const populationsOf = (...overrides: readonly string[]): readonly string[] => [
    ...(cdnPopulations(parsed(...overrides)).get('files') ?? []),
  ]

  test('keep what is fetched, purged or pushed, and no other keys', () => {
    expect(populationsOf()).toEqual(['images'])
    expect(populationsOf(FETCH_ALL)).toEqual(['images', 'customers'])
    expect(populationsOf(PURGE_PAGES, 'cdns.files.push={ logos: 10 }')).toEqual(['logos', 'images', 'pages'])
  })

  test('have an index of all keys at every location, or where there are many, of those that there is room for', () => {
    expect(bytesOf()).toBe(LOCATIONS * (65_536 * 4 + 300 * 40))
    expect(bytesOf('keys.images.count=65537')).toBe(LOCATIONS * 300 * 60)
    expect(bytesOf('cdns.files.shield={ at: [0, 0], capacity: 500 }')).toBe(bytesOf() + 65_536 * 4 + 500 * 40)
  })

  test('fill up where clients come, and hold elsewhere what is pushed', () => {
    const many = ['keys.images.count=1M', 'cdns.files.capacity=1M'] as const
    const empty = (LOCATIONS - 2) * 1024 * 60
    expect(bytesOf(...many)).toBe(2 * 1e6 * 60 + empty)
    expect(bytesOf(...many, 'cdns.files.push={ images: 10% }')).toBe(2 * 1e6 * 60 + (LOCATIONS - 2) * 1e5 * 60)
    const killed = bytesOf(...many, 'faults=[{ at: 1s, kill: files.l0 }]')
    expect(killed).toBe(4 * 1e6 * 60 + (LOCATIONS - 4) * 1024 * 60)
    expect(bytesOf(...many, 'cdns.files.locations.l7.capacity=10')).toBe(bytesOf(...many) - (1024 - 10) * 60)
    expect(bytesOf('keys.images.count=1M', 'cdns.files.capacity=20MB')).toBe(2 * 20 * 1024 * 60 + empty)
  })
})

describe('caches', () => {
  const cacheOf = (...overrides: readonly string[]) => {
    const scenario = parsed('keys.images.count=3M', ...overrides)
    return { scenario, spec: scenario.caches['near']!, uses: cacheUses(scenario) }
  }
  const bytesOf = (...overrides: readonly string[]): number => {
    const cache = cacheOf(...overrides)
    return tierBytes(cache, cache.spec.tiers[0]!, cache.spec.tiers[0]!.nodes)
  }
  const ENTRIES = 3e6

  test('have a column beside their entries for every version and age that they keep', () => {
    const column = ENTRIES * 12
    const ahead = 'caches.near.strategy=refresh_ahead'
    const groups = 'caches.near.invalidation={ version: { groups: 1k } }'
    expect(bytesOf()).toBe(ENTRIES * 60)
    expect(bytesOf(WRITE)).toBe(ENTRIES * 60 + column)
    expect(bytesOf(ahead)).toBe(ENTRIES * 60 + column)
    expect(bytesOf(groups)).toBe(ENTRIES * 60)
    expect(bytesOf(WRITE, ahead, groups)).toBe(ENTRIES * 60 + 3 * column)
  })

  test('have columns of some length at every node, however little is in it', () => {
    const small = ['keys.images.count=10k', 'caches.near.tiers[0].nodes=3000'] as const
    expect(bytesOf(...small, WRITE) - bytesOf(...small)).toBe(3000 * 1024 * 8)
  })

  test('keep tables about every key where they are written to, or recompute early', () => {
    const tablesOf = (...overrides: readonly string[]): number => keyTableBytes(cacheOf(...overrides))
    expect(tablesOf()).toBe(0)
    expect(tablesOf('caches.near.stampede=early_refresh')).toBe(ENTRIES * 8)
    expect(tablesOf(WRITE)).toBe(ENTRIES * 4)
    expect(tablesOf(WRITE, 'caches.near.strategy=write_behind')).toBe(ENTRIES * 8)
    expect(tablesOf(WRITE, 'caches.near.invalidation={ tag: { tags: 10 } }')).toBe(ENTRIES * 8)
    expect(tablesOf(WRITE, 'caches.near.invalidation={ version: { groups: 1k } }')).toBe(ENTRIES * 4 + 8 * 1000)
  })

  test('note what a load began with where they attend to ages', () => {
    expect(loadNotes(cacheOf())).toBe(0)
    expect(loadNotes(cacheOf(WRITE))).toBe(1)
    expect(loadNotes(cacheOf('caches.near.strategy=refresh_ahead'))).toBe(1)
    expect(loadNotes(cacheOf('caches.near.stampede={ stale_while_revalidate: { for: 1m } }'))).toBe(1)
  })
})
