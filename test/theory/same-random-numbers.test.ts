// Two designs under one seed meet the same load: the same requests at the same instants for the same keys.
import { describe, expect, it } from 'vitest'
import { type ObservedRun, observe } from '../sim-core/run/observed-run.ts'

interface Design {
  readonly replicas: number
  readonly balancer: string
  readonly cacheEntries: number
}

/** Traffic ends well before the run does, so that every request has come to its shard by then. */
function scenario({ replicas, balancer, cacheEntries }: Design): string {
  return `
version: 1
name: two designs
run: { duration: 60s, bucket: 1s }
keys: { products: { count: 5000, popularity: zipf(0.8) } }
traffic:
  steady: { rate: { steps: [{ for: 30s, rate: 150/s }, { for: 1s, rate: 0/s }] }, mix: { get: 80%, save: 20% } }
  bursts: { rate: { steps: [{ for: 30s, rate: 60/s }, { for: 1s, rate: 0/s }] }, arrivals: { bursty: { factor: 5, share: 20%, mean_burst: 2s } }, mix: { get: 100% } }
services:
  shop:
    replicas: ${replicas}
    workers: 50
    balancer: ${balancer}
    endpoints:
      get: { steps: [{ cpu: exponential(4ms) }, { query: store.by_id }] }
      save: { steps: [{ cpu: exponential(4ms) }, { read: { cache: seen, key: products, miss: { query: store.by_id } } }] }
caches: { seen: { tiers: [{ name: shared, capacity: ${cacheEntries}, eviction: lru, latency: 100us }] } }
databases:
  store:
    shards: { key: products, count: 8 }
    primary: { cores: 2, pool: { max: 20 } }
    classes: { by_id: { kind: read, demand: exponential(2ms) } }
`
}

const BASE: Design = { replicas: 2, balancer: 'round_robin', cacheEntries: 100 }

/** When each request began and what it asked for. */
function arrivals({ requests }: ObservedRun): string[] {
  return requests.map(({ startMs, endpoint }) => `${startMs} ${endpoint}`)
}

/** Visits by shard. */
function visits({ result }: ObservedRun): Record<string, number> {
  const shards = result.stations.filter(({ component, name }) => component === 'store' && !name.includes('pool'))
  return Object.fromEntries(shards.map(({ name, columns }) => [name, columns.visits.reduce((a, b) => a + b, 0)]))
}

describe('designs under one seed', () => {
  const base = observe(scenario(BASE))

  it('have load enough, over all shards', () => {
    expect(base.requests.length).toBeGreaterThan(5_000)
    expect(Object.keys(visits(base)).length).toBeGreaterThanOrEqual(8)
    expect(new Set(Object.values(visits(base))).size).toBeGreaterThan(4)
  })

  it.each([
    ['more replicas', { ...BASE, replicas: 7 }],
    ['another balancer, which draws at random', { ...BASE, balancer: 'random' }],
  ])('meet the same arrivals and the same keys with %s', (_what, design) => {
    const other = observe(scenario(design))
    expect(arrivals(other)).toEqual(arrivals(base))
    expect(visits(other)).toEqual(visits(base))
    expect(other.result.fingerprint).not.toBe(base.result.fingerprint)
  })

  it('meet the same arrivals with a larger cache, which takes load off the shards', () => {
    const other = observe(scenario({ ...BASE, cacheEntries: 5000 }))
    expect(arrivals(other)).toEqual(arrivals(base))
    const load = (run: ObservedRun): number => Object.values(visits(run)).reduce((a, b) => a + b, 0)
    expect(load(other)).toBeLessThan(load(base))
  })

  it('meet another load under another seed', () => {
    expect(arrivals(observe(scenario(BASE), { seed: 2 }))).not.toEqual(arrivals(base))
  })
})
