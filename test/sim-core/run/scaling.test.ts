// Whole runs of autoscalers: start-up, draining, bounds, memory, cold caches, and instances that die meanwhile.
import { describe, expect, test } from 'vitest'
import type { ObservedRun } from './observed-run.ts'
import { observe } from './observed-run.ts'

interface Parts {
  readonly rate?: string
  readonly service: string
  readonly steps?: string
  readonly more?: string
  readonly duration?: string
}

/** 20 requests per second for a minute, 200 for three, 20 for the rest. */
const STEP = '{ steps: [ { for: 60s, rate: 20/s }, { for: 180s, rate: 200/s }, { for: 1h, rate: 20/s } ] }'

function scenario({ rate = STEP, service, steps = '[ { cpu: 10ms } ]', more = '', duration = '10m' }: Parts): string {
  return `
version: 1
name: scaling
run: { duration: ${duration}, warmup: 0s, bucket: 1s }
traffic: { clients: { rate: ${rate}, arrivals: deterministic, mix: { front.go: 100% } } }
services: { front: { ${service}, endpoints: { go: { steps: ${steps} } } } }
${more}
`
}

function expectNobodyLost(run: ObservedRun): void {
  const { failed } = run.endpoint('client')
  expect(failed).toBe(0)
}

const HPA = 'kind: hpa, min: 1, max: 8, cpu: 50%'

describe('hpa', () => {
  const service = `cpu: { cores: 1, scheduling: fifo }, autoscaler: { ${HPA}, start: 10s, downscale_stabilization: 30s, cpu_initialization: 0s, initial_readiness_delay: 0s,
    behavior: { scale_down: { stabilization_window: 30s } } }`
  const run = observe(scenario({ service }))
  const ready = run.values('front', 'replicas_ready')
  const wanted = run.values('front', 'replicas_wanted')

  test('adds replicas under a step of load, which take their time to start', () => {
    const asked = wanted.findIndex((count) => count > 1)
    const there = ready.findIndex((count) => count > 1)
    // Seconds 60 on are busy; the next look is at 75.
    expect(asked).toBe(74)
    expect(there).toBe(84)
    // 200/s of 10 ms are two cores; at half use they need four.
    expect(ready[230]).toBe(4)
  })

  test('takes them away again without losing a request', () => {
    expect(ready.at(-1)).toBe(1)
    expectNobodyLost(run)
  })

  test('takes the newest away first: the one that stays is the first', () => {
    const frozen = [1, 2, 3].map((index) => `{ at: 500s, for: 50s, freeze: "front.instance[${index}]" }`)
    const broken = observe(scenario({ service, more: `faults: [ ${frozen.join(', ')} ]` }))
    expect(broken.values('front', 'replicas_ready')[499]).toBe(1)
    const { latencySumNs, completed } = broken.result.endpoints.at(-1)!.columns
    expect(latencySumNs[530]! / completed[530]!).toBe(10e6)
  })

  test('servers are counted while they are there', () => {
    const { serverArea } = run.station('front', 'cpu').columns
    expect(serverArea[50]).toBe(1e9)
    expect(serverArea[230]).toBe(4e9)
  })

  test('never has more than its maximum, nor less than its minimum', () => {
    const busy = observe(
      scenario({
        rate: '1k/s',
        duration: '3m',
        service: `replicas: 2, cpu: { cores: 1, scheduling: fifo, capacity: 10 }, autoscaler: { kind: hpa, min: 2, max: 5, cpu: 50%, start: 1s }`,
      }),
    )
    const counts = busy.values('front', 'replicas_ready')
    expect(Math.max(...counts)).toBe(5)
    expect(Math.min(...counts)).toBe(2)
    expect(Math.max(...busy.station('front', 'cpu').columns.serverArea)).toBe(5e9)
  })

  test('sees the whole work of requests that were interrupted', () => {
    // Urgent work interrupts the rest all the time; together they use 80% of each core, and no more replicas are needed.
    const mixed = observe(`
version: 1
name: scaling
run: { duration: 5m, warmup: 0s, bucket: 1s }
traffic:
  urgent: { rate: 100/s, arrivals: deterministic, priority: 0, mix: { front.short: 100% } }
  rest: { rate: 1.5/s, arrivals: deterministic, priority: 9, mix: { front.long: 100% } }
services:
  front:
    cpu: { cores: 1, scheduling: priority_preemptive }
    autoscaler: { kind: hpa, min: 1, max: 9, cpu: 60%, start: 1s, cpu_initialization: 0s, initial_readiness_delay: 0s }
    endpoints: { short: { steps: [ { cpu: 2ms } ] }, long: { steps: [ { cpu: 400ms } ] } }
`)
    // 0.2 + 0.6 of a core at a target of 0.6 are two replicas.
    expect(mixed.values('front', 'replicas_ready').at(-1)).toBe(2)
  })
})

