// Runs published effects of resilience through the language and the engine: hedges, quorums, budgets, storms, limits, stalls.
import { createRun } from '../../../sim-core/run.ts'
import type { ReplicationResult } from '../../../sim-core/metrics/replication-result.ts'
import { HISTOGRAM_BUCKETS, histogramQuantileNs } from '../../../sim-core/kernel/log-histogram.ts'
import { addSlices } from '../../../sim-core/metrics/histogram-series.ts'
import { planOf, runStudy } from '../../support/study.ts'
import { stringify } from 'yaml'
import { type OracleAdapters, type OracleCase, type OracleOutcome, allOf, exactly, relatively } from '../oracle-case.ts'
import { type Figure, field, figuresOf } from '../queueing/figure.ts'
import { judgeStudies } from '../queueing/judged-study.ts'
import type { Measured } from '../queueing/measured.ts'
import { ModelUnits, meanOf } from '../queueing/model-units.ts'
import { ENDPOINT, STATION, oneStation, service } from '../queueing/one-station.ts'
import type { QueueingStudy } from '../queueing/replications.ts'
import { numberOf, numbersOf, recordOf, textOf } from './case-fields.ts'

type Params = Readonly<Record<string, unknown>>

const NS_PER_SECOND = 1e9
const NS_PER_MS = 1e6

/** Events between two looks at whether a run is over. */
const EVENTS_PER_STEP = 1_000_000

const perCent = (share: number): string => `${100 * share}%`
const seconds = (value: number): string => `${Math.round(value * NS_PER_SECOND)}ns`

/** Rate of requests that do not hinder one another, per mean of what they wait for. */
const FREE_RATE = 2

/** Quantiles by their share, of client latencies; those above `wideFrom` may be twice as far off. */
function quantileFigures(quantiles: Params, wideFrom: number): Figure[] {
  return Object.entries(quantiles).map(([share, value]) => ({
    name: `quantile ${share}`,
    expected: Number(value),
    of: { histogram: (measured: Measured) => measured.client.latencies(), share: Number(share) },
    widths: Number(share) > wideFrom ? 4 : 2,
    scale: Number(value),
  }))
}

/** A leaf's distribution as the vectors describe it, with what they leave to be computed. */
function leafOf(params: Params, name: string): { readonly leaf: Params; readonly units: ModelUnits } {
  const leaf = recordOf(params, name)
  const sigma = leaf['type'] === 'lognormal' ? { sigmaLog: Math.sqrt(Math.log(1 + Number(leaf['scv']))) } : {}
  return { leaf: { ...leaf, ...sigma }, units: new ModelUnits([meanOf(leaf)]) }
}

/** Requests whose slow ones are asked a second time. */
function hedged(testCase: OracleCase): QueueingStudy {
  const params = recordOf(testCase, 'params')
  const expected = recordOf(testCase, 'expected')
  const { leaf, units } = leafOf(params, 'latency')
  const hedge = { after: seconds((numberOf(params, 'hedgeAfter') * units.unitNs) / NS_PER_SECOND), attempts: 2 }
  const tries = (measured: Measured): number => measured.endpoint(`${STATION}.${ENDPOINT}`).arrivals
  const readings = {
    extraLoadFraction: field((measured) => tries(measured) / measured.client.arrivals - 1),
    quantiles: 'one by one',
    unhedgedQuantiles: 'those of the distribution itself, which its own tests hold',
  }
  const figures = figuresOf(expected, readings).map((figure) => ({ ...figure, widths: 4 }))
  return {
    name: '',
    sections: oneStation(
      { rate: units.rate(FREE_RATE / meanOf(leaf)), policy: 'hedged' },
      { endpoints: { [ENDPOINT]: { steps: [{ delay: units.distribution(leaf) }] } } },
      { policies: { hedged: { hedge } } },
    ),
    unitNs: units.unitNs,
    figures: [...figures, ...quantileFigures(recordOf(expected, 'quantiles'), 0.95)],
  }
}

