// Whole runs of traffic: users that come and go, journeys, batches, clients that are refused at once, and the bound in flight.
import { describe, expect, test } from 'vitest'
import { isOverloaded } from '../../../sim-core/analysis/overload.ts'
import { observe } from './observed-run.ts'

function scenario(clients: string, services: string, run = 'duration: 1s, bucket: 100ms'): string {
  return `
version: 1
name: clients
run: { ${run}, warmup: 0s }
traffic: { clients: { ${clients} } }
services: ${services}
`
}

const TEN_MS = '{ front: { endpoints: { go: { steps: [ { delay: 10ms } ] }, other: { steps: [ { delay: 25ms } ] } } } }'

describe('closed users', () => {
  test('each waits for its answer, thinks, and asks again', () => {
    const run = observe(scenario('users: 1, think: 90ms, mix: { front.go: 100% }', TEN_MS))
    expect(run.requests.map(({ startMs }) => startMs)).toEqual([90, 190, 290, 390, 490, 590, 690, 790, 890, 990])
    expect(run.endpoint('client')).toMatchObject({ arrivals: 10, completed: 10 })
  })

  test('as many are in the system as the profile says, up and down', () => {
    const profile =
      '{ steps: [ { for: 200ms, users: 2 }, { for: 300ms, users: 5 }, { for: 200ms, users: 1 }, { for: 1h, users: 0 } ] }'
    const run = observe(scenario(`users: ${profile}, mix: { front.go: 100% }`, TEN_MS))
    const inFlight = run.result.endpoints.at(-1)!.columns.inFlightArea
    // No think time: every user is always in flight; leaving takes up to one answer.
    expect([...inFlight].map((area) => area / 100e6)).toEqual([2, 2, 5, 5, 5, 1.4, 1, 0.1, 0, 0])
    expect(run.endpoint('client').arrivals).toBe(run.endpoint('client').completed)
  })

  test('Little: users = throughput x (response + think)', () => {
    const run = observe(
      scenario(
        'users: 20, think: exponential(50ms), mix: { front.go: 50%, front.other: 50% }',
        TEN_MS,
        'duration: 100s, bucket: 1s',
      ),
    )
    const client = run.result.endpoints.at(-1)!
    const completed = run.endpoint('client').completed
    const responseMs = client.columns.latencySumNs.reduce((sum, value) => sum + value, 0) / completed / 1e6
    expect(responseMs).toBeCloseTo(17.5, 0)
    expect(((completed / 100e3) * (responseMs + 50)) / 20).toBeCloseTo(1, 1)
  })

  test('users that are refused at once do not stop the clock', () => {
    const run = observe(`${scenario('users: 3, mix: { front.go: 100% }', TEN_MS)}
faults: [ { at: 505ms, kill: front }, { at: 605ms, restore: front } ]
`)
    // Refused at once, each asks again a millisecond later.
    expect(run.endpoint('client').causes).toEqual({ instance_killed: 3, no_healthy_instance: 3 * 100 })
    expect(run.endpoint('front.go').completed).toBe(3 * 50 + 3 * 39)
  })

  test('a user whose requests take no time at all does not stop the clock either', () => {
    const run = observe(
      scenario(
        'users: 1, think: 0ms, mix: { front.go: 100% }',
        '{ front: { endpoints: { go: { steps: [ { delay: 0ms } ] } } } }',
      ),
    )
    expect(run.endpoint('client').completed).toBe(1001)
  })
})

