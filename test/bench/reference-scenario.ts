// A reference model of twenty services: a gateway, services that call others, caches and databases behind them.

const LEAVES = ['prices', 'stock', 'reviews', 'media', 'tax', 'shipping', 'fraud', 'mail'] as const
const MIDDLES = ['catalog', 'cart', 'account', 'search', 'offers', 'checkout', 'orders', 'wishlist'] as const
const FRONTS = ['browse', 'buy', 'profile'] as const

/** Twenty services in four layers, for about so many requests of clients. */
export function referenceScenario(requests: number): string {
  return `version: 1
name: Twenty services
run: { duration: ${requests}ms, warmup: 0s, seed: 7, replications: 1 }
keys:
  products: { count: 500k, popularity: zipf(0.95), size: lognormal(mean 2KB, p99 12KB) }
  users: { count: 1M, popularity: zipf(0.6) }
traffic:
  clients:
    rate: 1000/s
    mix: { gateway.browse: 70%, gateway.buy: 10%, gateway.profile: 20% }
services:
  gateway:
    replicas: 4
    workers: 512
    cpu: 4
    balancer: least_connections
    endpoints:
${FRONTS.map((front) => `      ${front}: { steps: [ cpu: exponential(0.3ms), call: ${front}.handle ] }`).join('\n')}
${FRONTS.map(frontService).join('\n')}
${MIDDLES.map(middleService).join('\n')}
${LEAVES.map(leafService).join('\n')}
caches:
  hot:
    tiers:
      - { name: near, scope: replica, capacity: 5000, eviction: lru, ttl: 1m, latency: 20us }
      - { name: far, capacity: 100000, eviction: lru, latency: exponential(0.6ms) }
    stampede: lock
databases:
  products_db:
    primary: { cores: 8, pool: { max: 100, acquire_timeout: 3s } }
    replicas: { count: 2, cores: 8, pool: { max: 100, acquire_timeout: 3s } }
    classes: { by_id: { kind: read, demand: exponential(2ms) } }
  users_db:
    shards: { key: users, count: 4 }
    primary: { cores: 8 }
    classes: { by_id: { kind: read, demand: exponential(2ms) }, save: { kind: write, demand: exponential(3ms) } }
policies:
  patient: { timeout: 2s, retry: { attempts: 2, backoff: exponential } }
`
}

function frontService(name: string, index: number): string {
  const called = MIDDLES.filter((_, place) => place % FRONTS.length === index).map(
    (middle) => `[ call: ${middle}.serve ]`,
  )
  return service(name, 'handle', 4, [`cpu: lognormal(mean 1ms, p99 5ms)`, `parallel: [ ${called.join(', ')} ]`])
}

function middleService(name: string, index: number): string {
  const leaf = LEAVES[index]!
  const call = `call: { endpoint: ${leaf}.serve, policy: patient }`
  return service(name, 'serve', 3, [`cpu: lognormal(mean 1ms, p99 5ms)`, call])
}

function leafService(name: string, index: number): string {
  const store =
    index % 2 === 0
      ? 'read: { cache: hot, key: products, miss: { query: products_db.by_id } }'
      : `query: users_db.${index === 1 ? 'save' : 'by_id'}`
  return service(name, 'serve', 3, [`cpu: exponential(0.5ms)`, store])
}

function service(name: string, endpoint: string, replicas: number, steps: readonly string[]): string {
  return `  ${name}:
    replicas: ${replicas}
    workers: 128
    cpu: 4
    endpoints:
      ${endpoint}:
        steps:
${steps.map((step) => `          - ${step}`).join('\n')}`
}
