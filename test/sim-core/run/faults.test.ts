// Whole runs with things that break: where requests are when their instance dies, detection, overlapping faults.
import { describe, expect, test } from 'vitest'
import type { ObservedRun } from './observed-run.ts'
import { observe } from './observed-run.ts'

interface Parts {
  readonly run?: string
  readonly traffic?: string
  readonly services: string
  readonly more?: string
  readonly faults: string
}

/** Requests every 100ms from 100ms on. */
const EVERY = 'arrivals: { interarrival: 100ms }, mix: { front.go: 100% }'

function scenario({ run = '1s', traffic = EVERY, services, more = '', faults }: Parts): string {
  return `
version: 1
name: faults
run: { duration: ${run}, warmup: 0s, bucket: 100ms }
traffic: { clients: { ${traffic} } }
services: ${services}
${more}
faults: ${faults}
`
}

/** [start, end, cause] in ms of the requests that were answered, in order of arrival. */
function outcomes(run: ObservedRun): (readonly [number, number, string])[] {
  return run.requests
    .filter(({ endMs }) => !Number.isNaN(endMs))
    .map(({ startMs, endMs, cause }) => [startMs, endMs, cause])
}

/** Nobody holds or waits for anything at the end. */
function expectIdle(run: ObservedRun): void {
  for (const { component, name, columns } of run.result.stations) {
    expect([component, name, columns.endBusy.at(-1), columns.endQueued.at(-1)]).toEqual([component, name, 0, 0])
  }
}

describe('a kill fails at once whatever its requests do', () => {
  test('in service and in the line of the workers', () => {
    const run = observe(
      scenario({
        traffic: 'arrivals: { interarrival: 300ms }, batch: 3, mix: { front.go: 100% }',
        services: '{ front: { workers: 1, endpoints: { go: { steps: [ { cpu: 60ms } ] } } } }',
        faults: '[ { at: 400ms, kill: front }, { at: 450ms, restore: front } ]',
      }),
    )
    expect(outcomes(run)).toEqual([
      [300, 360, 'none'],
      [300, 400, 'instance_killed'],
      [300, 400, 'instance_killed'],
      [600, 660, 'none'],
      [600, 720, 'none'],
      [600, 780, 'none'],
      [900, 960, 'none'],
    ])
    expect(run.stationTotal('front', 'cpu', 'busyArea')).toBe((60 + 40 + 180 + 100) * 1e6)
  })

  test('on the way there and on the way back', () => {
    const run = observe(
      scenario({
        services:
          '{ front: { network: { request: 40ms, response: 50ms }, endpoints: { go: { steps: [ { cpu: 5ms } ] } } } }',
        faults:
          '[ { at: 120ms, kill: front }, { at: 121ms, restore: front }, { at: 260ms, kill: front }, { at: 261ms, restore: front } ]',
      }),
    )
    // The failure of 120 travels back; that of 260 was an answer under way.
    expect(outcomes(run).slice(0, 3)).toEqual([
      [100, 170, 'instance_killed'],
      [200, 260, 'instance_killed'],
      [300, 395, 'none'],
    ])
    expect(run.requests[0]!.partsMs).toMatchObject({ network: 70, service: 0 })
    expect(run.requests[1]!.partsMs).toMatchObject({ network: 55, service: 5 })
  })

  test('waiting for a call, in a pause between tries, and in branches', () => {
    const run = observe(
      scenario({
        services: `
  front:
    endpoints:
      go: { steps: [ { parallel: [ [ { call: back.slow } ], [ { call: { endpoint: back.failing, policy: p } } ], [ { cpu: 500ms } ] ] } ] }
  back: { endpoints: { slow: { steps: [ { delay: 95ms } ] }, failing: { steps: [ { delay: 10ms }, { fail: 100% } ] } } }`,
        more: 'policies: { p: { retry: { attempts: 3, backoff: { kind: fixed, initial: 1s } } } }',
        traffic: 'arrivals: { interarrival: 600ms }, mix: { front.go: 100% }',
        faults: '[ { at: 650ms, kill: front } ]',
      }),
    )
    expect(outcomes(run)).toEqual([[600, 650, 'instance_killed']])
    expect(run.endpoint('back.slow')).toMatchObject({
      arrivals: 1,
      failed: 1,
      wasted: 1,
      causes: { instance_killed: 1 },
    })
    expect(run.endpoint('back.failing').arrivals).toBe(1)
    expect(run.requests[0]!.partsMs.retry).toBe(0)
    expectIdle(run)
  })

  test('holding a database connection, and waiting for one', () => {
    const run = observe(
      scenario({
        traffic: 'arrivals: { interarrival: 400ms }, batch: 2, mix: { front.go: 100% }',
        services: '{ front: { endpoints: { go: { steps: [ { query: db.find } ] } } } }',
        more: 'databases: { db: { primary: { cores: 4, scheduling: fifo, pool: { max: 1 } }, classes: { find: { kind: read, demand: 50ms } } } }',
        faults: '[ { at: 420ms, kill: front }, { at: 430ms, restore: front } ]',
      }),
    )
    expect(outcomes(run)).toEqual([
      [400, 420, 'instance_killed'],
      [400, 420, 'instance_killed'],
      [800, 850, 'none'],
      [800, 900, 'none'],
    ])
    expect(run.stationTotal('db', 'primary.pool', 'busyArea')).toBe((20 + 100) * 1e6)
    expectIdle(run)
  })

  test('holding the lock of a key: the next in line on another instance computes', () => {
    const run = observe(
      scenario({
        traffic: 'arrivals: { interarrival: 400ms }, batch: 2, mix: { front.go: 100% }',
        services:
          '{ front: { replicas: 2, endpoints: { go: { steps: [ { read: { cache: shared, key: things, miss: { delay: 50ms } } } ] } } } }',
        more: `
keys: { things: { count: 1 } }
caches: { shared: { stampede: lock, tiers: [ { name: one, capacity: 10 } ] } }`,
        faults: '[ { at: 420ms, kill: front, replicas: 1 } ]',
      }),
    )
    expect(outcomes(run)).toEqual([
      [400, 420, 'instance_killed'],
      [400, 470, 'none'],
      [800, 800, 'none'],
      [800, 800, 'none'],
    ])
    expect(run.requests[1]!.partsMs).toMatchObject({ lock: 20, service: 50 })
  })

  test('only as many replicas as it says; the others go on', () => {
    const run = observe(
      scenario({
        services: '{ front: { replicas: 3, endpoints: { go: { steps: [ { delay: 250ms } ] } } } }',
        faults: '[ { at: 350ms, kill: front, replicas: 2 } ]',
      }),
    )
    expect(outcomes(run).slice(0, 4)).toEqual([
      [100, 350, 'instance_killed'],
      [200, 350, 'instance_killed'],
      [300, 550, 'none'],
      [400, 650, 'none'],
    ])
    expect(run.values('front', 'replicas_ready').slice(2, 5)).toEqual([3, 1, 1])
  })

  test('all of them: requests fail for lack of an instance until one is restored', () => {
    const run = observe(
      scenario({
        services: '{ front: { endpoints: { go: { steps: [ { delay: 10ms } ] } } } }',
        faults: '[ { at: 150ms, kill: front }, { at: 350ms, restore: front } ]',
      }),
    )
    expect(outcomes(run).slice(0, 4)).toEqual([
      [100, 110, 'none'],
      [200, 200, 'no_healthy_instance'],
      [300, 300, 'no_healthy_instance'],
      [400, 410, 'none'],
    ])
  })
})