describe('memory', () => {
  const service = (target: string): string =>
    `memory: { size: 1GB, idle: 256MB, per_request: 64MB }, autoscaler: { kind: hpa, min: 1, max: 9, ${target}, start: 1s, initial_readiness_delay: 0s }`

  test('is used by the idle process and by each request it has not answered, and scales by that', () => {
    // 16 requests of 1 s at once: 256 MB + 16 x 64 MB = 1.25 of a GB; two replicas have 0.75 each, three 0.58.
    const run = observe(
      scenario({ rate: '16/s', service: service('memory: 60%'), steps: '[ { delay: 999ms } ]', duration: '5m' }),
    )
    expect(run.values('front', 'replicas_ready').at(-1)).toBe(3)
  })

  test.each([
    ['autoscaler: { kind: hpa, max: 9, memory: 60% }', 'the service has no memory whose use could be measured'],
    ['memory: 4GB, autoscaler: { kind: hpa, max: 9, memory: 60% }', 'the memory of the service is never used'],
  ])('a target without use is refused: %s', (text, message) => {
    expect(() => observe(scenario({ service: text }))).toThrow(message)
  })
})

describe('threshold', () => {
  test('goes up one by one between its cooldowns, and down again', () => {
    const run = observe(
      scenario({
        service: `cpu: { cores: 1, scheduling: processor_sharing }, autoscaler: { kind: threshold, min: 1, max: 4, cpu: 60%, response_time: 30ms,
          up_count: 1, down_count: 2, up_cooldown: 20s, down_cooldown: 40s, sync_period: 10s, start: 5s }`,
      }),
    )
    const wanted = run.values('front', 'replicas_wanted')
    // The look at 70 sees the load; further ones 20 s apart.
    expect([69, 89, 109].map((second) => [wanted[second - 1], wanted[second]])).toEqual([
      [1, 2],
      [2, 3],
      [3, 4],
    ])
    expect(Math.max(...wanted)).toBe(4)
    expect(wanted.at(-1)).toBe(1)
    expectNobodyLost(run)
  })
})

describe('draining', () => {
  const text = (faults: string): string =>
    scenario({
      rate: '{ steps: [ { for: 20s, rate: 10/s }, { for: 1h, rate: 0/s } ] }',
      duration: '60s',
      service:
        'replicas: 2, autoscaler: { kind: hpa, min: 1, max: 2, cpu: 50%, sync_period: 10s, behavior: { scale_down: { stabilization_window: 0s } } }',
      steps: '[ { delay: 7s } ]',
      more: `faults: ${faults}`,
    })

  test('a replica told to stop answers what it has and takes nothing new', () => {
    const run = observe(text('[]'))
    expectNobodyLost(run)
    const servers = run.station('front', 'cpu').columns.serverArea
    // Told at 10, its last request is that of 9.8.
    expect(Array.from(servers.slice(14, 19), (area) => area / 1e9)).toEqual([2, 2, 1.8, 1, 1])
  })

  test('killed meanwhile it is gone, does not come back, and is not missed', () => {
    const run = observe(text('[ { at: 12s, kill: front }, { at: 30s, restore: front } ]'))
    expect(run.values('front', 'replicas_wanted').slice(9)).toEqual(Array.from({ length: 51 }, () => 1))
    expect(run.values('front', 'replicas_ready').at(-1)).toBe(1)
    expect(
      run
        .station('front', 'cpu')
        .columns.serverArea.slice(13, 29)
        .every((area) => area === 0),
    ).toBe(true)
  })
})

describe('instances that die', () => {
  test('a scaler that wants fewer lets go of the dead ones first', () => {
    const run = observe(
      scenario({
        rate: '10/s',
        duration: '2m',
        service:
          'replicas: 4, cpu: { cores: 1, scheduling: fifo }, autoscaler: { kind: hpa, min: 2, max: 4, cpu: 50%, behavior: { scale_down: { stabilization_window: 0s } } }',
        more: 'faults: [ { at: 5s, kill: front, replicas: 2 }, { at: 60s, restore: front } ]',
      }),
    )
    const ready = run.values('front', 'replicas_ready')
    expect([ready[3], ready[10], ready[30], ready[90]]).toEqual([4, 2, 2, 2])
    expect(run.values('front', 'replicas_wanted').at(-1)).toBe(2)
  })
})

describe('caches of new replicas', () => {
  test('start cold, those that are there from the start as warm as configured', () => {
    const run = observe(`
version: 1
name: cold
run: { duration: 100s, warmup: 0s, bucket: 10s }
keys: { things: { count: 50 } }
traffic: { clients: { rate: 100/s, mix: { front.go: 100% } } }
services:
  front:
    cpu: { cores: 1, scheduling: fifo }
    autoscaler: { kind: hpa, min: 1, max: 2, cpu: 30%, sync_period: 15s, start: 5s, cpu_initialization: 0s, initial_readiness_delay: 0s }
    endpoints: { go: { steps: [ { cpu: 5ms }, { read: { cache: local, key: things, miss: { delay: 1ms } } } ] } }
caches: { local: { tiers: [ { name: process, scope: replica, capacity: 100 } ], warm: 100% } }
`)
    const misses = run.values('local', 'misses')
    // Each of the 50 keys misses once at the second replica, which starts at 15 and is ready at 20.
    expect(misses[0]! + misses[1]!).toBe(0)
    expect(misses.reduce((sum, count) => sum + count, 0)).toBe(50)
  })
})
