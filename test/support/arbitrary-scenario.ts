/** Generates documents of valid scenarios, for properties that hold for all of them. */
import fc from 'fast-check'
import type { JsonValue } from '../../sim-core/language/field.ts'

type Arbitrary<T extends JsonValue = JsonValue> = fc.Arbitrary<T>

const id = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/u)

const positive = fc.integer({ min: 1, max: 5_000 })

const duration = fc.oneof(
  fc.tuple(positive, fc.constantFrom('ns', 'us', 'ms', 's', 'm')).map(([amount, unit]) => `${amount}${unit}`),
  positive.map((amount) => `${amount}m30s`),
)

const share = fc.integer({ min: 1, max: 1_000 }).map((thousandths) => `${thousandths / 10}%`)

const rate = fc.tuple(positive, fc.constantFrom('/s', '/min', 'k/h')).map(([amount, unit]) => `${amount}${unit}`)

const size = fc.tuple(positive, fc.constantFrom('B', 'KB', 'MiB')).map(([amount, unit]) => `${amount}${unit}`)

/** Texts that YAML would read as something else unless they are quoted. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 20 }),
  fc.constantFrom(
    'yes',
    'null',
    '1.0',
    '~',
    '- a',
    'a: b',
    '# no',
    'uniform(1s, 4s)',
    'x[3]',
    '"',
    "it's",
    ' padded ',
    '1_000',
    '0x1f',
    'a\nb\n',
  ),
)

const distribution: Arbitrary = fc.oneof(
  duration,
  duration.map((mean) => `exponential(mean ${mean})`),
  fc.tuple(positive, positive).map(([low, more]) => `uniform(${low}us, ${low + more}us)`),
  fc
    .tuple(positive, fc.integer({ min: 2, max: 9 }))
    .map(([mean, times]) => `lognormal(mean ${mean}us, p99 ${mean * times}us)`),
  fc
    .array(fc.record({ weight: fc.oneof(share, positive), of: duration }), { minLength: 1, maxLength: 3 })
    .map((mixture) => ({ mixture })),
)

const optionally = <T extends JsonValue>(
  shape: { readonly [K in keyof T]: fc.Arbitrary<T[K]> },
  required: readonly (keyof T & string)[] = [],
): Arbitrary => fc.record(shape, { requiredKeys: required as (keyof T & string)[] }) as unknown as Arbitrary

const profile = fc.oneof(
  rate,
  fc.record({
    from: rate,
    stages: fc.array(
      fc.oneof(fc.record({ over: duration, to: rate }), fc.record({ hold: duration }), fc.record({ jump: rate })),
      { minLength: 1, maxLength: 4 },
    ),
  }),
  fc.record({ steps: fc.array(fc.record({ for: duration, rate }), { minLength: 1, maxLength: 3 }) }),
)

/** Steps that refer to nothing, nested at most `depth` deep. */
function steps(depth: number): Arbitrary {
  const simple: Arbitrary[] = [
    fc.record({ cpu: distribution }),
    fc.record({ delay: distribution }),
    fc.record({ fail: fc.oneof(share, fc.record({ share, cause: text })) }),
    fc.record({
      read: fc.record({
        cache: fc.constant('store'),
        key: fc.constant('things'),
        miss: fc.record({ query: fc.constant('db.find') }),
      }),
    }),
    fc.record({
      fetch: fc.record({
        cdn: fc.constant('edge'),
        key: fc.constant('things'),
        origin: fc.record({ delay: distribution }),
      }),
    }),
  ]
  const nested: Arbitrary[] =
    depth === 0
      ? []
      : [
          fc.record({ parallel: fc.array(steps(depth - 1), { minLength: 1, maxLength: 3 }) }),
          fc.record({ repeat: fc.record({ times: fc.integer({ min: 1, max: 20 }), steps: steps(depth - 1) }) }),
          fc.record({
            branch: fc.tuple(fc.record({ share, steps: steps(depth - 1) }), fc.record({ steps: steps(depth - 1) })),
          }),
        ]
  const step = fc.oneof(...simple, ...nested)
  return fc.oneof(step, fc.array(step, { maxLength: 3 }) as unknown as Arbitrary)
}

const service = optionally(
  {
    replicas: positive,
    workers: fc.oneof(
      positive,
      fc.constant('unlimited'),
      fc.record({
        count: positive,
        queue: fc.record({ discipline: fc.constantFrom('fifo', 'lifo'), capacity: positive }),
      }),
    ),
    cpu: fc.oneof(positive, fc.record({ cores: positive, scheduling: fc.constantFrom('fifo', 'priority') })),
    memory: size,
    network: fc.oneof(distribution, fc.record({ request: distribution, response: distribution })),
    balancer: fc.constantFrom('round_robin', 'least_connections'),
    autoscaler: fc.record({ kind: fc.constant('hpa'), max: positive, cpu: share, start: distribution }),
    endpoints: fc.dictionary(id, fc.record({ steps: steps(2) }), { minKeys: 1, maxKeys: 3 }),
  },
  ['endpoints'],
)

/** A document of a valid scenario: one source that calls one endpoint, a few services, a cache and a database. */
export const arbitraryScenario: Arbitrary<Record<string, JsonValue>> = fc
  .record({
    name: text,
    question: text,
    tags: fc.array(text, { maxLength: 3 }),
    profile,
    services: fc.dictionary(id, service, { minKeys: 1, maxKeys: 3 }),
    size,
    ttl: duration,
    p95: duration,
    seed: positive,
  })
  .map(({ name, question, tags, profile: trafficRate, services, size: valueSize, ttl, p95, seed }) => ({
    version: 1,
    name,
    question,
    tags,
    run: { seed },
    keys: { things: { count: '1M', popularity: 'zipf(0.9)', size: valueSize } },
    traffic: { clients: { rate: trafficRate, mix: { 'entry.start': '100%' } } },
    services: { ...services, entry: { endpoints: { start: { steps: [{ cpu: '1ms' }] } } } },
    caches: { store: { tiers: [{ name: 'memory', capacity: valueSize, ttl }] } },
    cdns: {
      edge: {
        locations: { here: { at: [24.7136, 46.6753] } },
        clients: { all: { at: [21.4858, 39.1925], share: '100%' } },
        origin: { at: [50.1109, 8.6821] },
        capacity: valueSize,
        ttl,
      },
    },
    databases: { db: { classes: { find: { kind: 'read', demand: '1ms' } } } },
    objectives: { p95 },
  }))
