// What stands on top of a balancing algorithm does in whole runs what it is for.
import { describe, expect, test } from 'vitest'
import type { ReplicationResult } from '../../../../sim-core/metrics/replication-result.ts'
import { runStudy } from '../../../support/study.ts'

interface Case {
  readonly balancer: string
  readonly replicas?: number
  readonly steps?: string
  readonly rate?: string
  readonly faults?: string
  readonly service?: string
}

/** One service under steady load for 100 s in buckets of 10 s, clients drawn evenly from 400. */
function run({ balancer, replicas = 4, steps = '[{ cpu: 1ms }]', ...options }: Case): ReplicationResult {
  const [result] = runStudy(
    `version: 1
name: Placement
run: { duration: 100s, warmup: 0s, bucket: 10s }
keys: { clients: { count: 400 } }
traffic: { clients: { rate: ${options.rate ?? '200/s'}, mix: { api.get: 100% } } }
services:
  api: { replicas: ${replicas}, balancer: ${balancer}, ${options.service ?? ''} endpoints: { get: { steps: ${steps} } } }
faults: ${options.faults ?? '[]'}
`,
    1,
  )
  return result!
}

function series(result: ReplicationResult, metric: string): number[] {
  const found = result.metrics.find((each) => each.component === 'api' && each.metric === metric)
  if (found === undefined) throw new Error(`no metric ${metric}`)
  return [...found.values]
}

function total(result: ReplicationResult, metric: string): number {
  return series(result, metric).reduce((sum, value) => sum + value, 0)
}

function failed(result: ReplicationResult): number {
  return result.endpoints[0]!.columns.failed.reduce((sum, value) => sum + value, 0)
}

function notes(result: ReplicationResult, kind: string): string[] {
  return result.timeline.filter((event) => event.kind === kind).map(({ text }) => text)
}

/** The first instance is dead for 40 s. */
const KILL_ONE = '[{ at: 30s, kill: "api", replicas: 1 }, { at: 70s, restore: api }]'

test('a hashing balancer gives all instances keys, and counts what it sends', () => {
  const result = run({ balancer: '{ algorithm: ip_hash, key: clients }' })
  for (const instance of [0, 1, 2, 3]) expect(total(result, `instance[${instance}].picks`)).toBeGreaterThan(1_000)
  const arrivals = result.endpoints[0]!.columns.arrivals.reduce((sum, value) => sum + value, 0)
  expect(total(result, 'picks')).toBe(arrivals)
})

describe('sticky sessions', () => {
  test('bring a client back until the cookie has expired', () => {
    const long = run({ balancer: '{ algorithm: random, sticky: { key: clients, duration: 1h } }' })
    // 400 clients come for the first time once each; all other requests follow a cookie.
    expect(total(long, 'picks') - total(long, 'sticky_picks')).toBe(400)
    const short = run({ balancer: '{ algorithm: random, sticky: { key: clients, duration: 1ms } }' })
    expect(total(short, 'sticky_picks')).toBeLessThan(0.01 * total(short, 'picks'))
  })

  test('give way when the instance has died', () => {
    const result = run({
      balancer: '{ algorithm: round_robin, sticky: { key: clients, duration: 1h } }',
      faults: KILL_ONE,
    })
    // It is seen to be down at once: only what was under way there can fail.
    expect(failed(result)).toBeLessThan(5)
    expect(series(result, 'instance[0].picks').slice(3, 7)).toEqual([0, 0, 0, 0])
  })
})

describe('discovery', () => {
  test('sends requests to an instance that is gone until the registry has told', () => {
    const result = run({ balancer: '{ algorithm: round_robin, discovery: { leave: 5s } }', faults: KILL_ONE })
    // A quarter of 200/s for 5 s.
    expect(total(result, 'stale_picks')).toBeGreaterThan(200)
    expect(total(result, 'stale_picks')).toBeLessThan(300)
    expect(failed(result)).toBe(total(result, 'stale_picks'))
  })

  test('sends nothing to an instance that is back until the registry has told', () => {
    const result = run({ balancer: '{ algorithm: round_robin, discovery: { join: 15s } }', faults: KILL_ONE })
    const picks = series(result, 'instance[0].picks')
    expect(picks[7]).toBe(0)
    expect(picks[9]).toBeGreaterThan(400)
  })
})

