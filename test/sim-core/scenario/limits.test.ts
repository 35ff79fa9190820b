// Scenarios that no machine can simulate are refused with an estimate, at what needs most.
import { expect, test } from 'vitest'
import { limitComplaints } from '../../../sim-core/scenario/limits.ts'
import { parseScenario } from '../../../sim-core/scenario/parse.ts'

const SMALL = `version: 1
name: Shop
run: { duration: 10m, replications: 4 }
keys: { products: { count: 1M, size: 1KB } }
traffic:
  few: { rate: 10/s, mix: { get: 1 } }
  many: { rate: 1000/s, mix: { get: 1 } }
services:
  shop:
    replicas: 10
    endpoints:
      get: { steps: [{ read: { cache: near, key: products, miss: { cpu: 1ms } } }] }
caches: { near: { tiers: [{ name: process, scope: replica, capacity: 1000 }] } }
`

function complaintsOf(...overrides: readonly string[]) {
  const { scenario, problems } = parseScenario(SMALL, 'shop.yaml', { overrides })
  expect(problems).toEqual([])
  return scenario === undefined ? [] : limitComplaints(scenario)
}

test('an ordinary scenario is within the limits', () => {
  expect(complaintsOf()).toEqual([])
})

test('too many requests are told at the source that sends most, with how far to go down', () => {
  const [complaint, ...others] = complaintsOf('traffic.many.rate=1G/s')
  expect(others).toEqual([])
  expect(complaint).toMatchObject({ code: 'too-large', path: ['traffic', 'many', 'rate'] })
  expect(complaint?.message).toBe(
    'the study would simulate about 2.4 million million requests in 4 replications; the limit is 100 thousand million',
  )
  expect(complaint?.hint).toContain('25 times less in all')
})

test('users count as well, and so do the replications that a precision may take', () => {
  expect(complaintsOf('traffic.many={users: 1M, think: 1ms, mix: {get: 1}}', 'run.duration=10d')).toMatchObject([
    { path: ['traffic', 'many', 'users'] },
  ])
  const rate = 'traffic.many.rate=2M/s'
  expect(complaintsOf(rate)).toEqual([])
  expect(complaintsOf(rate, 'run.precision=1%')).toHaveLength(1)
})

test('memory is told at what needs most of it', () => {
  expect(complaintsOf('run.bucket=1ms', 'run.duration=1d')).toMatchObject([{ path: ['run', 'bucket'] }])
  const cache = complaintsOf('keys.products.count=50M', 'caches.near.tiers[0].capacity=100M')
  expect(cache).toMatchObject([{ path: ['caches', 'near', 'tiers', 0, 'capacity'] }])
  expect(cache[0]?.message).toContain('27.9 GB of it for the tier process of near; the limit is 4GB')
})

test('a tier needs no more room than there are keys, or than its bytes hold', () => {
  expect(complaintsOf('caches.near.tiers[0].capacity=100M')).toEqual([])
  expect(complaintsOf('keys.products.count=2G', 'caches.near.tiers[0].capacity=1GB')).toEqual([])
})

test('every node and every instance has a store of its own, however little is in it', () => {
  const tier = (more: string): string => `caches.near={ tiers: [{ name: redis, ${more} }] }`
  const small = 'keys.products.count=60k'
  const nodes = complaintsOf(small, tier('capacity: 5k, nodes: 10k'), 'run.limits.in_flight=15M')
  expect(nodes).toMatchObject([{ code: 'too-large', path: ['caches', 'near', 'tiers', 0, 'capacity'] }])
  expect(nodes[0]?.message).toContain('the tier redis of near, 10000 nodes')
  expect(complaintsOf(small, tier('capacity: 5k, nodes: 5k'))).toEqual([])
  const instances = complaintsOf(small, tier('scope: replica, capacity: 5k'), 'services.shop.replicas=10k')
  expect(instances).toMatchObject([{ code: 'too-large', path: ['caches', 'near', 'tiers', 0, 'capacity'] }])
})

test('only keys that are read through a cache, and accepted by a tier, need room in it', () => {
  const many = ['keys.products.count=100M', 'caches.near.tiers[0].capacity=100M', 'services.shop.replicas=1'] as const
  expect(complaintsOf(...many)).toHaveLength(1)
  const read = '{ steps: [{ read: { cache: near, key: users, miss: { cpu: 1ms } } }] }'
  const others = ['keys={ products: { count: 100M }, users: { count: 10 } }', ...many.slice(1)] as const
  expect(complaintsOf(...others, `services.shop.endpoints.get=${read}`)).toEqual([])
})

test('what a cache knows about every key needs room, too', () => {
  const read = '{ read: { cache: near, key: products, miss: { cpu: 1ms } } }'
  const both = `services.shop.endpoints.get.steps=[${read}, { write: { cache: near, key: products, store: [] } }]`
  const many = 'keys.products.count=1G'
  expect(complaintsOf(many)).toEqual([])
  const [complaint, ...others] = complaintsOf(many, both, 'run.limits.in_flight=5M')
  expect(others).toEqual([])
  expect(complaint).toMatchObject({ code: 'too-large', path: ['caches', 'near'] })
  expect(complaint?.message).toContain('3.73 GB of it for what near knows about every key; the limit is 4GB')
  expect(complaint?.hint).toBe('simulate fewer keys and less traffic in proportion')
})
