// A scenario with every section: what it parses to, that the JSON Schema accepts it, and that it survives being written.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { scenarioJsonSchema } from '../../../sim-core/scenario/json-schema.ts'
import { parseScenario } from '../../../sim-core/scenario/parse.ts'
import { sections } from '../../../sim-core/scenario/sections.ts'
import { writeScenario } from '../../../sim-core/scenario/write.ts'

const file = new URL('../../support/scenarios/every-section.yaml', import.meta.url)
const text = readFileSync(file, 'utf8')
const parsed = parseScenario(text, 'every-section.yaml')

test('it is right', () => {
  expect(parsed.problems).toEqual([])
})

test('traffic parses to profiles, shares and references', () => {
  expect(parsed.scenario?.traffic).toMatchObject({
    shoppers: {
      rate: {
        kind: 'stages',
        from: 5_000,
        stages: [{ overNs: 600e9, to: 15_000 }, { holdNs: 2_400e9 }, { overNs: 600e9, to: 5_000 }],
      },
      arrivals: { kind: 'poisson' },
      mix: [
        { service: 'catalog', endpoint: 'get_product', share: 0.6 },
        { service: 'catalog', endpoint: 'search_products', share: 0.34 },
        { service: 'order', endpoint: 'create_order', share: 0.06 },
      ],
    },
    back_office: { users: { kind: 'constant', level: 200 }, thinkNs: { type: 'uniform', min: 1e9, max: 4e9 } },
  })
})

test('services parse to workers, cores, balancers, autoscalers and steps', () => {
  const { catalog, order } = parsed.scenario?.services ?? {}
  expect(catalog).toMatchObject({
    workers: { kind: 'limited', count: 64, queue: { discipline: 'fifo' } },
    cpu: { cores: 4, scheduling: 'processor_sharing' },
    memory: { sizeBytes: 4 * 1024 ** 3, idleBytes: 512 * 1024 ** 2, perRequestBytes: 2 * 1024 ** 2 },
    balancer: { algorithm: 'least_connections', health: { intervalNs: 30e9, timeoutNs: 5e9 } },
    autoscaler: {
      config: { kind: 'hpa', min: 3, max: 20, cpuTarget: 0.7, memoryTarget: 0.8, tolerance: { up: 0.1, down: 0.1 } },
    },
  })
  expect(catalog?.endpoints['get_product']?.slo).toEqual({ p95Ns: 200e6, availabilityRatio: 0.999 })
  expect(order?.autoscaler?.config).toMatchObject({ kind: 'threshold', responseTimeTargetMs: 500, upCount: 2 })
  expect(order?.endpoints['create_order']?.steps.map(({ word }) => word)).toEqual(['cpu', 'call', 'branch', 'write'])
  expect(order?.endpoints['create_order']?.steps[1]?.spec).toEqual({
    endpoint: { service: 'catalog', endpoint: 'get_product' },
    policy: 'inventory_call',
    ifRatio: 0.3,
  })
})

test('caches, databases, policies and faults', () => {
  const { caches, databases, policies, faults } = parsed.scenario ?? {}
  expect(caches?.['product_cache']).toMatchObject({
    stampede: { kind: 'lock', waitNs: 3e9, onTimeout: 'recompute' },
    tiers: [
      { capacity: { entries: 10_000 }, scope: 'replica' },
      { capacity: { bytes: 16 * 1024 ** 3 }, nodes: 6 },
    ],
    warm: { kind: 'by_population', amounts: { products: { kind: 'count', count: 1_000 } } },
  })
  expect(databases?.['catalog_db']).toMatchObject({
    shards: { key: 'products', count: 8 },
    primary: { cores: 8, pool: { max: 100, acquireTimeoutNs: 3e9 } },
    replicas: { readShareRatio: 0.8 },
  })
  expect(policies?.['inventory_call']).toMatchObject({
    timeoutNs: 3e9,
    cancel: false,
    retry: {
      attempts: 3,
      backoff: { kind: 'full_jitter', parameters: { initialNs: 100e6, maxNs: 20e9, multiplier: 2 } },
      on: ['timeout'],
    },
    breaker: { kind: 'consecutive', parameters: { failures: 5, openNs: 60e9 } },
  })
  expect(faults).toMatchObject([
    { kind: 'kill', target: { section: 'services', id: 'catalog' }, atNs: 1_200e9, replicas: 2 },
    { kind: 'restore', target: { section: 'services', id: 'catalog' }, atNs: 1_500e9 },
    {
      kind: 'slow',
      target: { section: 'databases', id: 'catalog_db', index: 3 },
      factor: 5,
      when: { kind: 'once', forNs: 120e9 },
    },
    { kind: 'slow', target: { section: 'databases', id: 'catalog_db' }, factor: 8, when: { kind: 'recurring' } },
  ])
})

test('content delivery networks', () => {
  expect(parsed.scenario?.cdns['static_files']).toEqual({
    locations: {
      riyadh: { at: { latitude: 24.7136, longitude: 46.6753 } },
      jeddah: { at: { latitude: 21.4858, longitude: 39.1925 }, capacity: { entries: 5_000 } },
    },
    default: 'riyadh',
    clients: {
      makkah: { at: { latitude: 21.3891, longitude: 39.8579 }, shareRatio: 0.9 },
      unknown: { shareRatio: 0.1 },
    },
    origin: { at: { latitude: 50.1109, longitude: 8.6821 } },
    shield: { at: { latitude: 50.1109, longitude: 8.6821 }, capacity: { bytes: 1024 ** 3 } },
    capacity: { bytes: 16 * 1024 ** 3 },
    eviction: 'sieve',
    ttlNs: 30 * 86_400e9,
    collapse: true,
    network: { nsPerKm: 20_000, lastMileNs: { type: 'exponential', mean: 10e6 } },
    propagation: { failureRatio: 0.01 },
    push: { products: { kind: 'share', ratio: 0.05 } },
  })
  const steps = parsed.scenario?.services['order']?.endpoints['replace_image']?.steps
  expect(steps?.[1]).toEqual({ word: 'purge', spec: { cdn: 'static_files', key: 'products' } })
})

test('written and parsed again it is the same, and so is what is written', () => {
  const written = writeScenario(parsed.document ?? null)
  const again = parseScenario(written, 'written.yaml')
  expect(again.problems).toEqual([])
  expect(again.scenario).toEqual(parsed.scenario)
  expect(writeScenario(again.document ?? null)).toBe(written)
})

test('the JSON Schema accepts it, and refuses what an editor should underline', () => {
  const json = scenarioJsonSchema(sections)
  const schema = z.fromJSONSchema(json)
  const result = schema.safeParse(parsed.document)
  expect(result.error?.issues ?? []).toEqual([])
  const document = parsed.document as Record<string, unknown>
  expect(schema.safeParse({ ...document, run: { duration: 60 } }).success).toBe(false)
  expect(schema.safeParse({ ...document, run: { sed: 7 } }).success).toBe(false)
  expect(json).toMatchObject({
    additionalProperties: false,
    anyOf: [{ required: ['version', 'name', 'traffic', 'services'] }, { required: ['version', 'extends'] }],
  })
})

test('a bucket is chosen where none is given', () => {
  const bucketOf = (duration: string) =>
    parseScenario(text, 'f', { overrides: ['run.bucket=', 'run.warmup=auto', `run.duration=${duration}`] }).scenario
      ?.run.bucketNs
  expect([bucketOf('60m'), bucketOf('10m'), bucketOf('1s'), bucketOf('24h')]).toEqual([10e9, 2e9, 5e6, 300e9])
})
