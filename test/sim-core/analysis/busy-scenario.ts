// One scenario in which a request can lose time in every way there is.

/** Branches, calls that are tried again, timeouts, locks, pools, processor sharing, priorities, networks, a kill. */
export const BUSY_SCENARIO = `version: 1
name: Everything at once
run: { duration: 40s, warmup: 5s, bucket: 1s, seed: 3 }
keys: { items: { count: 2000, popularity: zipf(1.1) } }
traffic:
  clients:
    rate: 300/s
    mix: { buy: 50%, browse: 50% }
    network: constant(1ms)
  staff: { users: 20, think: exponential(100ms), journey: [browse, buy] }
services:
  shop:
    replicas: 3
    workers: { count: 16, queue: { capacity: 40 } }
    cpu: 2
    network: exponential(0.3ms)
    endpoints:
      buy:
        slo: { p95: 80ms, availability: 99% }
        steps:
          - cpu: exponential(2ms)
          - parallel:
              - [{ call: { endpoint: stock.reserve, policy: patient } }]
              - [{ query: store.write }, { delay: exponential(2ms) }]
              - [{ cpu: 1ms }]
          - branch: [{ share: 20%, steps: [{ delay: 3ms }] }, { steps: [{ fail: 1% }] }]
      browse:
        priority: 1
        steps:
          - cpu: { mixture: [{ weight: 80%, of: 0.5ms }, { weight: 20%, of: exponential(4ms) }] }
          - read: { cache: memory, key: items, miss: [{ query: store.read }, { query: store.scan }] }
  stock:
    replicas: 2
    cpu: { cores: 1, scheduling: fifo, patience: 200ms }
    endpoints:
      reserve: { steps: [{ cpu: exponential(5ms) }, { fail: 3% }] }
caches:
  memory:
    stampede: lock
    tiers: [{ name: shared, capacity: 500, eviction: lru, ttl: 2s, latency: exponential(0.4ms), servers: 1, demand: 0.1ms }]
databases:
  store:
    shards: { key: items, count: 2 }
    primary: { cores: 2, pool: { max: 6, acquire_timeout: 1s } }
    network: constant(0.2ms)
    classes:
      read: { kind: read, demand: exponential(3ms) }
      scan: { kind: read, demand: exponential(2ms), scatter: true }
      write: { kind: write, demand: exponential(4ms) }
policies:
  patient: { timeout: 40ms, retry: { attempts: 3, backoff: { kind: full_jitter, initial: 5ms }, on: [timeout, failed] } }
faults:
  - { at: 20s, kill: shop, replicas: 1 }
  - { at: 25s, restore: shop }
  - { at: 30s, for: 3s, slow: store, by: 4x }
objectives: { p95: 60ms, errors: 5% }
`
