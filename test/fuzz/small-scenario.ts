/** Generates small scenarios that run within a moment and use every feature of the core, in every mixture. */
import fc from 'fast-check'

/** A document as JSON, which is YAML. */
type Document = Record<string, unknown>
type Arbitrary = fc.Arbitrary<unknown>

const ms = (min: number, max: number): fc.Arbitrary<string> => fc.integer({ min, max }).map((value) => `${value}ms`)

const demand = fc.oneof(
  ms(0, 12),
  ms(1, 8).map((mean) => `exponential(mean ${mean})`),
  ms(1, 5).map((mean) => `lognormal(mean ${mean}, sigma 1)`),
  fc.integer({ min: 1, max: 4_000_000 }).map((value) => `${value}ns`),
)

/** Keys present each with even odds. */
function perhaps(shape: Record<string, Arbitrary>): fc.Arbitrary<Document> {
  return fc.record(shape, { requiredKeys: [] })
}

function merged(...parts: fc.Arbitrary<Document>[]): fc.Arbitrary<Document> {
  return fc.tuple(...parts).map((documents) => Object.assign({}, ...documents) as Document)
}

const waiting = perhaps({
  capacity: fc.integer({ min: 0, max: 20 }),
  patience: fc.oneof(ms(0, 50), fc.constant('exponential(20ms)')),
})

const cpu = fc.oneof(
  merged(
    fc.record({ cores: fc.integer({ min: 1, max: 3 }), scheduling: fc.constant('processor_sharing') }),
    perhaps({ capacity: fc.integer({ min: 0, max: 20 }) }),
  ),
  merged(
    fc.record({
      cores: fc.integer({ min: 1, max: 3 }),
      scheduling: fc.constantFrom('fifo', 'lifo', 'priority', 'priority_preemptive'),
    }),
    waiting,
  ),
)

const workers = fc.oneof(
  fc.constant('unlimited'),
  fc.integer({ min: 1, max: 8 }),
  fc.record({
    count: fc.integer({ min: 1, max: 8 }),
    queue: merged(fc.record({ discipline: fc.constantFrom('fifo', 'lifo', 'priority') }), waiting),
  }),
)

const balancer = fc.oneof(
  fc.constantFrom('round_robin', 'least_connections', 'power_of_two', 'random', 'weighted_round_robin'),
  fc.record({
    algorithm: fc.constantFrom('round_robin', 'least_connections'),
    health: fc.record({
      interval: ms(50, 400),
      timeout: ms(10, 500),
      healthy: fc.integer({ min: 1, max: 3 }),
      unhealthy: fc.integer({ min: 1, max: 3 }),
    }),
  }),
)

const autoscaler = fc.oneof(
  fc.record({
    kind: fc.constant('hpa'),
    min: fc.integer({ min: 1, max: 2 }),
    max: fc.integer({ min: 2, max: 5 }),
    cpu: fc.constantFrom('30%', '70%'),
    sync_period: ms(50, 300),
    start: fc.oneof(ms(0, 300), fc.constant('exponential(200ms)')),
    downscale_stabilization: ms(0, 300),
    behavior: fc.record({
      scale_down: fc.record({ stabilization_window: ms(0, 300) }),
    }),
  }),
  fc.record({
    kind: fc.constant('threshold'),
    min: fc.integer({ min: 1, max: 2 }),
    max: fc.integer({ min: 2, max: 5 }),
    response_time: ms(5, 30),
    up_count: fc.constant(1),
    down_count: fc.constant(1),
    up_cooldown: ms(0, 200),
    down_cooldown: ms(0, 200),
    sync_period: ms(50, 300),
    start: ms(0, 300),
  }),
)

const policy = perhaps({
  timeout: ms(1, 60),
  cancel: fc.boolean(),
  retry: fc.record({
    attempts: fc.integer({ min: 1, max: 4 }),
    backoff: fc.constantFrom(
      'none',
      { kind: 'fixed', initial: '5ms' },
      { kind: 'full_jitter', initial: '4ms' },
      { kind: 'exponential', initial: '0ms' },
    ),
  }),
  breaker: fc.record({
    failures: fc.integer({ min: 1, max: 5 }),
    open: ms(1, 200),
    successes: fc.integer({ min: 1, max: 3 }),
    trials: fc.integer({ min: 1, max: 3 }),
  }),
})