/** Requests that go on when k of n leaves have answered. */
function quorum(testCase: OracleCase): QueueingStudy {
  const params = recordOf(testCase, 'params')
  const expected = recordOf(testCase, 'expected')
  const { leaf, units } = leafOf(params, 'leaf')
  const branches = Array.from({ length: numberOf(params, 'n') }, () => [{ delay: units.distribution(leaf) }])
  const readings = { mean: field((measured) => measured.client.latency), quantiles: 'one by one' }
  return {
    name: '',
    sections: oneStation(
      { rate: units.rate(FREE_RATE / meanOf(leaf)) },
      { endpoints: { [ENDPOINT]: { steps: [{ quorum: { need: numberOf(params, 'k'), branches } }] } } },
    ),
    unitNs: units.unitNs,
    figures: [...figuresOf(expected, readings), ...quantileFigures(recordOf(expected, 'quantiles'), 0.9)],
  }
}

/** Sum over the last `buckets` buckets, or all. */
function total(result: ReplicationResult, id: string, column: 'arrivals' | 'completed', buckets = Infinity): number {
  const values = result.endpoints.find((endpoint) => endpoint.id === id)?.columns[column] ?? []
  return [...values].slice(-Math.min(buckets, values.length)).reduce((sum, value) => sum + value, 0)
}

/** Of 200 s, those at the end in which budgets have long been in balance. */
const BALANCED_SECONDS = 150

/** Tolerance that the vectors state for budgets in balance. */
const BUDGET_WITHIN = 0.03

/** Layers that each retry calls to the next one within a budget, above a service that always fails. */
function layeredBudgets(testCase: OracleCase): OracleOutcome {
  const params = recordOf(testCase, 'params')
  const layers = numberOf(params, 'layers')
  const layer = (i: number): object => {
    const endpoint = i + 1 < layers ? `layer${i + 1}.${ENDPOINT}` : `backend.${ENDPOINT}`
    return { endpoints: { [ENDPOINT]: { steps: [{ call: { endpoint, policy: `budget${i}` } }] } } }
  }
  const budget = { kind: 'ratio', ratio: perCent(numberOf(params, 'budgetFraction')) }
  const policy = { retry: { attempts: 4, backoff: 'none', budget } }
  const indices = Array.from({ length: layers }, (_, i) => i)
  const scenario = {
    version: 1,
    name: 'layers',
    run: { duration: '200s', bucket: '1s' },
    traffic: { clients: { rate: '200/s', mix: { [`layer0.${ENDPOINT}`]: '100%' } } },
    services: {
      ...Object.fromEntries(indices.map((i) => [`layer${i}`, layer(i)])),
      backend: { endpoints: { [ENDPOINT]: { steps: [{ fail: '100%' }] } } },
    },
    policies: Object.fromEntries(indices.map((i) => [`budget${i}`, policy])),
  }
  const [result] = runStudy(stringify(scenario), 1)
  const arrivals = (id: string): number => total(result!, id, 'arrivals', BALANCED_SECONDS)
  const backendCallsPerUserRequest = arrivals(`backend.${ENDPOINT}`) / arrivals('client')
  return relatively(testCase['expected'], { backendCallsPerUserRequest }, BUDGET_WITHIN)
}

/** Seeds of a retry storm; whether it lasts must be the same under every one. */
const STORM_SEEDS = 10

/** Least share of the arrival rate that is served when a system is not stuck; how far a recovered one may be from it. */
const STUCK_SHARE = 0.01
const RECOVERED_WITHIN = 0.03

