// Queries of a database, run as programs on a real kernel.
import { describe, expect, test } from 'vitest'
import { databaseComponent } from '../../../../sim-core/components/database/database.component.ts'
import type { DatabaseSpec } from '../../../../sim-core/components/database/database.schema.ts'
import { crc32 } from '../../../../sim-core/hashing/crc32.ts'
import { CAUSE_INSTANCE_KILLED } from '../../../../sim-core/kernel/outcome.ts'
import type { ParsedStep } from '../../../../sim-core/language/schema-context.ts'
import { ComponentHarness, constant } from '../../../support/component-harness.ts'

const MS = 1_000_000

const bySpec = { kind: 'read', demandNs: constant(10 * MS), scatter: false } as const

function database(spec: Partial<DatabaseSpec>): DatabaseSpec {
  return { primary: { cores: 1, scheduling: 'fifo' }, classes: { by_id: bySpec }, ...spec }
}

function query(name: string, key?: string): ParsedStep {
  return { word: 'query', spec: { database: 'db', class: name, ...(key === undefined ? {} : { key }) } }
}

function harness(spec: Partial<DatabaseSpec>, programs?: Record<string, readonly ParsedStep[]>): ComponentHarness {
  return new ComponentHarness({
    components: [{ definition: databaseComponent, id: 'db', spec: database(spec) }],
    populations: [
      { id: 'users', count: 1000 },
      { id: 'orders', count: 1000 },
    ],
    programs: programs ?? { main: [query('by_id')] },
  })
}

describe('a single server', () => {
  test('serves one query after the other, with the network on both ways', () => {
    const run = harness({ network: { requestNs: constant(2 * MS), responseNs: constant(3 * MS) } })
    run.arrive(0)
    run.arrive(0)
    const outcomes = run.run()
    expect(outcomes.map(({ endNs }) => endNs)).toEqual([15 * MS, 25 * MS])
    expect(outcomes.map(({ queueNs }) => queueNs)).toEqual([0, 10 * MS])
    expect(outcomes.map(({ networkNs }) => networkNs)).toEqual([5 * MS, 5 * MS])
    expect(run.station('db', 'primary.cpu').visits).toBe(2)
    expect(run.metric('db', 'queries')).toBe(2)
  })

  test('halves its speed for a fault and goes back to it', () => {
    const run = harness({})
    run.at(0, () => run.model('db').setSpeed!(undefined, 0.5))
    run.arrive(1)
    run.arrive(100 * MS)
    run.at(50 * MS, () => run.model('db').setSpeed!(undefined, 1))
    expect(run.run().map(({ startNs, endNs }) => endNs - startNs)).toEqual([20 * MS, 10 * MS])
  })
})

describe('processor sharing', () => {
  test('serves all at once, whoever comes first or needs less', () => {
    const classes = { long: { ...bySpec, demandNs: constant(10 * MS) }, short: { ...bySpec, demandNs: constant(MS) } }
    const primary = { cores: 1, scheduling: 'processor_sharing' } as const
    const run = harness({ primary, classes }, { main: [query('long')], short: [query('short')] })
    run.arrive(0, { label: 'long' })
    for (const label of ['a', 'b', 'c']) run.arrive(2 * MS, { program: 'short', label })
    for (const label of ['d', 'e', 'f']) run.arrive(11 * MS, { program: 'short', label })
    expect(run.run().map(({ label, endNs }) => [label, endNs / MS])).toEqual([
      ['a', 6],
      ['b', 6],
      ['c', 6],
      ['d', 15],
      ['e', 15],
      ['f', 15],
      ['long', 16],
    ])
  })
})

describe('the connection pool', () => {
  const pool = { max: 1, acquireTimeoutNs: 15 * MS }

  test('lets callers wait, and fails those who waited too long', () => {
    const run = harness({ primary: { cores: 4, scheduling: 'fifo', pool } })
    for (const label of ['first', 'second', 'third']) run.arrive(0, { label })
    const outcomes = run.run()
    expect(outcomes.map(({ label, cause, endNs }) => [label, cause, endNs / MS])).toEqual([
      ['first', 'none', 10],
      ['third', 'pool_timeout', 15],
      ['second', 'none', 20],
    ])
    expect(run.station('db', 'primary.pool')).toMatchObject({ endBusy: 0, endQueued: 0, abandoned: 1 })
  })

  test('refuses whom it has no waiting place for', () => {
    const run = harness({ primary: { cores: 4, scheduling: 'fifo', pool: { max: 1, capacity: 1 } } })
    for (const label of ['first', 'second', 'third']) run.arrive(0, { label })
    const outcomes = run.run()
    expect(outcomes.map(({ label, cause }) => [label, cause])).toEqual([
      ['third', 'rejected'],
      ['first', 'none'],
      ['second', 'none'],
    ])
  })

  test('gets its connection back from a query that fails', () => {
    const run = harness({ primary: { cores: 1, scheduling: 'fifo', capacity: 0, pool: { max: 2 } } })
    for (let i = 0; i < 5; i++) run.arrive(0)
    run.arrive(50 * MS, { label: 'later' })
    const outcomes = run.run()
    expect(outcomes.filter(({ cause }) => cause === 'rejected')).toHaveLength(4)
    expect(outcomes.at(-1)).toMatchObject({ label: 'later', cause: 'none', endNs: 60 * MS })
    expect(run.station('db', 'primary.pool').endBusy).toBe(0)
    expect(run.station('db', 'primary.cpu').endBusy).toBe(0)
  })

  test('gets its connection back from a caller that dies or is withdrawn', () => {
    const run = harness({ primary: { cores: 1, scheduling: 'fifo', pool: { max: 1 } } })
    run.arrive(0, { label: 'dies' })
    run.arrive(0, { label: 'withdrawn' })
    run.arrive(0, { label: 'goes on' })
    run.at(4 * MS, () => run.kernel.cancel(run.frameOf('withdrawn')))
    run.at(5 * MS, () => run.kernel.evict(run.frameOf('dies'), CAUSE_INSTANCE_KILLED))
    const outcomes = run.run()
    expect(outcomes.map(({ label, cause, endNs }) => [label, cause, endNs / MS])).toEqual([
      ['withdrawn', 'cancelled', 4],
      ['dies', 'instance_killed', 5],
      ['goes on', 'none', 15],
    ])
    expect(run.station('db', 'primary.pool').endBusy).toBe(0)
  })
})