/** Steps of a service that may call the one behind it. */
function steps(called: string | undefined, depth: number): fc.Arbitrary<unknown[]> {
  const simple: Arbitrary[] = [
    demand.map((value) => ({ cpu: value })),
    demand.map((value) => ({ delay: value })),
    fc.constantFrom('5%', '30%').map((share) => ({ fail: { share, cause: 'sold_out' } })),
    fc.constantFrom('db.find', 'db.list', 'db.put').map((name) => ({ query: name })),
    fc
      .constantFrom('local', 'layered', 'remote')
      .map((cache) => ({ read: { cache, key: 'things', miss: { query: 'db.find' } } })),
    fc
      .constantFrom('layered', 'layered', 'local', 'remote')
      .map((cache) => ({ write: { cache, key: 'things', store: { query: 'db.put' } } })),
    fc.constant({ fetch: { cdn: 'edge', key: 'things', origin: { query: 'db.find' } } }),
    fc.constant({ purge: { cdn: 'edge', key: 'things' } }),
  ]
  if (called !== undefined) {
    const call = fc
      .record({ endpoint: fc.constant(called), policy: fc.constantFrom('first', 'second') })
      .map((spec) => ({ call: spec }))
    simple.push(call, call, fc.constant({ call: called }))
  }
  const nested: Arbitrary[] =
    depth === 0
      ? []
      : [
          fc
            .array(steps(called, depth - 1), { minLength: 1, maxLength: 3 })
            .map((branches) => ({ parallel: branches })),
          steps(called, depth - 1).map((some) => ({
            branch: [{ share: '40%', steps: some }, { steps: [{ cpu: '1ms' }] }],
          })),
          steps(called, 0).map((some) => ({ repeat: { times: 2, steps: some } })),
          steps(called, depth - 1).map((some) => ({ read: { cache: 'outer', key: 'things', miss: some } })),
          steps(undefined, 0).map((some) => ({ fetch: { cdn: 'far', key: 'things', origin: some } })),
        ]
  return fc.array(fc.oneof(...simple, ...nested), { minLength: 1, maxLength: 3 })
}

function service(called: string | undefined): fc.Arbitrary<Document> {
  return merged(
    fc.record({
      endpoints: fc.record({
        go: merged(fc.record({ steps: steps(called, 2) }), perhaps({ priority: fc.integer({ min: 0, max: 3 }) })),
      }),
    }),
    perhaps({
      replicas: fc.integer({ min: 1, max: 4 }),
      workers,
      cpu,
      network: fc.oneof(ms(0, 4), fc.record({ request: demand, response: demand })),
      balancer,
      autoscaler,
    }),
  )
}

/** A network of two locations, of which one may be out of room. */
const cdn: fc.Arbitrary<Document> = merged(
  fc.record({
    locations: fc.constant({ north: { at: [60, 10] }, south: { at: [-30, 20], capacity: 3 } }),
    default: fc.constant('south'),
    clients: fc.constant({
      near: { at: [50, 10], share: '60%' },
      far: { at: [-33, 151], share: '20%' },
      lost: { share: '20%' },
    }),
    origin: fc.constant({ at: [40, -74] }),
    capacity: fc.integer({ min: 1, max: 60 }),
    ttl: ms(5, 2000),
    network: fc.record({ round_trip_per_1000km: ms(0, 5), last_mile: demand }),
  }),
  perhaps({
    shield: fc.constant({ at: [40, -70], capacity: 20 }),
    collapse: fc.boolean(),
    propagation: fc.record({ delay: demand, failure: fc.constantFrom('0%', '20%') }),
    push: fc.constant({ things: '50%' }),
  }),
)

const tiers = { local: 'replica', remote: 'shared' } as const