/** Clients that retry what timed out, and a server that stood still for a while: does the storm outlast its cause? */
function retryStorm(testCase: OracleCase): OracleOutcome {
  const params = recordOf(testCase, 'params')
  const expected = recordOf(testCase, 'expected')
  const [from = 0, to = 0] = numbersOf(params, 'observeWindow')
  const rate = numberOf(params, 'arrivalRate')
  const windows = runStudy(stringify(stormScenario(params, to)), STORM_SEEDS).map((result) => ({
    goodput: total(result, 'client', 'completed', to - from) / (to - from),
    attempts: total(result, `${STATION}.${ENDPOINT}`, 'arrivals', to - from) / (to - from),
  }))
  const average = (of: (window: (typeof windows)[number]) => number): number =>
    windows.reduce((sum, window) => sum + of(window), 0) / windows.length
  const isStuck = expected['stuckAfterTrigger'] === true
  const goodput = isStuck ? 0 : rate
  const goodputWithin = (isStuck ? STUCK_SHARE : RECOVERED_WITHIN) * rate
  const attemptRange = numbersOf(expected, 'attemptRateRange')
  return allOf([
    exactly(
      windows.map(() => isStuck),
      windows.map((window) => window.goodput < STUCK_SHARE * rate),
    ),
    within(
      'goodput',
      [goodput, goodput],
      average((window) => window.goodput),
      goodputWithin,
    ),
    within(
      'attempts',
      attemptRange,
      average((window) => window.attempts),
      RECOVERED_WITHIN * rate,
    ),
  ])
}

/** The numbers of a token bucket in words: +0.1 per new request, start 10, max 100. */
const BUDGET_WORDS = /\+([\d.]+) per new request.*start (\d+), max (\d+)/u

function stormScenario(params: Params, durationSeconds: number): object {
  const server = textOf(params, 'server')
  const timeout = `${numberOf(params, 'timeout')}s`
  const capacity = /queue capacity (\d+)/u.exec(server)?.[1]
  const words = BUDGET_WORDS.exec(textOf(params, 'retry'))
  const budget = words && { ratio: perCent(Number(words[1])), start: Number(words[2]), max: Number(words[3]) }
  const dropsExpired = server.includes('drops requests older than timeout')
  const queue = {
    ...(capacity === undefined ? {} : { capacity: Number(capacity) }),
    ...(dropsExpired ? { expired: 'drop' } : {}),
  }
  const retry = {
    attempts: numberOf(params, 'maxRetries') + 1,
    backoff: 'none',
    ...(budget === null ? {} : { budget }),
  }
  const outage = { at: `${numberOf(params, 'outageStart')}s`, for: `${numberOf(params, 'outageDuration')}s` }
  const source = { rate: `${numberOf(params, 'arrivalRate')}/s`, policy: 'persistent' }
  const station = service({}, `exponential(${NS_PER_SECOND / numberOf(params, 'serviceRate')}ns)`, {
    workers: { count: 1, queue },
  })
  return {
    version: 1,
    name: 'retry storm',
    run: { duration: `${durationSeconds}s`, bucket: '1s' },
    ...oneStation(source, station, {
      policies: { persistent: { timeout, retry, propagate: dropsExpired } },
      faults: [{ ...outage, freeze: STATION }],
    }),
  }
}

/** Demands that a rate lies in a range, with some tolerance around it. */
function within(name: string, range: readonly number[], got: number, tolerance: number): OracleOutcome {
  const [low = NaN, high = NaN] = range
  const error = Math.max(low - got, got - high, 0)
  return {
    pass: error <= tolerance,
    error,
    tolerance,
    expected: `${name} ${low} to ${high}`,
    got: `${name} ${got}`,
  }
}

/** One run with every request traced. */
function runTraced(scenario: object): ReplicationResult {
  const plan = planOf(stringify(scenario))
  const run = createRun({ ...plan, measurement: { ...plan.measurement, traceStride: 1 } }, 1, 0)
  while (run.step(EVENTS_PER_STEP)) continue
  return run.finish()
}

