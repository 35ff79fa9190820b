// Whole runs of call policies: deadlines of calls, hedges, budgets, rate limits, bulkheads, fallbacks, quorums, worked out by hand.
import { describe, expect, test } from 'vitest'
import { observe } from './observed-run.ts'
import type { ObservedRun } from './observed-run.ts'

const SLOW_BACK = 'back: { endpoints: { go: { steps: [ { delay: 1s } ] } } }'
const FRONT = 'front: { endpoints: { go: { steps: [ { call: { endpoint: back.go, policy: p } } ] } } }'

/** One request at 2s, or what `traffic` says. */
function run(parts: {
  readonly policies?: string
  readonly services: string
  readonly traffic?: string
  readonly duration?: string
  readonly faults?: string
}): ObservedRun {
  const one =
    'rate: { steps: [ { for: 1s, rate: 0/s }, { for: 1s, rate: 1/s }, { for: 1h, rate: 0/s } ] }, arrivals: deterministic'
  return observe(`
version: 1
name: limits
run: { duration: ${parts.duration ?? '10s'}, warmup: 0s, bucket: 1s }
traffic: { clients: { ${parts.traffic ?? one}, mix: { front.go: 100% } } }
policies: ${parts.policies ?? '{}'}
services: { ${parts.services} }
faults: ${parts.faults ?? '[]'}
`)
}

/** Start, end and cause of every request in ms. */
const ends = ({ requests }: ObservedRun): [number, number, string][] =>
  requests.map(({ startMs, endMs, cause }) => [startMs, endMs, cause])

describe('call timeout', () => {
  test('ends all tries, and no pause is begun that would outlast it', () => {
    const policy =
      '{ p: { timeout: 300ms, call_timeout: 1s, retry: { attempts: 9, backoff: { kind: fixed, initial: 100ms } } } }'
    const observed = run({ policies: policy, services: `${FRONT}, ${SLOW_BACK}` })
    // Tries at 2000, 2400 and 2800; the third has 200 ms left.
    expect(ends(observed)).toEqual([[2000, 3000, 'timeout']])
    expect(observed.endpoint('back.go').arrivals).toBe(3)
    expect(observed.requests[0]!.partsMs.retry).toBe(1000)
    expect(observed.total('p', 'timeouts')).toBe(3)
    expect([1, 2, 3].map((n) => observed.total('p', `retries_${n}`))).toEqual([1, 1, 0])
  })

  test('a deadline that is handed on ends the calls of the called side too', () => {
    const observed = run({
      policies:
        '{ p: { timeout: 200ms, propagate: true }, q: { propagate: true, retry: { attempts: 5, backoff: none } } }',
      services: `${FRONT}, back: { endpoints: { go: { steps: [ { call: { endpoint: deep.go, policy: q } } ] } } }, deep: { endpoints: { go: { steps: [ { delay: 1s } ] } } }`,
    })
    expect(ends(observed)).toEqual([[2000, 2200, 'timeout']])
    expect(observed.endpoint('deep.go')).toMatchObject({ arrivals: 1, causes: { timeout: 1 } })
    expect(observed.total('q', 'timeouts')).toBe(1)
  })

  test('who is next and too late is dropped unserved where the queue says so', () => {
    const services = (expired: string): string =>
      `${FRONT}, back: { workers: { count: 1, queue: { expired: ${expired} } }, endpoints: { go: { steps: [ { delay: 300ms } ] } } }`
    const traffic =
      'rate: { steps: [ { for: 1s, rate: 0/s }, { for: 1s, rate: 1/s }, { for: 1h, rate: 0/s } ] }, arrivals: deterministic, batch: 3'
    const policies = '{ p: { timeout: 350ms, propagate: true } }'
    const dropping = run({ policies, traffic, services: services('drop') })
    // The second has its turn at 2300 and is given up at 2350; when it is done at 2600 the third is too late.
    expect(dropping.endpoint('back.go')).toMatchObject({ completed: 1, failed: 2, wasted: 1 })
    expect(dropping.stationTotal('back', 'workers', 'abandoned')).toBe(1)
    expect(dropping.stationTotal('back', 'workers', 'busyArea') / 1e6).toBe(600)
    const serving = run({ policies, traffic, services: services('serve') })
    expect(serving.stationTotal('back', 'workers', 'busyArea') / 1e6).toBe(900)
  })
})

