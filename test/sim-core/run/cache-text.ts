/** Scenarios of one service that reads through one cache, for tests of tiers. */

/** What a test says of such a scenario; YAML in flow style each. */
export interface CacheText {
  readonly run?: string
  readonly keys?: string
  readonly traffic?: string
  readonly service?: string
  readonly steps?: string
  readonly cache: string
  readonly faults?: string
}

/** Reads 500 keys a second of 1000 that are equally popular, for a minute; a miss takes 1 ms. */
export function cacheText(parts: CacheText): string {
  const read = '{ read: { cache: store, key: products, miss: { delay: 1ms } } }'
  const {
    run = 'duration: 60s, bucket: 1s',
    keys = '{ products: { count: 1000 } }',
    traffic = 'rate: 500/s',
    service = 'replicas: 1',
    steps = read,
    cache,
    faults = '[]',
  } = parts
  return `
version: 1
name: tiers
run: { warmup: 0s, ${run} }
keys: ${keys}
traffic: { clients: { ${traffic}, mix: { shop.get: 100% } } }
services: { shop: { ${service}, endpoints: { get: { steps: [ ${steps} ] } } } }
caches: { store: ${cache} }
faults: ${faults}
`
}