function cacheOf(scopes: readonly ('replica' | 'shared')[], way = strategy()): fc.Arbitrary<Document> {
  const tier = (scope: 'replica' | 'shared', index: number): fc.Arbitrary<Document> =>
    merged(
      fc.record({
        name: fc.constant(`tier${index}`),
        scope: fc.constant(scope),
        capacity: fc.integer({ min: 1, max: 40 }),
      }),
      perhaps({ ttl: ms(5, 300), latency: demand }),
      fc.constantFrom<Document>({}, { servers: 1, demand: '100us' }),
      fc.constantFrom<Document>({}, {}, { accepts: { hottest: 20 } }, { accepts: { size: '1200B', hottest: '50%' } }),
      fc.constantFrom<Document>({}, {}, { ttl: '80ms', expiry: 'active' }, { ttl: '150ms', expiry: 'lazy' }),
      scope === 'shared'
        ? perhaps({
            nodes: fc.integer({ min: 1, max: 3 }),
            timeout: ms(1, 30),
            on_failure: fc.constantFrom('skip', 'fail'),
          })
        : fc.constant({}),
    )
  return merged(
    fc.record({ tiers: fc.tuple(...scopes.map(tier)) }),
    way,
    perhaps({
      invalidation: scopes.includes('replica') ? fc.oneof(invalidation, lateInvalidation) : invalidation,
      warm: fc.constantFrom('50%', 3),
      negative: fc.constantFrom('20ms', '1s'),
    }),
  ).map(withLives)
}

/** Locks, which a request that misses within its own miss waits for in vain, but not for ever. */
const locks = perhaps({
  // The default wait of 3s would outlast the run where a request waits again and again for a lock of its own.
  stampede: fc.record({ lock: fc.record({ wait: ms(1, 60), on_timeout: fc.constantFrom('recompute', 'fail') }) }),
})

/** Strategies and protections that go together. */
function strategy(): fc.Arbitrary<Document> {
  const writing = fc.record({
    strategy: fc.oneof(
      fc.constantFrom('cache_aside', 'write_through'),
      fc.record({ write_behind: fc.record({ batch: fc.integer({ min: 1, max: 5 }), flush: ms(1, 80) }) }),
    ),
    stampede: fc.constantFrom('none', 'single_flight'),
  })
  const ahead = fc.record({
    strategy: fc.record({ refresh_ahead: fc.record({ at: fc.constantFrom('0%', '50%', '90%') }) }),
  })
  const renewing = fc.record({
    stampede: fc.oneof(
      fc.record({ early_refresh: fc.record({ beta: fc.constantFrom(0.5, 1, 10) }) }),
      fc.record({ stale_while_revalidate: fc.record({ for: ms(1, 100) }) }),
    ),
  })
  return fc.oneof(locks, writing, fc.constant<Document>({ strategy: 'read_through' }), ahead, renewing)
}

const invalidation: Arbitrary = fc.constantFrom<unknown>(
  'event',
  'none',
  { event: { cost: 'exponential(2ms)' } },
  { pattern: { prefix_keys: 5 } },
  { tag: { tags: 3, cost: '1ms' } },
  { version: { groups: 3 } },
)
const lateInvalidation: Arbitrary = fc.constantFrom<unknown>(
  { event: { delay: 'exponential(10ms)' } },
  { tag: { tags: 3, delay: '5ms' } },
  { version: { groups: 2, delay: '20ms', cost: '1ms' } },
)

/** What renews entries needs some that expire. */
function withLives(cache: Document): Document {
  const text = JSON.stringify(cache)
  if (!['refresh_ahead', 'early_refresh', 'stale_while_revalidate'].some((way) => text.includes(way))) return cache
  return { ...cache, tiers: (cache['tiers'] as Document[]).map((tier) => ({ ttl: '50ms', ...tier })) }
}

const pool = merged(
  fc.record({ max: fc.integer({ min: 1, max: 4 }) }),
  perhaps({ acquire_timeout: ms(0, 50), capacity: fc.integer({ min: 0, max: 20 }) }),
)

const database = merged(
  fc.record({
    primary: merged(cpu, perhaps({ pool })),
    classes: fc.record({
      find: fc.record({ kind: fc.constant('read'), demand }),
      list: fc.record({ kind: fc.constant('read'), demand, scatter: fc.constant(true) }),
      put: fc.record({ kind: fc.constant('write'), demand }),
    }),
  }),
  perhaps({
    replicas: merged(
      fc.record({ count: fc.integer({ min: 1, max: 3 }), read_share: fc.constantFrom('50%', '100%') }),
      cpu,
      perhaps({ pool }),
    ),
    shards: fc.record({ key: fc.constant('things'), count: fc.integer({ min: 1, max: 3 }) }),
    network: ms(0, 3),
  }),
)

const at = ms(0, 1_500)
const lasting = ms(1, 600)
const target = fc.constantFrom(
  'front',
  'middle',
  'back',
  'front.instance[0]',
  'middle.instance[0]',
  'db',
  'db.shard[0]',
)

