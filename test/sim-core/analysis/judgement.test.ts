// What a study says of its scenario: objectives, verdict, overload, headroom, and the sentence that sums them up.
import { describe, expect, it } from 'vitest'
import { headroomOf } from '../../../sim-core/analysis/headroom.ts'
import { judge, verdictOf } from '../../../sim-core/analysis/objectives.ts'
import { isOverloaded } from '../../../sim-core/analysis/overload.ts'
import type { EndpointSummary, Estimate, ObjectiveResult } from '../../../sim-core/analysis/study-result.ts'
import { reached } from '../../../sim-core/analysis/summarise.ts'
import { verdictReason } from '../../../sim-core/analysis/verdict-reason.ts'
import type { Plan } from '../../../sim-core/model/plan.ts'
import { planOf, replicate } from '../../support/study.ts'
import { madeUp, resultOf, studyOfText } from './study-fixture.ts'

const NONE: Estimate = { mean: null, low: null, high: null }
const exact = (mean: number): Estimate => ({ mean, low: null, high: null })
const between = (low: number, high: number): Estimate => ({ mean: (low + high) / 2, low, high })

/** Figures of an endpoint of which only some matter. */
function figures({ p95 = NONE, errors = exact(0), rps = exact(1), failed = 0 }): Omit<EndpointSummary, 'slo'> {
  return {
    arrivals: 1,
    completed: 1,
    failed,
    errors: {},
    wasted: 0,
    error_ratio: errors,
    throughput_rps: rps,
    in_flight: NONE,
    latency_ms: { mean: p95, p50: p95, p90: p95, p95, p99: p95, p99_9: p95 },
    time_ms: { queue: 0, service: 0, network: 0, retry: 0, lock: 0 },
  }
}

function judged(metric: string, target: number, clients: Omit<EndpointSummary, 'slo'>): boolean | null {
  const plan = { objectives: [{ metric, endpoint: -1, target }], endpoints: [] } as unknown as Plan
  return judge(plan, [], clients)[0]!.pass
}

describe('an objective', () => {
  const p95 = (estimate: Estimate): boolean | null => judged('p95', 100e6, figures({ p95: estimate }))

  it('of latency holds at its target, and is missed beyond', () => {
    expect(p95(exact(100))).toBe(true)
    expect(p95(exact(100.001))).toBe(false)
  })

  it('is decided by an interval that lies on one side, its end on the target included', () => {
    expect(p95(between(80, 100))).toBe(true)
    expect(p95(between(80, 100.1))).toBeNull()
    expect(p95(between(99.9, 120))).toBeNull()
    expect(p95(between(100, 120))).toBeNull()
    expect(p95(between(100.1, 120))).toBe(false)
  })

  it('of availability and throughput is the other way round', () => {
    expect(judged('availability', 0.99, figures({ errors: between(0, 0.01) }))).toBe(true)
    expect(judged('availability', 0.99, figures({ errors: between(0.005, 0.02) }))).toBeNull()
    expect(judged('availability', 0.99, figures({ errors: between(0.02, 0.03) }))).toBe(false)
    expect(judged('throughput', 900, figures({ rps: between(900, 950) }))).toBe(true)
    expect(judged('throughput', 900, figures({ rps: between(850, 899) }))).toBe(false)
    expect(judged('errors', 0.01, figures({ errors: between(0, 0.01) }))).toBe(true)
  })

  it('cannot be told without a request, and is missed when all of them failed', () => {
    expect(judged('p95', 100e6, figures({}))).toBeNull()
    expect(judged('p95', 100e6, figures({ failed: 10, errors: exact(1) }))).toBe(false)
  })
})

