/** Generates small scenarios that run within a moment and use every feature of the core, in every mixture. */
import fc from 'fast-check'

import { cacheOf, locks } from './small-caches.ts'
import { cdn } from './small-cdn.ts'
import { demand, merged, ms, perhaps } from './small-values.ts'
import type { Arbitrary, Document } from './small-values.ts'

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
    fc.constant({ fetch: { cdn: 'edge', key: 'pictures', origin: { query: 'db.find' } } }),
    fc.constant({ purge: { cdn: 'edge', key: 'pictures' } }),
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
          steps(undefined, 0).map((some) => ({ fetch: { cdn: 'far', key: 'pictures', origin: some } })),
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

const tiers = { local: 'replica', remote: 'shared' } as const

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
  fc.record({ at, kill: fc.constantFrom('edge.north', 'far.south', 'far') }),
  fc.record({ at, restore: fc.constantFrom('edge', 'far') }),
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
    keys: {
      things: { count: 60, popularity: 'zipf(0.8)', size: 'uniform(1000B, 1400B)', missing: '10%' },
      // What networks are asked for exists.
      pictures: { count: 60, popularity: 'zipf(0.8)', size: 'uniform(1000B, 1400B)' },
    },
    traffic: Object.fromEntries(parts.sources.map((value, index) => [`source${index}`, value])),
    services: { front: parts.front, middle: parts.middle, back: parts.back },
    caches: { local: parts.local, remote: parts.remote, layered: parts.layered, outer: parts.outer },
    cdns: { edge: parts.edge, far: parts.far },
    databases: { db: parts.database },
    policies: { first: parts.first, second: parts.second },
    faults: [...parts.faults, ...['front', 'middle', 'back'].map((restore) => ({ at: `${QUIET_FROM}ms`, restore }))],
  }))
