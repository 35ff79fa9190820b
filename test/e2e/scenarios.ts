// Scenarios of the tests: small enough to be over in a moment, or so large that they are still under way when looked at.

/** One service of two cores at half its load: no cache, no database. */
export const queueText = `version: 1
name: Small queue
question: How long is the wait at two servers?
run: { duration: 1m, warmup: 10s, seed: 7, replications: 3 }
objectives: { p95: 100ms }
traffic:
  customers: { rate: 60/s, mix: { desk.serve: 100% } }
services:
  desk:
    replicas: 2
    cpu: { cores: 1, scheduling: fifo }
    endpoints:
      serve: { steps: [{ cpu: exponential(10ms) }], slo: { p95: 90ms } }
`

/** A service in front of a cache and a database. */
export const shopText = `version: 1
name: Corner shop
question: Does a corner shop hold at lunch time?
run: { duration: 1m, warmup: 10s, seed: 7, replications: 3 }
objectives: { p95: 100ms }
keys:
  products: { count: 1000, popularity: zipf(0.9), size: 2KB }
traffic:
  shoppers: { rate: 60/s, mix: { catalog.get_product: 100% } }
services:
  catalog:
    replicas: 2
    cpu: 2
    endpoints:
      get_product:
        slo: { p95: 50ms }
        steps:
          - cpu: exponential(4ms)
          - read: { cache: product_cache, key: products, miss: { query: catalog_db.product_by_id } }
caches:
  product_cache:
    tiers: [{ name: redis, capacity: 1MB, eviction: lru, ttl: 30s, latency: constant(0.5ms) }]
databases:
  catalog_db:
    primary: { cores: 2, pool: { max: 20 } }
    classes: { product_by_id: { kind: read, demand: exponential(5ms) } }
`

/** Days of simulated time: whoever looks at it finds it running, and has to cancel it. */
export const endlessText = queueText
  .replace('name: Small queue', 'name: Endless queue')
  .replace('duration: 1m', 'duration: 20d')
  .replace('replications: 3', 'replications: 1')
  .replace('replicas: 2', 'replicas: 3')