describe('shards', () => {
  const shards = { key: 'users', strategy: 'hash', count: 8 } as const

  test('are chosen by crc32 of the decimal key', () => {
    const run = harness({ shards })
    const expected = new Array<number>(8).fill(0)
    for (let key = 0; key < 500; key++) {
      const shard = crc32(new TextEncoder().encode(String(key))) % 8
      expected[shard] = expected[shard]! + 1
      run.arrive(key, { keys: [key, 999] })
    }
    run.run()
    expect(expected.map((_, shard) => run.metric('db', `shard[${shard}].queries`))).toEqual(expected)
    expect(run.metric('db', 'skew')).toBeCloseTo((Math.max(...expected) * 8) / 500, 12)
    expect(run.station('db', 'shard[3].primary.cpu').visits).toBe(expected[3])
  })

  test('may be chosen by another key than that of the database', () => {
    const run = harness({ shards }, { main: [query('by_id', 'orders')] })
    run.arrive(0, { keys: [1, 77] })
    run.run()
    expect(run.metric('db', `shard[${crc32(new TextEncoder().encode('77')) % 8}].queries`)).toBe(1)
  })

  test('are all asked by a scattered query, which waits for the slowest', () => {
    const classes = { all: { ...bySpec, scatter: true } }
    const run = harness({ shards: { ...shards, count: 4 }, classes }, { main: [query('all')] })
    run.at(0, () => run.model('db').setSpeed!(2, 0.25))
    run.arrive(1)
    const [outcome] = run.run()
    expect(outcome).toMatchObject({ cause: 'none', endNs: 40 * MS + 1 })
    expect(run.metric('db', 'queries')).toBe(4)
    expect(run.kernel.frames.inUse).toBe(0)
  })

  test('fail a scattered query when one of them fails, after all have ended', () => {
    const classes = { all: { ...bySpec, scatter: true }, by_id: bySpec }
    const primary = { cores: 1, scheduling: 'fifo', capacity: 0 } as const
    const programs = { main: [query('all')], blocker: [query('by_id')] }
    const run = harness({ shards: { ...shards, count: 4 }, classes, primary }, programs)
    run.arrive(0, { program: 'blocker', keys: [5, 0], label: 'blocker' })
    run.arrive(4 * MS, { label: 'scattered' })
    const outcomes = run.run()
    expect(outcomes.map(({ label, cause, endNs }) => [label, cause, endNs / MS])).toEqual([
      ['blocker', 'none', 10],
      ['scattered', 'rejected', 14],
    ])
  })
})

describe('replicas', () => {
  const replicas = { count: 2, cores: 1, scheduling: 'fifo', readShareRatio: 0.8, weights: [3, 1] } as const
  const classes = { by_id: bySpec, update: { kind: 'write', demandNs: constant(MS), scatter: false } } as const

  test('answer the read share by weight; writes go to the primary', () => {
    const run = harness({ replicas, classes }, { main: [query('by_id')], write: [query('update')] })
    for (let i = 0; i < 10_000; i++) run.arrive(i * 100 * MS)
    for (let i = 0; i < 100; i++) run.arrive(i * 100 * MS, { program: 'write' })
    const reads = run.run().filter(({ endNs, startNs }) => endNs - startNs >= 10 * MS)
    const toReplicas = run.metric('db', 'replica.queries')
    expect(Math.abs(toReplicas / 10_000 - 0.8)).toBeLessThan(0.02)
    expect(Math.abs(reads.filter(({ target }) => target === 1).length / 10_000 - 0.6)).toBeLessThan(0.02)
    expect(run.metric('db', 'primary.queries')).toBe(10_100 - toReplicas)
    expect(run.station('db', 'replica.cpu').visits).toBe(toReplicas)
  })

  test('have pools of their own', () => {
    const run = harness(
      { replicas: { ...replicas, readShareRatio: 1, pool: { max: 1, acquireTimeoutNs: MS } }, classes },
      undefined,
    )
    for (let i = 0; i < 50; i++) run.arrive(0)
    const outcomes = run.run()
    expect(outcomes.filter(({ cause }) => cause === 'none')).toHaveLength(2)
    expect(outcomes.filter(({ cause }) => cause === 'pool_timeout')).toHaveLength(48)
    expect(run.station('db', 'replica.pool').endBusy).toBe(0)
  })
})
