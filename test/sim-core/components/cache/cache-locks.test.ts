// Per-key locks of a cache: who computes, who waits, who gives up, and that no lock is ever left behind.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cacheComponent } from '../../../../sim-core/components/cache/cache.component.ts'
import type { CacheSpec } from '../../../../sim-core/components/cache/cache.schema.ts'
import type { CacheTierSpec } from '../../../../sim-core/components/cache/tier.schema.ts'
import { CAUSE_FAILED, CAUSE_INSTANCE_KILLED } from '../../../../sim-core/kernel/outcome.ts'
import type { ParsedStep } from '../../../../sim-core/language/schema-context.ts'
import type { Outcome } from '../../../support/component-harness.ts'
import { ComponentHarness } from '../../../support/component-harness.ts'

const MS = 1_000_000
/** Time that the steps of a miss take. */
const MISS = 10 * MS

const shared: CacheTierSpec = { name: 'redis', scope: 'shared', capacity: { entries: 100 }, eviction: 'lru', nodes: 1 }
const local: CacheTierSpec = { ...shared, name: 'process', scope: 'replica' }
const lock = (waitNs: number, onTimeout: 'recompute' | 'fail'): CacheSpec['stampede'] => ({
  kind: 'lock',
  waitNs,
  onTimeout,
})

function read(miss: readonly ParsedStep[]): ParsedStep {
  return { word: 'read', spec: { cache: 'cache', key: 'products', miss } }
}

const slow: ParsedStep = { word: 'delay', spec: MISS }

function harness(stampede: CacheSpec['stampede'], tiers: readonly CacheTierSpec[] = [shared]): ComponentHarness {
  const cache: CacheSpec = { strategy: 'cache_aside', stampede, tiers }
  return new ComponentHarness({
    components: [{ definition: cacheComponent, id: 'cache', spec: cache }],
    populations: [{ id: 'products', count: 1000 }],
    programs: {
      main: [read([slow])],
      other: [read([slow])],
      failing: [read([slow, { word: 'fail', spec: CAUSE_FAILED }])],
    },
    instances: 2,
  })
}

function ends(outcomes: readonly Outcome[]): readonly (readonly [string, string, number])[] {
  return outcomes.map(({ label, cause, endNs }) => [label, cause, endNs / MS])
}

