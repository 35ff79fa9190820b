/** Generates small caches, with every strategy. */
import fc from 'fast-check'
import { demand, merged, ms, perhaps } from './small-values.ts'
import type { Arbitrary, Document } from './small-values.ts'

/** A cache with a tier of each of these scopes. */
export function cacheOf(scopes: readonly ('replica' | 'shared')[], way = strategy()): fc.Arbitrary<Document> {
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
      negative: fc.constantFrom('20ms', '1s'),
    }),
    fc.constantFrom<Document>({}, { warm: '50%' }, { warm: 3 }, { warm: '50%', warm_load: 2 }),
  ).map(withLives)
}

/** Locks, which a request that misses within its own miss waits for in vain, but not for ever. */
export const locks = perhaps({
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