/** Nodes of the tiers that are shared. */
const node = fc.constantFrom('remote.tier0', 'remote.tier0[0]', 'layered.tier1', 'layered.tier1[0]')

const fault = fc.oneof(
  merged(
    fc.record({ at, kill: fc.constantFrom('front', 'middle', 'back') }),
    perhaps({ replicas: fc.integer({ min: 1, max: 2 }) }),
  ),
  fc.record({ at, restore: fc.constantFrom('front', 'middle', 'back') }),
  fc.record({ at, kill: node }),
  fc.record({ at, restore: node }),
  fc.record({ at, for: lasting, slow: target, by: fc.constantFrom('1.7x', '3x', '10x') }),
  fc.record({ at, for: lasting, freeze: target }),
)

/** Everything broken is whole again by then, all traffic over. */
const QUIET_FROM = 2_000

const profile = (unit: '' | '/s', name: string) => (level: number) => ({
  steps: [
    { for: '1s', [name]: `${level}${unit}` },
    { for: '1s', [name]: `${Math.ceil(level / 3)}${unit}` },
    { for: '1h', [name]: `0${unit}` },
  ],
})

const mix = fc.constantFrom<Document>({ mix: { 'front.go': '100%' } }, { mix: { 'front.go': 3, 'back.go': 1 } })
const journey = fc.constantFrom<Document>(
  { journey: ['front.go', 'back.go'] },
  {
    journey: {
      start: 'front.go',
      next: { 'front.go': { 'back.go': '50%', 'front.go': '20%' }, 'back.go': { end: '100%' } },
    },
  },
)
const clientSide = perhaps({
  policy: fc.constantFrom('first', 'second'),
  network: ms(0, 3),
  priority: fc.integer({ min: 0, max: 3 }),
  think: fc.oneof(ms(0, 30), fc.constant('exponential(10ms)')),
})

const source = fc.oneof(
  merged(
    fc.record({ rate: fc.integer({ min: 1, max: 250 }).map(profile('/s', 'rate')) }),
    mix,
    perhaps({ batch: fc.constantFrom('3', 'uniform(1, 5)'), arrivals: fc.constantFrom('deterministic', 'poisson') }),
    fc.oneof(fc.constant({}), clientSide),
  ),
  merged(fc.record({ rate: fc.integer({ min: 1, max: 100 }).map(profile('/s', 'rate')) }), journey, clientSide),
  merged(
    fc.record({ users: fc.integer({ min: 1, max: 12 }).map(profile('', 'users')) }),
    fc.oneof(mix, journey),
    clientSide,
  ),
)

/** A scenario whose traffic ends after two seconds and whose faults are all over by then; the rest of the run is silence. */
export const smallScenario: fc.Arbitrary<Document> = fc
  .record({
    sources: fc.array(source, { minLength: 1, maxLength: 2 }),
    front: service('middle.go'),
    middle: service('back.go'),
    back: service(undefined),
    local: cacheOf([tiers.local]),
    remote: cacheOf([tiers.remote]),
    layered: cacheOf([tiers.local, tiers.remote]),
    outer: cacheOf([tiers.local, tiers.remote], locks),
    edge: cdn,
    far: cdn,
    database,
    first: policy,
    second: policy,
    faults: fc.array(fault, { maxLength: 4 }),
    inFlight: fc.constantFrom(100_000, 100_000, 60, 8),
  })
  .map((parts) => ({
    version: 1,
    name: 'fuzz',
    run: { duration: '120s', bucket: '500ms', warmup: '0s', limits: { in_flight: parts.inFlight, events: 1_500_000 } },
    keys: { things: { count: 60, popularity: 'zipf(0.8)', size: 'uniform(1000B, 1400B)', missing: '10%' } },
    traffic: Object.fromEntries(parts.sources.map((value, index) => [`source${index}`, value])),
    services: { front: parts.front, middle: parts.middle, back: parts.back },
    caches: { local: parts.local, remote: parts.remote, layered: parts.layered, outer: parts.outer },
    cdns: { edge: parts.edge, far: parts.far },
    databases: { db: parts.database },
    policies: { first: parts.first, second: parts.second },
    faults: [...parts.faults, ...['front', 'middle', 'back'].map((restore) => ({ at: `${QUIET_FROM}ms`, restore }))],
  }))