describe('the verdict', () => {
  const objective = (pass: boolean | null): ObjectiveResult => {
    return { id: 'p95', metric: 'p95', endpoint: null, target: 1, value: 1, low: 1, high: 1, pass }
  }

  it.each([
    { passes: [true, false, null], overloaded: true, precise: false, verdict: 'overloaded' },
    { passes: [true, false, null], overloaded: false, precise: false, verdict: 'fail' },
    { passes: [true, null], overloaded: false, precise: true, verdict: 'not_converged' },
    { passes: [true, true], overloaded: false, precise: false, verdict: 'not_converged' },
    { passes: [true, true], overloaded: false, precise: true, verdict: 'pass' },
    { passes: [], overloaded: false, precise: true, verdict: 'pass' },
  ])('of $passes, overloaded $overloaded, precise $precise is $verdict', ({ passes, overloaded, precise, verdict }) => {
    expect(verdictOf(passes.map(objective), overloaded, precise)).toBe(verdict)
  })

  it('says why in a sentence', () => {
    const facts = { headroom: 1.5, bottleneck: undefined, precise: true, whole: true }
    const reason = (verdict: 'pass' | 'fail' | 'not_converged', objectives: ObjectiveResult[]): string =>
      verdictReason({ ...facts, verdict, objectives })
    expect(reason('pass', [objective(true)])).toBe('The objective holds, headroom 1.50x.')
    expect(reason('fail', [objective(false), objective(true)])).toBe('Misses p95, headroom 1.50x.')
    expect(reason('not_converged', [objective(null)])).toContain('the interval includes the target')
    expect(reason('not_converged', [{ ...objective(null), value: null }])).toContain('no such request was measured')
    const cutShort = verdictReason({ ...facts, whole: false, verdict: 'not_converged', objectives: [objective(true)] })
    expect(cutShort).toContain('before the end')
  })

  it('never passes a run that was cut short', () => {
    const plan = planOf(`version: 1
name: cut short
run: { duration: 10s, warmup: 0s, replications: 1, limits: { events: 500 } }
traffic: { t: { rate: 100/s, mix: { g: 100% } } }
services: { s: { endpoints: { g: { steps: [{ cpu: 1ms }] } } } }
objectives: { p95: 1s }
`)
    const cut = resultOf(plan, [replicate(plan, 1, 0)])
    expect(cut.partial).toBe(true)
    expect(cut.verdict).toBe('not_converged')
  })
})

describe('a precision', () => {
  const clients = figures({ p95: between(95, 105) })
  const errors = (low: number, high: number): ObjectiveResult => {
    return {
      id: 'errors',
      metric: 'errors',
      endpoint: null,
      target: 0.01,
      value: (low + high) / 2,
      low,
      high,
      pass: true,
    }
  }

  it('is reached when the half-width is as narrow as asked, relative to the mean', () => {
    expect(reached(0.05, clients, [])).toBe(true)
    expect(reached(0.049, clients, [])).toBe(false)
    expect(reached(0.05, figures({ p95: exact(100) }), [])).toBe(false)
    expect(reached(0.05, figures({}), [])).toBe(false)
  })

  it('of errors far below their target counts on the scale of the target', () => {
    expect(reached(0.05, clients, [errors(0, 0.0009)])).toBe(true)
    expect(reached(0.05, clients, [errors(0.005, 0.007)])).toBe(false)
  })
})

describe('overload', () => {
  const queue = (rho: number, requests: number, more = '') => `version: 1
name: one server
run: { duration: ${requests / rho}ms, warmup: 0s, limits: { in_flight: 65536 } }
traffic: { customers: { rate: ${rho * 1000}/s, mix: { serve: 100% } } }
services: { server: { cpu: { cores: 1, scheduling: fifo }, endpoints: { serve: { steps: [cpu: exponential(1ms)] } } } }
${more}`
  const verdictFor = (text: string, replications: number, seed = 1): string =>
    studyOfText(text, { replications, seed }).verdict

  it.each([1, 2, 5])('of 5 % and of 2 % too much is seen, with %i replications', (replications) => {
    expect(verdictFor(queue(1.05, 100_000), replications)).toBe('overloaded')
    expect(verdictFor(queue(1.02, 400_000), replications)).toBe('overloaded')
  })

  it('is not seen where there is none, however few the requests', () => {
    const plan = planOf(queue(0.95, 2_000))
    const alarms = Array.from({ length: 200 }, (_, seed) => {
      const runs = Array.from({ length: 2 }, (__, replication) => replicate(plan, seed, replication))
      return isOverloaded(
        plan,
        runs.map((replication) => ({ replication, from: 0, to: replication.bucketEndsNs.length })),
      )
    })
    expect(alarms.filter(Boolean).length).toBeLessThanOrEqual(1)
  }, 60_000)

  it('is not seen in bursts, in long delays or while a load rises', () => {
    const steps = (step: string, rate: string) => `version: 1
name: no queue to speak of
run: { duration: 60s, warmup: 0s }
traffic: { customers: { ${rate}, mix: { serve: 100% } } }
services: { server: { cpu: { cores: 8, scheduling: fifo }, endpoints: { serve: { steps: [${step}] } } } }
`
    expect(verdictFor(steps('delay: exponential(30s)', 'rate: 200/s'), 3)).toBe('pass')
    expect(verdictFor(steps('delay: 3s', 'rate: { from: 10/s, stages: [{ over: 60s, to: 500/s }] }'), 3)).toBe('pass')
    expect(verdictFor(steps('cpu: lognormal(mean 9ms, p99 80ms)', 'rate: 70/s, batch: 10'), 3)).toBe('pass')
  })

  it('is seen behind timeouts, which keep clients from waiting while the work piles up', () => {
    const text = queue(1.3, 60_000, 'policies: { short: { timeout: 50ms } }').replace('mix:', 'policy: short, mix:')
    const { verdict, clients } = studyOfText(text, { replications: 2 })
    expect(verdict).toBe('overloaded')
    expect(clients.in_flight.mean).toBeLessThan(100)
  })

  it('is reaching the bound on requests in flight, and is said so', () => {
    const { verdict, limits, reason } = studyOfText(queue(2, 20_000).replace('65536', '1000'), { replications: 1 })
    expect(verdict).toBe('overloaded')
    expect(limits).toEqual({ in_flight: 1000, in_flight_peak: 1000, in_flight_reached: true })
    expect(reason).toContain('does not keep up')
  })
})