describe('a lock per key', () => {
  test('lets one of many misses compute, and all go on when it is done', () => {
    const run = harness(lock(1000 * MS, 'fail'), [local, shared])
    for (let i = 0; i < 100; i++) run.arrive(i, { keys: [7], instance: i % 2, program: i % 3 === 0 ? 'main' : 'other' })
    run.arrive(0, { keys: [8], label: 'other key' })
    const outcomes = run.run()
    expect(outcomes).toHaveLength(101)
    expect(outcomes.every(({ cause, endNs }) => cause === 'none' && endNs === MISS)).toBe(true)
    expect(run.metric('cache', 'misses')).toBe(2)
    expect(run.metric('cache', 'hits')).toBe(99)
    expect(run.metric('cache', 'lock_waits')).toBe(99)
    expect(outcomes.reduce((sum, { lockNs }) => sum + lockNs, 0)).toBe(99 * MISS - 4950)
  })

  test('is one for each instance where every tier is', () => {
    const run = harness(lock(1000 * MS, 'fail'), [local])
    for (let i = 0; i < 10; i++) run.arrive(i, { keys: [7], instance: i % 2 })
    expect(run.run().map(({ endNs }) => endNs)).toEqual([
      MISS,
      ...Array.from({ length: 4 }, () => MISS),
      ...Array.from({ length: 5 }, () => MISS + 1),
    ])
    expect(run.metric('cache', 'misses')).toBe(2)
  })

  test('that takes too long is not waited for: recompute', () => {
    const run = harness(lock(4 * MS, 'recompute'))
    run.arrive(0, { keys: [7], label: 'holder' })
    run.arrive(MS, { keys: [7], label: 'impatient' })
    run.arrive(7 * MS, { keys: [7], label: 'patient' })
    expect(ends(run.run())).toEqual([
      ['holder', 'none', 10],
      ['patient', 'none', 10],
      ['impatient', 'none', 15],
    ])
    expect(run.metric('cache', 'lock_timeouts')).toBe(1)
    expect(run.metric('cache', 'misses')).toBe(2)
  })

  test('that takes too long is not waited for: fail', () => {
    const run = harness(lock(4 * MS, 'fail'))
    run.arrive(0, { keys: [7], label: 'holder' })
    run.arrive(MS, { keys: [7], label: 'impatient' })
    const outcomes = run.run()
    expect(ends(outcomes)).toEqual([
      ['impatient', 'lock_timeout', 5],
      ['holder', 'none', 10],
    ])
    expect(outcomes[0]!.lockNs).toBe(4 * MS)
    // Who fails was not answered: two reads, neither of them a hit.
    expect([run.metric('cache', 'hits'), run.metric('cache', 'misses')]).toEqual([0, 2])
  })

  test('passes to the next in line when its holder fails', () => {
    const run = harness(lock(1000 * MS, 'fail'))
    run.arrive(0, { keys: [7], program: 'failing', label: 'failing' })
    for (const label of ['first', 'second', 'third']) run.arrive(MS, { keys: [7], label })
    expect(ends(run.run())).toEqual([
      ['failing', 'failed', 10],
      ['first', 'none', 20],
      ['second', 'none', 20],
      ['third', 'none', 20],
    ])
    expect(run.metric('cache', 'misses')).toBe(2)
  })

  test('passes on when its holder dies, past those who left the line', () => {
    const run = harness(lock(1000 * MS, 'fail'))
    for (const label of ['holder', 'withdrawn', 'dies', 'heir']) run.arrive(0, { keys: [7], label })
    run.at(2 * MS, () => run.kernel.cancel(run.frameOf('withdrawn')))
    run.at(3 * MS, () => run.kernel.evict(run.frameOf('dies'), CAUSE_INSTANCE_KILLED))
    run.at(4 * MS, () => run.kernel.evict(run.frameOf('holder'), CAUSE_INSTANCE_KILLED))
    expect(ends(run.run())).toEqual([
      ['withdrawn', 'cancelled', 2],
      ['dies', 'instance_killed', 3],
      ['holder', 'instance_killed', 4],
      ['heir', 'none', 14],
    ])
  })

  test('is held for any number of keys at once', () => {
    const run = harness(lock(1000 * MS, 'fail'), [{ ...shared, capacity: { entries: 1000 } }])
    for (let key = 0; key < 500; key++) for (let i = 0; i < 3; i++) run.arrive(key, { keys: [key] })
    const outcomes = run.run()
    expect(outcomes.every(({ cause, startNs, endNs }) => cause === 'none' && endNs - startNs === MISS)).toBe(true)
    expect(run.metric('cache', 'misses')).toBe(500)
  })

  test('keeps its deadlines from later waits', () => {
    const run = harness(lock(15 * MS, 'fail'))
    run.arrive(0, { keys: [7], program: 'failing', label: 'failing' })
    run.arrive(MS, { keys: [7], label: 'heir' })
    run.arrive(2 * MS, { keys: [7], label: 'late' })
    expect(ends(run.run())).toEqual([
      ['failing', 'failed', 10],
      ['late', 'lock_timeout', 17],
      ['heir', 'none', 20],
    ])
  })

  test('is never left behind, whoever fails, waits in vain or dies', () => {
    const arrival = fc.record({
      at: fc.integer({ min: 0, max: 40 }),
      key: fc.integer({ min: 0, max: 200 }),
      failing: fc.boolean(),
      diesAfter: fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined }),
    })
    const onTimeout = fc.constantFrom('recompute' as const, 'fail' as const)
    fc.assert(
      fc.property(fc.array(arrival, { minLength: 1, maxLength: 300 }), onTimeout, (arrivals, mode) => {
        const run = harness(lock(6 * MS, mode), [local, { ...shared, capacity: { entries: 3 } }])
        for (const [i, { at, key, failing, diesAfter }] of arrivals.entries()) {
          const label = String(i)
          run.arrive(at * MS, {
            keys: [key % (1 + (i % 200))],
            label,
            instance: i % 2,
            program: failing ? 'failing' : 'main',
          })
          if (diesAfter !== undefined) {
            run.at((at + diesAfter) * MS + 1, () => {
              if (run.isUnderWay(label)) run.kernel.evict(run.frameOf(label), CAUSE_INSTANCE_KILLED)
            })
          }
        }
        for (let key = 0; key < 201; key++) run.arrive(1000 * MS + key, { keys: [key], label: 'afterwards' })
        const outcomes = run.run()
        expect(outcomes).toHaveLength(arrivals.length + 201)
        expect(
          outcomes.filter(({ label, lockNs, cause }) => label === 'afterwards' && (lockNs > 0 || cause !== 'none')),
        ).toEqual([])
        expect(outcomes.every(({ startNs, endNs, lockNs }) => lockNs <= endNs - startNs)).toBe(true)
        expect(run.kernel.frames.inUse).toBe(0)
      }),
      { numRuns: 100 },
    )
  })
})