describe('hedge', () => {
  test('a second try goes out after the delay, and the first answer is taken', () => {
    const services = `${FRONT}, back: { replicas: 2, cpu: { cores: 1, scheduling: fifo }, endpoints: { go: { steps: [ { cpu: 100ms } ] } } }`
    const faults = '[ { at: 1900ms, for: 1s, slow: "back.instance[0]", by: 10x } ]'
    const observed = run({ policies: '{ p: { hedge: { after: 150ms }, cancel: true } }', services, faults })
    expect(ends(observed)).toEqual([[2000, 2250, 'none']])
    expect(observed.total('p', 'hedges')).toBe(1)
    expect(observed.total('p', 'wasted')).toBe(1)
    expect(observed.total('p', 'succeeded')).toBe(1)
    expect(observed.requests[0]!.partsMs).toMatchObject({ retry: 0, queue: 0 })
  })

  test('a try that fails is followed by the next at once; when all have failed the call fails', () => {
    const services = `${FRONT}, back: { endpoints: { go: { steps: [ { delay: 10ms }, { fail: 100% } ] } } }`
    const observed = run({ policies: '{ p: { hedge: { after: 1s, attempts: 3 } } }', services })
    expect(ends(observed)).toEqual([[2000, 2030, 'failed']])
    expect(observed.endpoint('back.go').arrivals).toBe(3)
  })

  test('after a quantile: not before it is known, and rarely then', () => {
    const services = `${FRONT}, back: { endpoints: { go: { steps: [ { delay: exponential(10ms) } ] } } }`
    const observed = run({ policies: '{ p: { hedge: { after: p95 } } }', services, traffic: 'rate: 500/s' })
    const share = observed.total('p', 'hedges') / observed.total('p', 'calls')
    expect(share).toBeGreaterThan(0.035)
    expect(share).toBeLessThan(0.065)
  })

  test('stays within its budget', () => {
    const services = `${FRONT}, ${SLOW_BACK}`
    const policies = '{ p: { hedge: { after: 1ms, budget: { ratio: 20%, start: 0 } } } }'
    const observed = run({ policies, services, traffic: 'rate: 100/s, arrivals: deterministic' })
    const calls = observed.total('p', 'calls')
    expect(observed.total('p', 'hedges')).toBe(Math.floor(calls / 5))
    expect(observed.total('p', 'no_budget')).toBeGreaterThan(0)
  })
})

describe('retry budget', () => {
  test.each([
    ['10%', 0.1],
    ['{ kind: ratio, ratio: 30%, start: 0 }', 0.3],
  ])('%s: retries are that share of the calls in the long run', (budget, share) => {
    const observed = run({
      policies: `{ p: { retry: { attempts: 3, backoff: none, budget: ${budget} } } }`,
      services: `${FRONT}, back: { endpoints: { go: { steps: [ { fail: 100% } ] } } }`,
      traffic: 'rate: 1000/s, arrivals: deterministic',
    })
    expect(observed.total('p', 'tries') / observed.total('p', 'calls')).toBeCloseTo(1 + share, 2)
    expect(observed.values('p', 'budget_used').at(-1)).toBeGreaterThan(0.9)
  })

  test.each(['grpc', 'envoy', 'aws'])('%s: hardly any retries where everything fails', (budget) => {
    const observed = run({
      policies: `{ p: { retry: { attempts: 3, backoff: none, budget: ${budget} } } }`,
      services: `${FRONT}, back: { endpoints: { go: { steps: [ { delay: 10ms }, { fail: 100% } ] } } }`,
      traffic: 'rate: 1000/s, arrivals: deterministic',
    })
    expect(observed.total('p', 'tries') / observed.total('p', 'calls')).toBeLessThan(1.5)
  })
})

