// Whole runs with nodes of a cache that die, come back and work slower.
import { describe, expect, test } from 'vitest'
import { redisSlotOfDecimal, REDIS_SLOTS } from '../../../sim-core/hashing/crc16.ts'
import { createRun } from '../../../sim-core/run.ts'
import { compile } from '../../../sim-core/scenario/compile.ts'
import { parseScenario } from '../../../sim-core/scenario/parse.ts'
import { finishRun, planOf } from '../../support/study.ts'
import { cacheText } from './cache-text.ts'
import { observe } from './observed-run.ts'

const NODES = 4
const KEYS = 1000

/** Share of the keys that a node keeps. */
function shareOf(node: number): number {
  const kept = Array.from({ length: KEYS }, (_, key) => Math.floor((redisSlotOfDecimal(key) * NODES) / REDIS_SLOTS))
  return kept.filter((each) => each === node).length / KEYS
}

const KILL = '{ at: 20s, kill: store.redis[1] }'
const RESTORE = '{ at: 40s, restore: store.redis[1] }'

function text(tier: string, faults: string): string {
  return cacheText({
    cache: `{ tiers: [ { name: redis, capacity: 1000, nodes: ${NODES}, ${tier} } ], warm: 100% }`,
    faults: `[ ${faults} ]`,
  })
}

/** A request every 100 ms, so that each can be told. */
const paced = (tier: string, faults: string): string =>
  cacheText({
    run: 'duration: 1s, bucket: 100ms',
    keys: '{ products: { count: 1 } }',
    traffic: 'arrivals: { interarrival: 100ms }',
    cache: `{ tiers: [ { name: redis, capacity: 10, latency: 2ms, ${tier} } ], warm: 100% }`,
    faults: `[ ${faults} ]`,
  })

/** [start, time, cause] of the requests, in ms. */
function outcomes(scenario: string): (readonly [number, number, string])[] {
  return observe(scenario)
    .requests.filter(({ endMs }) => !Number.isNaN(endMs))
    .map(({ startMs, endMs, cause }) => [startMs, endMs - startMs, cause])
}

