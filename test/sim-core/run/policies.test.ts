// Whole runs of call policies: timeouts, retries, breakers, worked out by hand.
import { describe, expect, test } from 'vitest'
import { observe } from './observed-run.ts'

/** A scenario of one request unless `traffic` says otherwise. */
function scenario(parts: {
  readonly run?: string
  readonly traffic?: string
  readonly policies: string
  readonly services: string
  readonly more?: string
  readonly faults?: string
}): string {
  return `
version: 1
name: policies
run: { duration: ${parts.run ?? '10s'}, warmup: 0s, bucket: 1s }
traffic:
  clients: { ${parts.traffic ?? ONE} }
policies: ${parts.policies}
services: ${parts.services}
${parts.more ?? ''}
faults: ${parts.faults ?? '[]'}
`
}

/** One request, at 2s. */
const ONE =
  'rate: { steps: [ { for: 1s, rate: 0/s }, { for: 1s, rate: 1/s }, { for: 1h, rate: 0/s } ] }, arrivals: deterministic, mix: { front.go: 100% }'

describe('timeout', () => {
  const services = (policy: string): string => `
  front: { endpoints: { go: { steps: [ { call: { endpoint: back.go, policy: ${policy} } } ] } } }
  back: { cpu: { cores: 1, scheduling: fifo }, endpoints: { go: { steps: [ { cpu: 300ms }, { cpu: 200ms } ] } } }`

  test('without cancel the work goes on for nobody, and is counted as wasted', () => {
    const run = observe(scenario({ policies: '{ p: { timeout: 100ms } }', services: services('p') }))
    const [request] = run.requests
    expect(request!.endMs - request!.startMs).toBe(100)
    expect(request!.cause).toBe('timeout')
    expect(run.endpoint('back.go')).toMatchObject({ arrivals: 1, failed: 1, wasted: 1, causes: { timeout: 1 } })
    expect(run.stationTotal('back', 'cpu', 'busyArea')).toBe(500e6)
    expect(request!.partsMs).toMatchObject({ retry: 100, queue: 0, service: 0 })
  })

  test('with cancel the present service ends, the rest is not done', () => {
    const run = observe(scenario({ policies: '{ p: { timeout: 100ms, cancel: true } }', services: services('p') }))
    expect(run.requests[0]!.cause).toBe('timeout')
    expect(run.endpoint('back.go')).toMatchObject({ arrivals: 1, failed: 1, wasted: 0 })
    expect(run.stationTotal('back', 'cpu', 'busyArea')).toBe(300e6)
  })

  test.each([
    [false, 800],
    [true, 500],
  ])('cancel %s: waiting work of those who gave up does not keep others waiting', (cancel, busyMs) => {
    // Four at once; the first is served, the others time out in the queue.
    const run = observe(
      scenario({
        traffic:
          'rate: { steps: [ { for: 1s, rate: 0/s }, { for: 1s, rate: 1/s }, { for: 1h, rate: 0/s } ] }, arrivals: deterministic, batch: 4, mix: { front.go: 100% }',
        policies: `{ p: { timeout: 250ms, cancel: ${cancel} } }`,
        services: `
  front: { endpoints: { go: { steps: [ { call: { endpoint: back.go, policy: p } } ] } } }
  back: { workers: 1, endpoints: { go: { steps: [ { cpu: 200ms } ] } } }`,
      }),
    )
    expect(run.requests.map(({ cause, startMs, endMs }) => [cause, endMs - startMs])).toEqual([
      ['none', 200],
      ['timeout', 250],
      ['timeout', 250],
      ['timeout', 250],
    ])
    expect(run.stationTotal('back', 'cpu', 'busyArea') / 1e6).toBe(cancel ? busyMs - 100 : busyMs)
    expect(run.endpoint('back.go').wasted).toBe(cancel ? 0 : 3)
    expect(run.station('back', 'workers').columns.endQueued.at(-1)).toBe(0)
  })

  test('a cancelled call gives back everything it holds, however deep, at once', () => {
    const run = observe(
      scenario({
        policies: '{ p: { timeout: 100ms, cancel: true } }',
        services: `
  front: { endpoints: { go: { steps: [ { call: { endpoint: middle.go, policy: p } } ] } } }
  middle: { workers: 1, endpoints: { go: { steps: [ { call: back.go } ] } } }
  back: { workers: 1, endpoints: { go: { steps: [ { delay: 10s } ] } } }`,
      }),
    )
    expect(run.stationTotal('middle', 'workers', 'busyArea')).toBe(100e6)
    expect(run.stationTotal('back', 'workers', 'busyArea')).toBe(100e6)
    expect(run.endpoint('back.go').causes).toEqual({ cancelled: 1 })
  })
})