describe('rate limit', () => {
  const services = `${FRONT}, back: { endpoints: { go: { steps: [ { delay: 1ms } ] } } }`
  const traffic = 'rate: 100/s, arrivals: deterministic'

  test.each([
    ['{ rate: 20/s, burst: 5 }', 'token_bucket', 5 + 200 - 1],
    ['{ rate: 20/s, places: 0 }', 'leaky_bucket', 200],
    ['{ calls: 20 }', 'fixed_window', 200],
    ['{ calls: 20 }', 'sliding_log', 200],
  ])('%s as %s lets through what it may', (parameters, kind, expected) => {
    const limit = parameters.replace('{', `{ kind: ${kind},`)
    const observed = run({ policies: `{ p: { limit: ${limit} } }`, services, traffic })
    const { completed, causes } = observed.endpoint('client')
    expect(Math.abs(completed - expected)).toBeLessThanOrEqual(1)
    expect(causes).toEqual({ rate_limited: observed.total('p', 'limited') })
  })

  test('a call that may wait waits for its turn, as part of its queueing', () => {
    const policies = '{ p: { limit: { kind: token_bucket, rate: 10/s, burst: 1, wait: 250ms } } }'
    const batch =
      'rate: { steps: [ { for: 1s, rate: 0/s }, { for: 1s, rate: 1/s }, { for: 1h, rate: 0/s } ] }, arrivals: deterministic, batch: 4'
    const observed = run({ policies, services, traffic: batch })
    expect(ends(observed)).toEqual([
      [2000, 2001, 'none'],
      [2000, 2101, 'none'],
      [2000, 2201, 'none'],
      [2000, 2000, 'rate_limited'],
    ])
    expect(observed.requests.map(({ partsMs }) => partsMs.queue)).toEqual([0, 100, 200, 0])
  })
})

describe('bulkhead', () => {
  const services = `${FRONT}, back: { endpoints: { go: { steps: [ { delay: 100ms } ] } } }`
  const batch =
    'rate: { steps: [ { for: 1s, rate: 0/s }, { for: 1s, rate: 1/s }, { for: 1h, rate: 0/s } ] }, arrivals: deterministic, batch: 5'

  test('so many at a time, so many waiting, the others refused', () => {
    const observed = run({
      policies: '{ p: { bulkhead: { calls: 1, queue: 2, wait: 150ms } } }',
      services,
      traffic: batch,
    })
    expect(ends(observed)).toEqual([
      [2000, 2100, 'none'],
      [2000, 2200, 'none'],
      [2000, 2150, 'bulkhead_full'],
      [2000, 2000, 'bulkhead_full'],
      [2000, 2000, 'bulkhead_full'],
    ])
    expect(observed.requests.map(({ partsMs }) => partsMs.queue)).toEqual([0, 100, 150, 0, 0])
    expect(observed.total('p', 'bulkhead_full')).toBe(3)
    expect(observed.stationTotal('p', 'bulkhead', 'busyArea') / 1e6).toBe(200)
  })

  test('a caller that gives up while it waits leaves the line, and its place in service is given on', () => {
    const policies = '{ p: { timeout: 130ms, bulkhead: { calls: 1, queue: 5 } } }'
    const observed = run({ policies, services, traffic: batch })
    // The second is let in at 2100 and given up at 2130, when the others are, too.
    expect(ends(observed).map(([, endMs, cause]) => [endMs, cause])).toEqual([
      [2100, 'none'],
      ...[2, 3, 4, 5].map(() => [2130, 'timeout']),
    ])
    expect(observed.station('p', 'bulkhead').columns.endQueued.at(-1)).toBe(0)
    expect(observed.station('p', 'bulkhead').columns.endBusy.at(-1)).toBe(0)
  })

  test('a caller that dies while it waits gives everything back', () => {
    const policies =
      '{ p: { bulkhead: { calls: 1, queue: 5 }, limit: { kind: token_bucket, rate: 1000/s, burst: 100 } } }'
    const observed = run({ policies, services, traffic: batch, faults: '[ { at: 2050ms, kill: front } ]' })
    expect(ends(observed).map(([, , cause]) => cause)).toEqual([1, 2, 3, 4, 5].map(() => 'instance_killed'))
    expect(observed.station('p', 'bulkhead').columns.endBusy.at(-1)).toBe(0)
    expect(observed.station('p', 'bulkhead').columns.endQueued.at(-1)).toBe(0)
  })

  test.each(['aimd', 'gradient', 'envoy_gradient'])(
    '%s finds a limit that keeps a slow server short of work',
    (kind) => {
      const slow = `${FRONT}, back: { cpu: { cores: 4, scheduling: fifo }, endpoints: { go: { steps: [ { cpu: exponential(10ms) } ] } } }`
      const calls = `{ kind: ${kind}, min: 3, max: 500, initial: 20${kind === 'aimd' ? ', slow: 100ms' : ''} }`
      const observed = run({
        policies: `{ p: { bulkhead: { calls: ${calls} } } }`,
        services: slow,
        traffic: 'rate: 600/s',
        duration: '60s',
      })
      const allowed = observed.values('p', 'calls_allowed').slice(20)
      expect(Math.max(...allowed)).toBeLessThan(300)
      expect(Math.min(...allowed)).toBeGreaterThanOrEqual(3)
      // It is busy nearly all the time, and what it is too much is refused.
      expect(observed.endpoint('client').completed / 60).toBeGreaterThan(250)
    },
  )
})