/** Calls that a token bucket lets through while far more are made, and the most of them in any second. */
function tokenBucket(testCase: OracleCase): OracleOutcome {
  const params = recordOf(testCase, 'params')
  const expected = recordOf(testCase, 'expected')
  const limit = {
    kind: 'token_bucket',
    rate: `${numberOf(params, 'refillPerSecond')}/s`,
    burst: numberOf(params, 'burst'),
  }
  const source = { rate: `${numberOf(params, 'arrivalRate')}/s`, arrivals: 'deterministic', policy: 'limited' }
  const scenario = {
    version: 1,
    name: 'token bucket',
    run: { duration: `${numberOf(params, 'seconds')}s` },
    ...oneStation(source, service({}, '1us'), { policies: { limited: { limit } } }),
  }
  const { traces } = runTraced(scenario)
  const admittedNs = [...traces.startNs].filter((_, trace) => traces.cause[trace] === 0)
  const most = admittedNs.map((fromNs, i) => {
    return admittedNs.slice(i).filter((atNs) => atNs - fromNs < NS_PER_SECOND).length
  })
  return allOf([
    within('admitted', [numberOf(expected, 'admitted'), numberOf(expected, 'admitted')], admittedNs.length, 1),
    within('most in a second', [0, numberOf(expected, 'maxInAnyWindowOf1s')], Math.max(...most), 0),
  ])
}

/** How far latencies around a stall may be off. */
const STALL_WITHIN = 0.01

/** Servers enough that nobody waits but for the stall. */
const PLENTY = 1_000_000

/** A stall as a closed client sees it, and as an open one does. */
function coordinatedOmission(testCase: OracleCase): OracleOutcome {
  const params = recordOf(testCase, 'params')
  const expected = recordOf(testCase, 'expected')
  const rate = numberOf(params, 'requestRate')
  const normal = numberOf(params, 'normalSeconds')
  const stall = numberOf(params, 'stallSeconds')
  const latencyMs = numberOf(params, 'normalLatencyMs')
  const thinkNs = NS_PER_SECOND / rate - latencyMs * NS_PER_MS
  const measure = (source: object): Params => {
    const scenario = {
      version: 1,
      name: 'stall',
      // The last requests of the stall are answered just after its end.
      run: { duration: seconds(normal + stall + 0.005), bucket: '1s' },
      ...oneStation(source, service({ cores: PLENTY }, seconds(latencyMs / 1000)), {
        faults: [{ at: seconds(normal), for: seconds(stall), freeze: STATION }],
      }),
    }
    return latenciesOf(runTraced(scenario))
  }
  const closed = measure({ users: 1, think: `${Math.round(thinkNs)}ns` })
  const open = measure({ rate: `${rate}/s`, arrivals: 'deterministic' })
  return relatively(expected, { closedLoop: closed, openLoop: open }, STALL_WITHIN)
}

/** Latencies of all requests of a run, in ms. */
function latenciesOf(result: ReplicationResult): Params {
  const client = result.endpoints.at(-1)!
  const counts = new Float64Array(HISTOGRAM_BUCKETS)
  addSlices(counts, client.latencies, 0, client.columns.arrivals.length)
  const samples = total(result, 'client', 'completed')
  const { startNs, endNs } = result.traces
  const longestNs = endNs.reduce((max, atNs, trace) => Math.max(max, (atNs || 0) - startNs[trace]!), 0)
  const sumNs = client.columns.latencySumNs.reduce((sum, value) => sum + value, 0)
  const quantileMs = (share: number): number => histogramQuantileNs(counts, share) / NS_PER_MS
  return {
    samples,
    meanMs: sumNs / samples / NS_PER_MS,
    p50Ms: quantileMs(0.5),
    p75Ms: quantileMs(0.75),
    p99Ms: quantileMs(0.99),
    p99_9Ms: quantileMs(0.999),
    maxMs: longestNs / NS_PER_MS,
  }
}

/** Adapters keyed by kind. */
export const scenarioResilienceAdapters: OracleAdapters = {
  hedged_request: (testCase, _file, { effort }) => judgeStudies([hedged(testCase)], effort),
  order_statistic_quorum: (testCase, _file, { effort }) => judgeStudies([quorum(testCase)], effort),
  retry_budget_layered_amplification: layeredBudgets,
  metastable_retry_storm: retryStorm,
  token_bucket_saturated: tokenBucket,
  coordinated_omission: coordinatedOmission,
}