describe('health checks', () => {
  const services = (
    timeout: string,
  ): string => `{ front: { replicas: 2, endpoints: { go: { steps: [ { delay: 1ms } ] } },
    balancer: { algorithm: round_robin, health: { interval: 100ms, timeout: ${timeout}, unhealthy: 2, healthy: 2 } } } }`
  const traffic = 'arrivals: { interarrival: 10ms }, mix: { front.go: 100% }'

  test('a dead instance gets requests until as many checks as configured have run out, and again after as many good ones', () => {
    const run = observe(
      scenario({
        traffic,
        services: services('30ms'),
        faults: '[ { at: 145ms, kill: front, replicas: 1 }, { at: 455ms, restore: front } ]',
      }),
    )
    const failed = run.requests.filter(({ cause }) => cause === 'instance_killed').map(({ startMs }) => startMs)
    // Checks at 200 and 300 fail; the second is known at 330.
    expect(failed.at(0)).toBe(150)
    expect(failed.at(-1)).toBe(310)
    expect(failed).toHaveLength(9)
    expect(run.values('front', 'replicas_ready')).toEqual([2, 1, 1, 1, 2, 2, 2, 2, 2, 2])
  })

  test('a recovered instance takes requests at the check that makes it healthy, without waiting for a timeout', () => {
    // Slow work tells the two instances apart: with one, 20 requests a second fill it; with two they do not wait.
    const run = observe(
      scenario({
        traffic: 'arrivals: { interarrival: 20ms }, mix: { front.go: 100% }',
        services: `{ front: { replicas: 2, workers: 1, endpoints: { go: { steps: [ { delay: 20ms } ] } },
          balancer: { algorithm: round_robin, health: { interval: 100ms, timeout: 90ms, unhealthy: 1, healthy: 2 } } } }`,
        faults: '[ { at: 50ms, kill: front, replicas: 1 }, { at: 250ms, restore: front } ]',
      }),
    )
    // The dead one is out at 190; restored at 250, its second good check is that of 400.
    const area = run.station('front', 'workers').columns.busyArea
    const killed = run.requests.filter(({ cause }) => cause === 'instance_killed').map(({ startMs }) => startMs)
    expect(Math.max(...killed)).toBeLessThan(190)
    expect(area[3]).toBe(100e6)
    expect(
      run.requests
        .filter(({ startMs }) => startMs >= 400)
        .every(({ endMs, startMs }) => Number.isNaN(endMs) || endMs - startMs === 20),
    ).toBe(true)
  })

  test('an instance killed and restored between two checks was never seen to be down', () => {
    const run = observe(
      scenario({
        traffic,
        services: services('30ms'),
        faults: '[ { at: 205ms, kill: front, replicas: 1 }, { at: 295ms, restore: front } ]',
      }),
    )
    const failed = run.requests.filter(({ cause }) => cause !== 'none' && cause !== undefined)
    expect(failed.every(({ startMs }) => startMs > 200 && startMs < 300)).toBe(true)
  })
})