describe('retry', () => {
  test('a try that was given up is traced no further, nor are its branches', () => {
    const run = observe(
      scenario({
        policies: '{ p: { timeout: 50ms, retry: { attempts: 2, backoff: { kind: fixed, initial: 10ms } } } }',
        services: `
  front: { endpoints: { go: { steps: [ { call: { endpoint: back.go, policy: p } } ] } } }
  back: { endpoints: { go: { steps: [ { parallel: [ [ { delay: 30ms }, { call: deep.go } ], [ { delay: 5ms }, { query: db.find } ] ] } ] } } }
  deep: { endpoints: { go: { steps: [ { delay: 100ms } ] } } }`,
        more: 'databases: { db: { primary: { cores: 1, scheduling: fifo }, classes: { find: { kind: read, demand: 70ms } } } }',
      }),
    )
    // Both tries are given up before any of their last steps ends.
    expect(run.requests[0]!.segments.map(({ part, fromMs, toMs }) => [part, fromMs - 2000, toMs - 2000])).toEqual([
      ['service', 0, 5],
      ['service', 0, 30],
      ['retry', 0, 60],
      ['service', 60, 65],
      // The database is still at work for the first.
      ['queue', 65, 75],
      ['service', 60, 90],
      ['retry', 60, 110],
    ])
  })

  test('four attempts on each of three layers are 64 tries at the last', () => {
    const run = observe(
      scenario({
        policies: '{ p: { retry: { attempts: 4, backoff: { kind: fixed, initial: 1ms } } } }',
        services: `
  front: { endpoints: { go: { steps: [ { call: { endpoint: a.go, policy: p } } ] } } }
  a: { endpoints: { go: { steps: [ { call: { endpoint: b.go, policy: p } } ] } } }
  b: { endpoints: { go: { steps: [ { call: { endpoint: c.go, policy: p } } ] } } }
  c: { endpoints: { go: { steps: [ { cpu: 1ms }, { fail: 100% } ] } } }`,
      }),
    )
    expect(run.endpoint('a.go').arrivals).toBe(4)
    expect(run.endpoint('b.go').arrivals).toBe(16)
    expect(run.endpoint('c.go')).toMatchObject({ arrivals: 64, failed: 64, causes: { failed: 64 } })
    expect(run.total('p', 'calls')).toBe(1 + 4 + 16)
    expect(run.total('p', 'tries')).toBe(4 + 16 + 64)
    // 64 ms of work, and 3 pauses for each of the 21 calls.
    expect(run.requests[0]!.endMs - run.requests[0]!.startMs).toBe(64 + 63)
    expect(run.requests[0]!.partsMs).toMatchObject({ retry: 64 + 63, service: 0 })
  })

  test('exponential pauses, success at last: the tries that failed and the pauses are retry', () => {
    const run = observe(
      scenario({
        policies:
          '{ p: { timeout: 50ms, retry: { attempts: 4, backoff: { kind: exponential, initial: 100ms, multiplier: 2 } } } }',
        services: `
  front: { endpoints: { go: { steps: [ { call: { endpoint: back.go, policy: p } } ] } } }
  back: { cpu: { cores: 1, scheduling: fifo }, endpoints: { go: { steps: [ { cpu: 10ms } ] } } }`,
        faults: '[ { at: 1900ms, for: 400ms, freeze: back } ]',
      }),
    )
    // Tries at 2000, 2150 and 2400 (50 + 100, 50 + 200); the freeze ends at 2300, when the two abandoned tries are served first.
    const [request] = run.requests
    expect([request!.startMs, request!.endMs, request!.cause]).toEqual([2000, 2410, 'none'])
    expect(request!.partsMs).toEqual({ queue: 0, service: 10, network: 0, retry: 400, lock: 0 })
    expect(run.endpoint('back.go')).toMatchObject({ arrivals: 3, completed: 1, failed: 2, wasted: 2 })
  })

  test('only the causes that it names are tried again', () => {
    const run = observe(
      scenario({
        policies: '{ p: { retry: { attempts: 5, backoff: none, on: [ timeout ] } } }',
        services: `
  front: { endpoints: { go: { steps: [ { call: { endpoint: back.go, policy: p } } ] } } }
  back: { endpoints: { go: { steps: [ { fail: { share: 100%, cause: sold_out } } ] } } }`,
      }),
    )
    expect(run.endpoint('back.go').arrivals).toBe(1)
    expect(run.requests[0]!.cause).toBe('sold_out')
  })

  test('a client has its own policy, and its retries are one request', () => {
    const run = observe(
      scenario({
        traffic: `${ONE}, network: 5ms, policy: p`,
        policies: '{ p: { timeout: 100ms, retry: { attempts: 3, backoff: { kind: fixed, initial: 10ms } } } }',
        services: '{ front: { endpoints: { go: { steps: [ { delay: 1s } ] } } } }',
      }),
    )
    expect(run.endpoint('client')).toMatchObject({ arrivals: 1, failed: 1, causes: { timeout: 1 } })
    expect(run.endpoint('front.go')).toMatchObject({ arrivals: 3, wasted: 3 })
    // There, three tries and two pauses; a failure needs no way back.
    expect(run.requests[0]!.endMs - run.requests[0]!.startMs).toBe(5 + 3 * 100 + 2 * 10)
    expect(run.requests[0]!.partsMs.network).toBe(5)
  })
})