describe('journeys', () => {
  test('one request after the other, with a pause in between but not before', () => {
    const run = observe(
      scenario(
        'rate: 1/s, arrivals: { interarrival: 400ms }, journey: [ go, other, go ], think: 50ms'.replace(
          'rate: 1/s, ',
          '',
        ),
        TEN_MS,
      ),
    )
    expect(run.requests.map(({ endpoint, startMs, endMs }) => [endpoint, startMs, endMs])).toEqual([
      ['front.go', 400, 410],
      ['front.other', 460, 485],
      ['front.go', 535, 545],
      ['front.go', 800, 810],
      ['front.other', 860, 885],
      ['front.go', 935, 945],
    ])
  })

  test('a Markov journey visits as often as its chain says', () => {
    const run = observe(
      scenario(
        'rate: 200/s, journey: { start: go, next: { go: { other: 50%, go: 25% }, other: { go: 20% } } }',
        TEN_MS,
        'duration: 50s, bucket: 1s',
      ),
    )
    // Visits: g = 1 + 0.25 g + 0.2 o, o = 0.5 g; so g = 1 / 0.65.
    expect(run.endpoint('front.go').arrivals / 10_000).toBeCloseTo(1 / 0.65, 1)
    expect(run.endpoint('front.other').arrivals / 10_000).toBeCloseTo(0.5 / 0.65, 1)
  })

  test('users repeat their journey for ever', () => {
    const run = observe(scenario('users: 1, think: 15ms, journey: [ go, other ]', TEN_MS))
    // 15 + 10 + 15 + 25 = 65 ms a round.
    expect(run.requests.map(({ endpoint, startMs }) => [endpoint, startMs]).slice(0, 4)).toEqual([
      ['front.go', 15],
      ['front.other', 40],
      ['front.go', 80],
      ['front.other', 105],
    ])
    expect(run.requests).toHaveLength(31)
  })
})

describe('batches', () => {
  test('as many requests at one instant as drawn', () => {
    const run = observe(scenario('arrivals: { interarrival: 300ms }, batch: 4, mix: { go: 100% }', TEN_MS))
    expect(run.requests.map(({ startMs }) => startMs)).toEqual([
      300, 300, 300, 300, 600, 600, 600, 600, 900, 900, 900, 900,
    ])
  })

  test('at least one, whatever is drawn', () => {
    const run = observe(scenario('arrivals: { interarrival: 300ms }, batch: 0.2, mix: { go: 100% }', TEN_MS))
    expect(run.requests).toHaveLength(3)
  })
})

describe('the bound on requests in flight', () => {
  const limits = 'duration: 10s, bucket: 1s, limits: { in_flight: 50 }'

  test('reached, requests fail with a cause of their own, are counted, and the run ends normally', () => {
    const services = '{ front: { workers: 1, endpoints: { go: { steps: [ { cpu: 100ms } ] } } } }'
    const run = observe(scenario('arrivals: { interarrival: 10ms }, mix: { go: 100% }', services, limits))
    expect(run.result.partial).toBe(false)
    expect(run.result.inFlightPeak).toBe(50)
    const client = run.endpoint('client')
    expect(client.arrivals).toBe(999)
    expect(client.causes).toEqual({ in_flight_limit: 999 - 50 - client.completed })
    expect(isOverloaded(run.plan, [{ replication: run.result, from: 0, to: 10 }])).toBe(true)
    // Refused clients never arrived at the endpoint.
    expect(run.endpoint('front.go').arrivals).toBe(50 + client.completed)
  })

  test('calls that find no room fail their callers, and give back what those hold', () => {
    const services = `{ front: { workers: 100, endpoints: { go: { steps: [ { parallel: [ [ { call: back.go } ], [ { call: back.go } ], [ { delay: 1ms } ] ] } ] } } },
      back: { endpoints: { go: { steps: [ { delay: 200ms } ] } } } }`
    const run = observe(scenario('arrivals: { interarrival: 5ms }, mix: { front.go: 100% }', services, limits))
    const { arrivals, completed, failed, causes } = run.endpoint('client')
    expect(causes).toEqual({ in_flight_limit: failed })
    expect(completed).toBeGreaterThan(0)
    expect(arrivals - completed - failed).toBeLessThan(50)
    expect(run.result.inFlightPeak).toBe(50)
    // Fronts in flight hold a worker each, failed ones do not.
    expect(run.station('front', 'workers').columns.endBusy.at(-1)).toBe(arrivals - completed - failed)
  })

  test('a bound on events ends a run early, and it says so', () => {
    const run = observe(
      scenario(
        'arrivals: { interarrival: 10ms }, mix: { go: 100% }',
        TEN_MS,
        'duration: 10s, bucket: 1s, limits: { events: 100 }',
      ),
    )
    expect(run.result).toMatchObject({ partial: true, events: 100 })
  })
})