describe('headroom', () => {
  const p95Missed: ObjectiveResult = {
    id: 'p95',
    metric: 'p95',
    endpoint: null,
    target: 10,
    value: 20,
    low: 19,
    high: 21,
    pass: false,
  }
  const series = (load: readonly number[], p95: readonly number[]) => ({
    bucket_s: 1,
    warmup_s: 0,
    columns: {
      end_s: load.map((_, i) => i + 1),
      'client/arrivals_rps': load,
      'client/p95_ms': p95,
      'app/cpu/utilisation': load.map((rate) => rate / 5000),
    },
  })
  const rising = Array.from({ length: 40 }, (_, i) => 100 * (i + 1))

  it('above 1 is what the busiest station leaves at the highest load', () => {
    const found = headroomOf(series(rising, rising), [], 10)
    // The peak is every bucket from nine tenths on: 3,600 to 4,000, on average 3,800 of 5,000.
    expect(found).toBeCloseTo(5000 / 3800, 2)
  })

  it('cannot be told where no station is a tenth busy: other limits come first', () => {
    const idle = series(rising, rising)
    const columns = { ...idle.columns, 'app/cpu/utilisation': rising.map((rate) => rate / 1e6) }
    expect(headroomOf({ ...idle, columns }, [], 10)).toBeNull()
  })

  it('below 1 is the load at which an objective broke, over the highest', () => {
    const latency = rising.map((load) => (load > 3000 ? 20 : 5))
    expect(headroomOf(series(rising, latency), [p95Missed], 10)).toBeCloseTo(3100 / 4000, 2)
  })

  it('does not count a single bad bucket as broken', () => {
    const latency = rising.map((load) => (load > 3000 || load === 1000 ? 20 : 5))
    expect(headroomOf(series(rising, latency), [p95Missed], 10)).toBeCloseTo(3100 / 4000, 2)
  })

  it('cannot be told when the objective never held, or broke at a load that it had carried', () => {
    expect(
      headroomOf(
        series(
          rising,
          rising.map(() => 20),
        ),
        [p95Missed],
        10,
      ),
    ).toBeNull()
    const falling = rising.toReversed()
    const broken = falling.map((load) => (load < 1500 ? 20 : 5))
    expect(headroomOf(series(falling, broken), [p95Missed], 10)).toBeNull()
    expect(
      headroomOf(
        series(
          rising.map(() => 0),
          rising,
        ),
        [p95Missed],
        10,
      ),
    ).toBeNull()
  })

  it('is found by failures too', () => {
    const withFailures = series(rising, rising)
    const columns = {
      ...withFailures.columns,
      'client/failed_rps': rising.map((load) => (load > 2000 ? 0.02 * load : 0)),
      'client/completed_rps': rising.map((load) => (load > 2000 ? 0.98 * load : load)),
    }
    const errors = { ...p95Missed, id: 'errors', metric: 'errors', target: 0.01 }
    expect(headroomOf({ ...withFailures, columns }, [errors], 10)).toBeCloseTo(2100 / 4000, 2)
  })

  it('of a simulated ramp is near the load that the server can carry', () => {
    const { verdict, headroom } = studyOfText(
      `version: 1
name: ramp
run: { duration: 200s, warmup: 0s, bucket: 2s }
traffic: { customers: { rate: { from: 200/s, stages: [{ over: 150s, to: 1400/s }, { over: 50s, to: 200/s }] }, mix: { serve: 100% } } }
services: { server: { cpu: { cores: 1, scheduling: fifo }, endpoints: { serve: { steps: [cpu: exponential(1ms)] } } } }
objectives: { p95: 100ms }
`,
    )
    expect(verdict).toBe('fail')
    // The p95 of M/M/1 is 100 ms at 970/s; a queue that takes its time to grow shows it a little later.
    expect(headroom).toBeGreaterThan(0.65)
    expect(headroom).toBeLessThan(0.8)
  })
})