describe('breaker', () => {
  /** A request every 100ms from 0.1s on. */
  const EVERY = 'arrivals: { interarrival: 100ms }, mix: { front.go: 100% }'
  const services = `
  front: { endpoints: { go: { steps: [ { call: { endpoint: back.go, policy: p } } ] } } }
  back: { cpu: { cores: 8, scheduling: fifo }, endpoints: { go: { steps: [ { cpu: 10ms } ] } } }`

  test('opens at the failure that reaches the count, half-opens at the first call after its rest, closes again', () => {
    const run = observe(
      scenario({
        run: '3s',
        traffic: EVERY,
        policies: '{ p: { timeout: 50ms, breaker: { failures: 3, open: 500ms, successes: 2, trials: 1 } } }',
        services,
        faults: '[ { at: 450ms, for: 700ms, freeze: back } ]',
      }),
    )
    // Tries at 500, 600, 700 time out 50 ms later; it opens at 750 and rests until 1250; 1300 and 1400 succeed.
    const breaker = run.timeline.filter(([, text]) => text.startsWith('breaker'))
    expect(breaker).toEqual([
      [750, 'breaker for back opened'],
      [1300, 'breaker for back half-opened'],
      [1410, 'breaker for back closed'],
    ])
    const causes = run.requests.map(({ startMs, cause }) => [startMs, cause]).filter(([, cause]) => cause !== 'none')
    expect(causes).toEqual([
      [500, 'timeout'],
      [600, 'timeout'],
      [700, 'timeout'],
      [800, 'breaker_open'],
      [900, 'breaker_open'],
      [1000, 'breaker_open'],
      [1100, 'breaker_open'],
      [1200, 'breaker_open'],
    ])
    expect(run.total('p', 'breaker_opened')).toBe(1)
    expect(run.total('p', 'refused')).toBe(5)
  })

  test('a failed trial opens it again for as long', () => {
    const run = observe(
      scenario({
        run: '3s',
        traffic: EVERY,
        policies: '{ p: { timeout: 50ms, breaker: { failures: 1, open: 300ms, successes: 1, trials: 1 } } }',
        services,
        faults: '[ { at: 450ms, for: 600ms, freeze: back } ]',
      }),
    )
    // 500 fails at 550, rest until 850; trial at 900 fails at 950, rest until 1250; trial at 1300 succeeds.
    expect(run.timeline.filter(([, text]) => text.startsWith('breaker'))).toEqual([
      [550, 'breaker for back opened'],
      [900, 'breaker for back half-opened'],
      [950, 'breaker for back opened'],
      [1300, 'breaker for back half-opened'],
      [1310, 'breaker for back closed'],
    ])
  })

  test('a trial whose caller dies gives its place back', () => {
    // The breaker opens at 550; the trial of 900 belongs to a caller that is killed at 910 and restored at 920.
    const run = observe(
      scenario({
        run: '3s',
        traffic: EVERY,
        policies: '{ p: { timeout: 150ms, breaker: { failures: 1, open: 200ms, successes: 1, trials: 1 } } }',
        services,
        faults:
          '[ { at: 450ms, for: 560ms, freeze: back }, { at: 910ms, kill: front }, { at: 920ms, restore: front } ]',
      }),
    )
    expect(run.timeline.filter(([, text]) => text.startsWith('breaker'))).toEqual([
      [650, 'breaker for back opened'],
      [900, 'breaker for back half-opened'],
      [910, 'breaker for back opened'],
      [1200, 'breaker for back half-opened'],
      [1210, 'breaker for back closed'],
    ])
    expect(run.requests.find(({ startMs }) => startMs === 900)).toMatchObject({ cause: 'instance_killed', endMs: 910 })
  })

  test('a trial whose caller is cancelled gives its place back', () => {
    const run = observe(
      scenario({
        run: '3s',
        traffic: `${EVERY}, policy: client`,
        policies:
          '{ client: { timeout: 120ms, cancel: true }, p: { breaker: { failures: 1, open: 200ms, successes: 1, trials: 1 } } }',
        services,
        faults: '[ { at: 450ms, for: 700ms, freeze: back } ]',
      }),
    )
    // Callers of 500 give up at 620 (opened); the trial of 900 is given up at 1020, that of 1300 succeeds.
    expect(run.timeline.filter(([, text]) => text.startsWith('breaker'))).toEqual([
      [620, 'breaker for back opened'],
      [900, 'breaker for back half-opened'],
      [1020, 'breaker for back opened'],
      [1300, 'breaker for back half-opened'],
      [1310, 'breaker for back closed'],
    ])
  })
})

describe('what is refused', () => {
  test('unlimited attempts that take no time', () => {
    const text = scenario({
      policies: '{ p: { retry: { attempts: unlimited, backoff: none } } }',
      services: '{ front: { endpoints: { go: { steps: [ { cpu: 1ms } ] } } } }',
    })
    expect(() => observe(text)).toThrow(/policies\.p\.retry\.backoff: unlimited attempts without a pause never end/u)
  })
})