describe('a node that dies', () => {
  test('takes its share of the keys along; they come back one by one when it does', () => {
    const run = observe(text('latency: 1ms', `${KILL}, ${RESTORE}`))
    const [hits, misses] = ['hits', 'misses'].map((metric) => run.values('store', metric))
    const ratio = (from: number, to: number): number => {
      const sum = (values: readonly number[]): number => values.slice(from, to).reduce((total, each) => total + each, 0)
      return sum(hits!) / (sum(hits!) + sum(misses!))
    }
    expect(ratio(0, 20)).toBe(1)
    expect(Math.abs(ratio(21, 40) - (1 - shareOf(1)))).toBeLessThan(0.02)
    expect(ratio(41, 44)).toBeLessThan(0.97)
    expect(ratio(55, 60)).toBeGreaterThan(0.99)
    const entries = run.values('store', 'redis.entries')
    expect([entries[18], entries[38]]).toEqual([KEYS, Math.round(KEYS * (1 - shareOf(1)))])
    const unavailable = run.values('store', 'redis.unavailable')
    const missed = misses!.slice(20, 40).reduce((sum, each) => sum + each, 0)
    expect(unavailable.reduce((sum, each) => sum + each, 0)).toBe(missed)
    expect(run.timeline).toEqual([
      [20_000, 'redis[1] killed'],
      [40_000, 'redis[1] back, empty'],
    ])
  })

  test('refuses connections after a round trip', () => {
    const faults = '{ at: 250ms, kill: store.redis }, { at: 450ms, restore: store.redis[0] }'
    expect(outcomes(paced('nodes: 1', faults)).slice(0, 6)).toEqual([
      [100, 2, 'none'],
      [200, 2, 'none'],
      [300, 3, 'none'],
      [400, 3, 'none'],
      [500, 3, 'none'],
      [600, 2, 'none'],
    ])
  })

  test('keeps a read waiting for its timeout, then the read goes on', () => {
    const faults = '{ at: 250ms, kill: store.redis }'
    expect(outcomes(paced('timeout: 20ms', faults)).slice(1, 4)).toEqual([
      [200, 2, 'none'],
      [300, 21, 'none'],
      [400, 21, 'none'],
    ])
    const run = observe(paced('timeout: 20ms', faults))
    expect(run.requests[2]!.partsMs).toMatchObject({ network: 20, service: 1 })
    expect(run.total('store', 'redis.unavailable')).toBe(7)
  })

  test('fails a read where that is asked for, which a policy may retry', () => {
    const faults = '{ at: 250ms, kill: store.redis }'
    expect(outcomes(paced('on_failure: fail', faults)).slice(1, 3)).toEqual([
      [200, 2, 'none'],
      [300, 2, 'cache_unavailable'],
    ])
    expect(outcomes(paced('on_failure: fail, timeout: 5ms', faults)).slice(1, 3)).toEqual([
      [200, 2, 'none'],
      [300, 5, 'cache_unavailable'],
    ])
    const { problems } = parseScenario(
      `${paced('on_failure: fail', faults)}policies: { p: { retry: { attempts: 2, on: [cache_unavailable] } } }`,
      'f.yaml',
    )
    expect(problems).toEqual([])
  })

  test('sends away who is served or waits, and serves nobody', () => {
    const run = observe(
      cacheText({
        run: 'duration: 1s, bucket: 100ms',
        keys: '{ products: { count: 1 } }',
        traffic: 'arrivals: { interarrival: 300ms }, batch: 3',
        cache: '{ tiers: [ { name: redis, capacity: 10, servers: 1, demand: 20ms } ], warm: 100% }',
        faults: '[ { at: 330ms, kill: store.redis }, { at: 800ms, restore: store.redis } ]',
      }),
    )
    expect(run.requests.map(({ startMs, endMs }) => [startMs, Math.round(endMs - startMs)])).toEqual([
      [300, 20],
      [300, 31],
      [300, 31],
      [600, 1],
      [600, 1],
      [600, 1],
      [900, 21],
      [900, 40],
      [900, 60],
    ])
    expect(run.requests[2]!.partsMs).toMatchObject({ queue: 30 })
    expect(run.station('store', 'redis.node').columns.endBusy.at(-1)).toBe(0)
    expect(run.total('store', 'redis.unavailable')).toBe(5)
  })

  test('by hand does what the same fault in the scenario does', () => {
    const faults = `${KILL}, { at: 25s, for: 5s, slow: store.redis, by: 3x }, ${RESTORE}`
    const tier = 'latency: 1ms, servers: 4, demand: 500us'
    const written = parseScenario(text(tier, faults), 'f.yaml').scenario!
    const planned = compile(written)
      .components.filter(({ kind }) => kind === 'fault')
      .flatMap(({ config }) => config as never[])
    const byHand = createRun(planOf(text(tier, '')), 1, 0)
    for (const fault of planned) byHand.inject(fault)
    const before = createRun(compile(written), 1, 0)
    expect(finishRun(byHand).fingerprint).toBe(finishRun(before).fingerprint)
  })
})

test('a slow node works slower, and faults of one node and of all multiply', () => {
  const faults = `{ at: 200ms, for: 600ms, slow: store.redis, by: 2x }, { at: 350ms, for: 200ms, slow: store.redis[0], by: 3x }`
  const times = outcomes(paced('servers: 1, demand: 10ms', faults)).map(([, time]) => time)
  expect(times).toEqual([12, 22, 22, 62, 54, 22, 22, 12, 12])
})

describe('faults that make no sense are refused', () => {
  test.each([
    ['{ at: 1s, kill: store }', 'bad-target', 'the name of a tier'],
    ['{ at: 1s, kill: store.rediss }', 'unknown-reference', 'did you mean redis?'],
    ['{ at: 1s, kill: store.redis[4] }', 'out-of-range', '0 to 3'],
    ['{ at: 1s, kill: store.redis, replicas: 2 }', 'contradiction', 'store.redis[0]'],
    ['{ at: 1s, kill: store.near }', 'contradiction', 'the service'],
    ['{ at: 1s, kill: shop.instance[0] }', 'bad-target', 'replicas: 1'],
    ['{ at: 1s, for: 1s, slow: store.redis[0], by: 2x }', 'contradiction', 'servers and demand'],
    ['{ at: 1s, for: 1s, freeze: stor.redis }', 'unknown-reference', 'did you mean store?'],
  ])('%s', (fault, code, hint) => {
    const tiers = '{ name: near, scope: replica, capacity: 5 }, { name: redis, capacity: 10, nodes: 4 }'
    const { problems } = parseScenario(
      cacheText({ cache: `{ tiers: [ ${tiers} ] }`, faults: `[ ${fault} ]` }),
      'f.yaml',
    )
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ code, hint: expect.stringContaining(hint) as string })
  })
})