describe('a queue that sheds', () => {
  test('codel ends a standing queue that a burst left behind', () => {
    const queue = (shed: string): string =>
      `front: { workers: { count: 1, queue: { ${shed} } }, endpoints: { go: { steps: [ { delay: 10ms } ] } } }`
    const traffic = 'rate: 99/s, arrivals: deterministic, batch: 2'
    const plain = run({ services: queue(''), traffic })
    const shedding = run({ services: queue('shed: codel'), traffic })
    const longest = ({ requests }: ObservedRun): number =>
      Math.max(
        ...requests
          .filter(({ cause, endMs }) => cause === 'none' && endMs > 0)
          .map(({ startMs, endMs }) => endMs - startMs),
      )
    expect(longest(shedding)).toBeLessThan(longest(plain) / 4)
    expect(shedding.endpoint('client').causes['shed']).toBeGreaterThan(100)
  })

  test('workers that adapt let only as many work as pays', () => {
    const workers = 'workers: { count: 200, adapt: { kind: gradient, min: 1 }, queue: { capacity: 0 } }'
    const services = `front: { ${workers}, cpu: { cores: 2, scheduling: fifo }, endpoints: { go: { steps: [ { cpu: exponential(10ms) } ] } } }`
    const observed = run({ services, traffic: 'rate: 400/s', duration: '30s' })
    const { completed, causes } = observed.endpoint('client')
    expect(completed / 30).toBeGreaterThan(150)
    expect(causes['rejected']).toBeGreaterThan(1000)
    const waits = observed.requests.slice(-2000).filter(({ cause, endMs }) => cause === 'none' && endMs > 0)
    expect(Math.max(...waits.map(({ startMs, endMs }) => endMs - startMs))).toBeLessThan(1000)
  })
})

describe('fallback', () => {
  const failing =
    'back: { endpoints: { go: { steps: [ { delay: 5ms }, { fail: { share: 100%, cause: sold_out } } ] } } }'

  test('runs when the steps fail, and the request succeeds', () => {
    const steps =
      '{ try: { steps: [ { call: back.go }, { delay: 1s } ], fallback: [ { delay: 20ms } ] } }, { delay: 1ms }'
    const observed = run({ services: `front: { endpoints: { go: { steps: [ ${steps} ] } } }, ${failing}` })
    expect(ends(observed)).toEqual([[2000, 2026, 'none']])
  })

  test('does not run when they succeed, nor for other causes', () => {
    const well = '{ try: { steps: [ { delay: 10ms } ], fallback: [ { delay: 1s } ] } }'
    expect(ends(run({ services: `front: { endpoints: { go: { steps: [ ${well} ] } } }` }))).toEqual([
      [2000, 2010, 'none'],
    ])
    const other = '{ try: { steps: [ { call: back.go } ], fallback: [ { delay: 1s } ], on: [ timeout ] } }'
    const observed = run({ services: `front: { endpoints: { go: { steps: [ ${other} ] } } }, ${failing}` })
    expect(ends(observed)).toEqual([[2000, 2005, 'sold_out']])
  })
})

