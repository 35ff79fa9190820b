// Small systems that between them use every kind of waiting, failing and giving up, for laws that hold for any system.

/** A queue with several servers, losses, impatience and retries of the client. */
const impatientClients = `
version: 1
name: impatient clients
run: { duration: 60s, bucket: 7s }
traffic: { clients: { rate: 420/s, network: 1ms, policy: impatient, mix: { serve: 100% } } }
policies: { impatient: { timeout: 60ms, cancel: true, retry: { attempts: 3, backoff: full_jitter } } }
services:
  station:
    cpu: { cores: 4, scheduling: fifo, capacity: 20, patience: exponential(200ms) }
    endpoints: { serve: { steps: [{ cpu: exponential(10ms) }] } }
`

/** Calls between services under a policy whose abandoned work goes on, in parallel and by priority, with failures. */
const callsBetweenServices = `
version: 1
name: calls between services
run: { duration: 60s, bucket: 5s }
traffic:
  urgent: { rate: 60/s, priority: 0, batch: uniform(1, 4), mix: { front.show: 100% } }
  patient: { arrivals: { mmpp: [{ rate: 200/s, mean: 3s }, { rate: 20/s, mean: 5s }] }, priority: 3, mix: { front.show: 70%, back.find: 30% } }
policies: { careful: { timeout: 40ms, retry: { attempts: 2, backoff: memoryless }, breaker: { failures: 20, open: 2s } } }
services:
  front:
    replicas: 2
    workers: { count: 16, queue: { discipline: lifo, capacity: 50 } }
    cpu: { cores: 2, scheduling: priority_preemptive }
    balancer: least_connections
    endpoints:
      show:
        steps:
          - cpu: lognormal(mean 4ms, p99 20ms)
          - parallel:
              - [{ call: { endpoint: back.find, policy: careful } }]
              - [{ delay: exponential(5ms) }]
          - fail: 1%
  back:
    replicas: 3
    cpu: 1
    balancer: power_of_two
    endpoints: { find: { steps: [{ cpu: exponential(6ms) }] } }
faults:
  - { at: 20s, for: 5s, slow: back, by: 3x }
  - { at: 35s, kill: front, replicas: 1 }
  - { at: 40s, restore: front }
`

/** Closed users over a cache in two tiers and a database in shards with pools. */
const usersOfACache = `
version: 1
name: users of a cache
run: { duration: 60s, bucket: 9s }
keys: { products: { count: 20k, popularity: zipf(0.9) } }
traffic: { users: { users: 300, think: exponential(500ms), journey: { start: get, next: { get: { get: 50%, set: 20% } } } } }
services:
  catalog:
    replicas: 2
    workers: 40
    endpoints:
      get: { steps: [{ cpu: exponential(1ms) }, { read: { cache: products_cache, key: products, miss: { query: store.by_id } } }] }
      set: { steps: [{ write: { cache: products_cache, key: products, store: { query: store.save } } }] }
caches:
  products_cache:
    stampede: lock
    tiers:
      - { name: process, scope: replica, capacity: 500, eviction: lru, ttl: 5s, latency: 10us }
      - { name: shared, capacity: 5000, eviction: redis_allkeys_lru, ttl: 20s, ttl_jitter: 10%, latency: exponential(500us) }
databases:
  store:
    shards: { key: products, count: 4 }
    primary: { cores: 1, pool: { max: 5, acquire_timeout: 50ms } }
    classes: { by_id: { kind: read, demand: exponential(8ms) }, save: { kind: write, demand: exponential(12ms) } }
`

/** Every system, by name, with the text of its scenario. */
export const systems: readonly (readonly [name: string, text: string])[] = [
  ['impatient clients', impatientClients],
  ['calls between services', callsBetweenServices],
  ['users of a cache', usersOfACache],
]
