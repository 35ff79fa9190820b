// The scenarios of the benchmarks, as a user would write them.

/** M/M/c at rho 0.9 with a mean service time of 1 ms, for about so many customers. */
export function queueScenario(servers: number, customers: number): string {
  const perSecond = 900 * servers
  return `version: 1
name: M/M/${servers}
run: { duration: ${Math.round((customers / perSecond) * 1000)}ms, warmup: 0s, seed: 7, replications: 1 }
traffic: { customers: { rate: ${perSecond}/s, mix: { server.serve: 100% } } }
services:
  server:
    cpu: { cores: ${servers}, scheduling: fifo }
    endpoints: { serve: { steps: [ cpu: exponential(mean 1ms) ] } }
`
}

/**
 * Three tiers: a balancer over instances of four cores, a warm cache, shards of two cores behind it. With hops, a request
 * takes three ways through the network, and two more on a miss.
 * @param size how many times 2,000 requests a second, 20 instances and 8 shards
 */
export function tiersScenario(hops: boolean, size: number, requests: number): string {
  const both = hops ? 'network: { request: exponential(0.5ms), response: exponential(0.5ms) }' : ''
  const there = hops ? 'network: { request: exponential(0.5ms) }' : ''
  return `version: 1
name: Three tiers
run: { duration: ${requests / (2 * size)}ms, warmup: 0s, seed: 7, replications: 1 }
keys: { items: { count: 1M, popularity: zipf(1.0) } }
traffic:
  clients:
    rate: ${2000 * size}/s
    mix: { app.get: 100% }
    ${both}
services:
  app:
    replicas: ${20 * size}
    cpu: { cores: 4, scheduling: fifo }
    balancer: least_connections
    ${there}
    endpoints:
      get:
        steps:
          - cpu: lognormal(mean 32ms, sigma 0.5)
          - read: { cache: store, key: items, miss: { query: { database: rows, class: by_id, key: items } } }
caches:
  store:
    tiers: [ { name: shared, capacity: 100000, eviction: lru } ]
    warm: { items: 100000 }
databases:
  rows:
    shards: { key: items, count: ${8 * size} }
    primary: { cores: 2, scheduling: fifo }
    ${both}
    classes: { by_id: { kind: read, demand: exponential(20ms) } }
`
}

/** Every request only waits a second: as many are in flight as arrive in a second. */
export function inFlightScenario(inFlight: number): string {
  return `version: 1
name: In flight
run: { duration: 2s, warmup: 0s, seed: 7, replications: 1 }
traffic: { customers: { rate: ${inFlight}/s, mix: { server.serve: 100% } } }
services:
  server:
    endpoints: { serve: { steps: [ delay: 1s ] } }
`
}

/** Every request stands in one line: what arrives in two seconds is in flight at their end. */
export function inLineScenario(inFlight: number): string {
  return `version: 1
name: In line
run: { duration: 2s, warmup: 0s, seed: 7, replications: 1 }
traffic: { customers: { rate: ${inFlight / 2}/s, mix: { server.serve: 100% } } }
services:
  server:
    cpu: { cores: 1, scheduling: fifo }
    endpoints: { serve: { steps: [ cpu: 10s ] } }
`
}