describe('quorum', () => {
  const quorum = (need: number, cancel = false): string =>
    `front: { workers: 1, endpoints: { go: { steps: [ { quorum: { need: ${need}, cancel: ${cancel}, branches: [ [ { call: a.go } ], [ { call: b.go } ], [ { call: c.go } ] ] } } ] } } },
     a: { endpoints: { go: { steps: [ { delay: 10ms } ] } } },
     b: { endpoints: { go: { steps: [ { delay: 20ms }, { fail: 100% } ] } } },
     c: { workers: 1, endpoints: { go: { steps: [ { delay: 30ms } ] } } }`

  test.each([
    [1, 2010, 'none'],
    [2, 2030, 'none'],
    [3, 2020, 'failed'],
  ])('%i of three, one of which fails', (need, endMs, cause) => {
    expect(ends(run({ services: quorum(need) }))).toEqual([[2000, endMs, cause]])
  })

  test('what is not needed any more goes on for nobody, or is stopped', () => {
    expect(run({ services: quorum(1) }).endpoint('c.go')).toMatchObject({ completed: 1 })
    expect(run({ services: quorum(1, true) }).endpoint('c.go')).toMatchObject({ failed: 1, causes: { cancelled: 1 } })
  })

  test('a caller that dies leaves nothing behind', () => {
    const observed = run({ services: quorum(2), faults: '[ { at: 2005ms, kill: front } ]' })
    expect(ends(observed)).toEqual([[2000, 2005, 'instance_killed']])
  })
})

describe('what is refused', () => {
  const services = 'front: { endpoints: { go: { steps: [ { cpu: 1ms } ] } } }'

  test.each([
    ['{ retry: { attempts: 2 }, hedge: { after: 1ms } }', /hedge: a call is either retried or hedged/u],
    ['{ timeout: 1s, hedge: { after: 1ms } }', /timeout: tries of a hedged call have no time of their own/u],
    ['{ timeout: 1s, call_timeout: 500ms }', /timeout: one try may take as long as the whole call/u],
    ['{ limit: { kind: token_bucket, rate: 0/s } }', /limit\.rate/u],
    ['{ limit: { kind: leaky } }', /limit\.kind/u],
    ['{ breaker: { kind: opossum, trials: 3 } }', /breaker\.trials: unknown key/u],
    ['{ breaker: { kind: cockatiel_count, calls: 5, minimum_calls: 10 } }', /it never opens/u],
    ['{ retry: { attempts: 2, budget: { ratio: 150% } } }', /budget\.ratio/u],
    ['{ retry: { attempts: 2, budget: { start: 50, max: 10 } } }', /budget\.start: it starts with 50 retries/u],
    ['{ bulkhead: { calls: { kind: gradient, min: 10, max: 5 } } }', /the limit cannot be at least 10 and at most 5/u],
    ['{ hedge: { after: p97 } }', /hedge\.after/u],
  ])('%s', (policy, complaint) => {
    expect(() => run({ policies: `{ p: ${policy} }`, services })).toThrow(complaint)
  })

  test('a quorum of more branches than there are', () => {
    const steps = '[ { quorum: { need: 2, branches: [ [ { delay: 1ms } ] ] } } ]'
    expect(() => run({ services: `front: { endpoints: { go: { steps: ${steps} } } }` })).toThrow(
      /2 of 1 branches can never succeed/u,
    )
  })
})