describe('slow and frozen', () => {
  const services =
    '{ front: { cpu: { cores: 1, scheduling: fifo }, replicas: 2, endpoints: { go: { steps: [ { cpu: 20ms } ] } } } }'

  test('windows that overlap multiply, and each takes back its own part alone', () => {
    const run = observe(
      scenario({
        services,
        faults: '[ { at: 150ms, for: 400ms, slow: front, by: 2x }, { at: 250ms, for: 210ms, slow: front, by: 3x } ]',
      }),
    )
    expect(outcomes(run).slice(0, 7)).toEqual([
      [100, 120, 'none'],
      [200, 240, 'none'],
      [300, 420, 'none'],
      [400, 480, 'none'],
      [500, 540, 'none'],
      [600, 620, 'none'],
      [700, 720, 'none'],
    ])
    expect(run.timeline.map(([, text]) => text)).toEqual([
      'front works 2.00 times slower',
      'front works 6.00 times slower',
      'front works 2.00 times slower',
      'front is back to its speed',
    ])
  })

  test('one instance frozen within a slow service thaws slow', () => {
    const run = observe(
      scenario({
        services,
        faults:
          '[ { at: 150ms, for: 500ms, slow: front, by: 2x }, { at: 190ms, for: 100ms, freeze: "front.instance[1]" } ]',
      }),
    )
    // Requests alternate between instances 0 and 1.
    expect(outcomes(run).slice(0, 4)).toEqual([
      [100, 120, 'none'],
      [200, 330, 'none'],
      [300, 340, 'none'],
      [400, 440, 'none'],
    ])
  })

  test('a slow service ends while one of its instances is still slower', () => {
    const run = observe(
      scenario({
        services,
        faults:
          '[ { at: 150ms, for: 100ms, slow: front, by: 2x }, { at: 160ms, for: 300ms, slow: "front.instance[1]", by: 2x } ]',
      }),
    )
    expect(outcomes(run).slice(1, 5)).toEqual([
      [200, 265, 'none'],
      [300, 320, 'none'],
      [400, 440, 'none'],
      [500, 520, 'none'],
    ])
  })

  test('a recurring freeze comes back, and lasts as it says', () => {
    const run = observe(
      scenario({
        run: '3s',
        traffic: 'arrivals: { interarrival: 10ms }, mix: { front.go: 100% }',
        services: '{ front: { cpu: { cores: 1, scheduling: fifo }, endpoints: { go: { steps: [ { cpu: 1ms } ] } } } }',
        faults: '[ { freeze: front, every: 400ms, for: 100ms } ]',
      }),
    )
    expect(run.timeline.map(([atMs]) => atMs)).toEqual([
      400, 500, 900, 1000, 1400, 1500, 1900, 2000, 2400, 2500, 2900, 3000,
    ])
    expect(run.requests.find(({ startMs }) => startMs === 910)!.endMs).toBe(1002)
  })

  test('what is injected by hand adds to what the scenario breaks, and ends after its time', () => {
    let injected = false
    const run = observe(scenario({ services, faults: '[ { at: 150ms, for: 400ms, slow: front, by: 2x } ]' }), {
      eventsPerStep: 1,
      between: (under) => {
        if (injected || under.nowNs < 200e6) return
        injected = true
        const place = { component: 1, name: 'front', part: undefined }
        under.inject({
          place,
          action: { kind: 'speed', speed: 0 },
          timing: { kind: 'at', atNs: under.nowNs, forNs: 100e6 },
        })
      },
    })
    expect(run.plan.components[1]!.kind).toBe('service')
    expect(outcomes(run)[1]).toEqual([200, 340, 'none'])
    expect(run.timeline.map(([, text]) => text)).toEqual([
      'front works 2.00 times slower',
      'front stands still',
      'front works 2.00 times slower',
      'front is back to its speed',
    ])
  })
})