describe('studies of little', () => {
  const plan = planOf(`version: 1
name: little
run: { duration: 4s, warmup: 0s, bucket: 1s }
traffic: { customers: { rate: 1/s, mix: { app.get: 100% } } }
services: { app: { cpu: 1, endpoints: { get: { steps: [cpu: 1ms], slo: { p95: 1s } }, never: { steps: [cpu: 1ms], slo: { p95: 1s } } } } }
`)

  it('merges quantiles and never averages them', () => {
    const fast = madeUp([{ arrivals: 99, latenciesNs: Array.from({ length: 99 }, () => 1e6) }])
    const slow = madeUp([{ arrivals: 1, latenciesNs: [1e9] }])
    const { latency_ms: latency } = resultOf(planWith(plan, 1), [fast, slow]).clients
    expect(latency.p50.mean).toBeCloseTo(1, 1)
    expect(latency.p95.mean).toBeCloseTo(1, 1)
    expect(latency.p99_9.mean).toBeGreaterThan(990)
  })

  it('weighs replications by their requests', () => {
    const most = madeUp([{ arrivals: 90, latenciesNs: Array.from({ length: 90 }, () => 1e6), failed: 0 }])
    const few = madeUp([{ arrivals: 10, latenciesNs: Array.from({ length: 5 }, () => 3e6), failed: 5 }])
    const { clients } = resultOf(planWith(plan, 1), [most, few])
    expect(clients.error_ratio.mean).toBeCloseTo(0.05, 12)
    expect(clients.latency_ms.mean.mean).toBeCloseTo((90 + 15) / 95, 12)
    expect(clients.throughput_rps.mean).toBeCloseTo(47.5, 12)
  })

  it('sums up replications of different lengths', () => {
    const bucket = { arrivals: 2, latenciesNs: [1e6, 1e6] }
    const { series, clients, partial } = resultOf(planWith(plan, 1), [
      { ...madeUp([bucket]), partial: true },
      madeUp([bucket, bucket, { arrivals: 4, latenciesNs: [2e6, 2e6] }]),
    ])
    expect(partial).toBe(true)
    expect(series.columns['end_s']).toEqual([1, 2, 3])
    expect(series.columns['client/arrivals_rps']).toEqual([2, 2, 4])
    expect(series.columns['app/cpu/utilisation']).toEqual([0.5, 0.5, 0.5])
    expect(clients.arrivals).toBe(10)
    expect(clients.throughput_rps.mean).toBe(2)
  })

  it('has no figures, and no verdict, of no replication at all or of no request', () => {
    for (const replications of [[], [madeUp([{}, {}, {}])]]) {
      const result = resultOf(planWith(plan, 1), replications)
      expect(result.clients.latency_ms.p95).toEqual(NONE)
      expect(result.headroom).toBeNull()
      expect(JSON.parse(JSON.stringify(result))).toEqual(result)
    }
    expect(resultOf(plan, [replicate(plan, 1, 0)]).verdict).toBe('not_converged')
  })

  it('says of an endpoint that nobody called that nothing was measured', () => {
    const result = resultOf(plan, [replicate(plan, 1, 0), replicate(plan, 1, 1)])
    expect(result.endpoints['app.never']!.arrivals).toBe(0)
    expect(result.objectives.find(({ id }) => id === 'app.never.p95')).toMatchObject({ value: null, pass: null })
    expect(result.reason).toContain('app.never.p95')
  })

  it('fails when every request fails', () => {
    const { verdict, clients } = studyOfText(`version: 1
name: broken
run: { duration: 10s, warmup: 0s }
traffic: { customers: { rate: 50/s, mix: { get: 100% } } }
services: { app: { endpoints: { get: { steps: [fail: 100%], slo: { p95: 1s } } } } }
`)
    expect(verdict).toBe('fail')
    expect(clients.error_ratio.mean).toBe(1)
    expect(clients.latency_ms.mean).toEqual(NONE)
  })
})

/** The plan cut down to so many endpoints and no objectives, as made-up replications have them. */
function planWith(plan: Plan, endpoints: number): Plan {
  return { ...plan, endpoints: plan.endpoints.slice(0, endpoints), objectives: [] }
}