describe('ejection', () => {
  test('takes out the instance that fails, for longer and longer, and brings it back', () => {
    const result = run({
      replicas: 10,
      balancer: '{ algorithm: round_robin, ejection: { consecutive_failures: 3, base_ejection: 5s, interval: 1s } }',
      service: 'cpu: { cores: 1, scheduling: fifo, capacity: 2 },',
      faults: '[{ at: 30s, for: 30s, slow: "api.instance[3]", by: 10000x }]',
      rate: '300/s',
    })
    const why = '3 failures in a row'
    expect(notes(result, 'ejected').slice(0, 2)).toEqual([
      `instance 3 is ejected for 5 s: ${why}`,
      `instance 3 is ejected for 10 s: ${why}`,
    ])
    expect(notes(result, 'returned').length).toBe(notes(result, 'ejected').length)
    expect(series(result, 'ejected').at(-1)).toBe(0)
    // Never more than one out of ten, as 10 % says.
    expect(Math.max(...series(result, 'ejected'))).toBeLessThanOrEqual(1)
  })
})

describe('slow start', () => {
  test('gives an instance that is back few requests at first', () => {
    const picks = (balancer: string): number =>
      series(
        run({ balancer, faults: '[{ at: 30s, kill: "api", replicas: 1 }, { at: 50s, restore: api }]' }),
        'instance[0].picks',
      )[5]!
    const full = picks('round_robin')
    const warming = picks('{ algorithm: round_robin, slow_start: { window: 10s, min_weight: 0% } }')
    // The ramp from nothing to everything over the ten seconds of the bucket: about half.
    expect(warming / full).toBeGreaterThan(0.35)
    expect(warming / full).toBeLessThan(0.7)
  })
})

describe('panic', () => {
  test('sends requests to everybody when too few are healthy', () => {
    const faults = '[{ at: 30s, kill: "api", replicas: 3 }]'
    const calm = run({ balancer: 'round_robin', faults })
    const panicking = run({ balancer: '{ algorithm: round_robin, panic_threshold: 50% }', faults })
    expect(failed(calm)).toBeLessThan(5)
    expect(failed(panicking)).toBeGreaterThan(5_000)
    expect(notes(panicking, 'panic')).toEqual(['too few instances are healthy: requests go to all of them'])
  })
})

test('nobody left is a failure of its own', () => {
  const result = run({ balancer: 'round_robin', faults: '[{ at: 50s, kill: "api" }]' })
  expect(failed(result)).toBeGreaterThan(5_000)
  expect(
    failed(run({ balancer: '{ algorithm: ip_hash, key: clients }', faults: '[{ at: 50s, kill: "api" }]' })),
  ).toBeGreaterThan(5_000)
})

describe('zones', () => {
  test('keep requests where they come from while anybody there is up', () => {
    const result = run({ balancer: '{ algorithm: random, zones: 2 }' })
    expect(total(result, 'cross_zone_picks')).toBe(0)
    const half = run({ balancer: '{ algorithm: random, zones: 4 }', faults: '[{ at: 50s, kill: "api", replicas: 1 }]' })
    // A quarter of the requests of the second half come from the zone whose only instance is dead.
    expect(total(half, 'cross_zone_picks') / total(half, 'picks')).toBeCloseTo(0.125, 1)
    expect(failed(half)).toBeLessThan(5)
  })
})

test('passive checks take out an instance that is gone, one request at a time trying it', () => {
  const faults = '[{ at: 30s, kill: "api", replicas: 1 }]'
  const blind = run({ balancer: '{ algorithm: round_robin, discovery: { leave: 1h } }', faults })
  const passive = run({
    balancer: '{ algorithm: round_robin, discovery: { leave: 1h }, passive: { max_fails: 1, fail_timeout: 10s } }',
    faults,
  })
  expect(failed(blind)).toBeGreaterThan(3_000)
  expect(failed(passive)).toBeLessThan(15)
})

test('passive checks do not hold against an instance that one died which it called', () => {
  const [result] = runStudy(
    `version: 1
name: Caller
run: { duration: 60s, warmup: 0s, bucket: 10s }
traffic: { clients: { rate: 100/s, mix: { api.get: 100% } } }
services:
  api:
    replicas: 4
    balancer: { algorithm: round_robin, passive: { max_fails: 1 } }
    endpoints: { get: { steps: [{ call: source.get }] } }
  source: { replicas: 2, endpoints: { get: { steps: [{ delay: 1s }] } } }
faults: [{ at: 3s, kill: source, replicas: 1 }]
`,
    1,
  )
  expect(failed(result!)).toBeGreaterThan(30)
  const picks = [0, 1, 2, 3].map((instance) => total(result!, `instance[${instance}].picks`))
  expect(Math.max(...picks) - Math.min(...picks)).toBeLessThanOrEqual(1)
})

test('the same seed gives the same run with everything switched on', () => {
  const balancer =
    '{ algorithm: peak_ewma, sticky: { key: clients }, ejection: {}, slow_start: { window: 20s }, discovery: { join: 1s, leave: 1s }, panic_threshold: 30%, zones: 2 }'
  const first = run({ balancer, faults: KILL_ONE })
  expect(run({ balancer, faults: KILL_ONE }).fingerprint).toBe(first.fingerprint)
})
