// Runs published end-to-end effects through the language and the engine: fan-out, retries, staffing.
import { stringify } from 'yaml'
import type { ReplicationResult } from '../../../sim-core/metrics/replication-result.ts'
import { runStudy } from '../../support/study.ts'
import { type OracleAdapters, type OracleCase, type OracleOutcome, exactly } from '../oracle-case.ts'
import { type Figure, field, figuresOf, probability } from '../queueing/figure.ts'
import { judgeStudies } from '../queueing/judged-study.ts'
import { ModelUnits, meanOf } from '../queueing/model-units.ts'
import { ENDPOINT, STATION, STATION_READINGS, oneStation, service } from '../queueing/one-station.ts'
import type { Measured } from '../queueing/measured.ts'
import type { QueueingStudy } from '../queueing/replications.ts'
import { numberOf, recordOf } from './case-fields.ts'

/** Most arms of one parallel step; more are nested. */
const ARMS_MAX = 1_000

/** Rate of requests that do not hinder one another. */
const FREE_RATE = '1000/s'

/** A fast and a slow answer, in ms; both short, so that few requests are under way at once. */
const FAST = 0.01
const SLOW = 1

const UNIT_NS = 1e6

const perCent = (share: number): string => `${100 * share}%`

/** A request that asks `count` leaves at once and waits for all. */
function fanOut(leaf: object, count: number): object {
  const arms = Array.from({ length: Math.min(count, ARMS_MAX) }, () => [leaf])
  if (count <= ARMS_MAX) return { parallel: arms }
  return { parallel: [[{ parallel: arms }], [fanOut(leaf, count - ARMS_MAX)]] }
}

function fanOutStudy(leaf: object, count: number, figures: readonly Figure[]): QueueingStudy {
  return {
    name: '',
    sections: oneStation({ rate: FREE_RATE }, { endpoints: { [ENDPOINT]: { steps: [fanOut(leaf, count)] } } }),
    unitNs: UNIT_NS,
    figures,
  }
}

/** The vectors ask for the 99 % interval of a share, however wide; this is how wide, as a request may have thousands of leaves. */
const SHARE_WIDTHS = 5

/** Leaves that are slow now and then: how often is the whole request slow? */
function slowProbability(testCase: OracleCase): QueueingStudy {
  const params = recordOf(testCase, 'params')
  const slow = { share: perCent(numberOf(params, 'leafSlowProbability')), steps: [{ delay: `${SLOW}ms` }] }
  const leaf = { branch: [slow, { steps: [{ delay: `${FAST}ms` }] }] }
  const readings = {
    // Every request takes the one or the other, so the mean latency tells the share.
    requestSlowProbability: field((measured) => (measured.client.latency - FAST) / (SLOW - FAST), probability),
  }
  const figures = figuresOf(recordOf(testCase, 'expected'), readings)
  return fanOutStudy(
    leaf,
    numberOf(params, 'fanout'),
    figures.map((figure) => ({ ...figure, widths: SHARE_WIDTHS })),
  )
}

/** Leaves of one distribution: the quantiles of the slowest. */
function fanOutQuantiles(testCase: OracleCase): QueueingStudy {
  const params = recordOf(testCase, 'params')
  const leaf = recordOf(params, 'leaf')
  const units = new ModelUnits([meanOf(leaf)])
  const scv = Number(leaf['scv'])
  const sigma = leaf['type'] === 'lognormal' ? { sigmaLog: Math.sqrt(Math.log(1 + scv)) } : {}
  const expected = recordOf(testCase, 'expected')
  const quantileFigures = Object.entries(recordOf(expected, 'quantiles')).map(([share, value]): Figure => {
    const of = { histogram: (measured: Measured) => measured.client.latencies(), share: Number(share) }
    return {
      name: `quantile ${share}`,
      expected: Number(value),
      of,
      widths: Number(share) > 0.95 ? 4 : 2,
      scale: Number(value),
    }
  })
  const readings = { mean: field((measured) => measured.client.latency), quantiles: 'one by one' }
  const study = fanOutStudy({ delay: units.distribution({ ...leaf, ...sigma }) }, numberOf(params, 'fanout'), [
    ...figuresOf(expected, readings),
    ...quantileFigures,
  ])
  return { ...study, unitNs: units.unitNs }
}

/** Retries of a call that fails now and then. */
function retryAmplification(testCase: OracleCase): QueueingStudy {
  const params = recordOf(testCase, 'params')
  const retry = { attempts: numberOf(params, 'maxRetries') + 1, backoff: 'none' }
  const steps = [{ fail: perCent(numberOf(params, 'failureProbability')) }]
  const readings = {
    attemptsPerRequest: field(
      (measured) => measured.endpoint(`${STATION}.${ENDPOINT}`).arrivals / measured.client.arrivals,
    ),
    successProbability: field((measured) => measured.client.completed / measured.client.arrivals, probability),
  }
  return {
    name: '',
    sections: oneStation(
      { rate: FREE_RATE, policy: 'persistent' },
      { endpoints: { [ENDPOINT]: { steps } } },
      { policies: { persistent: { retry } } },
    ),
    unitNs: UNIT_NS,
    figures: figuresOf(recordOf(testCase, 'expected'), readings),
  }
}

/** Layers that each retry calls to the next one, above a service that always fails. */
function layeredRetries(testCase: OracleCase): OracleOutcome {
  const params = recordOf(testCase, 'params')
  const layers = numberOf(params, 'layers')
  const layer = (i: number): object => {
    const endpoint = i + 1 < layers ? `layer${i + 1}.${ENDPOINT}` : `backend.${ENDPOINT}`
    return { endpoints: { [ENDPOINT]: { steps: [{ call: { endpoint, policy: 'persistent' } }] } } }
  }
  const scenario = {
    version: 1,
    name: 'layers',
    run: { duration: '10s' },
    traffic: { clients: { rate: '50/s', mix: { [`layer0.${ENDPOINT}`]: '100%' } } },
    services: {
      ...Object.fromEntries(Array.from({ length: layers }, (_, i) => [`layer${i}`, layer(i)])),
      backend: { endpoints: { [ENDPOINT]: { steps: [{ fail: '100%' }] } } },
    },
    policies: { persistent: { retry: { attempts: numberOf(params, 'attemptsPerLayer'), backoff: 'none' } } },
  }
  const ratios = runStudy(stringify(scenario), 1).map((result) => {
    const arrivals = (id: string): number => total(result, id, 'arrivals')
    return { backendCallsPerUserRequest: arrivals(`backend.${ENDPOINT}`) / arrivals('client') }
  })
  return exactly(testCase['expected'], ratios[0])
}

/** Sum over the last `buckets` buckets, or all. */
function total(result: ReplicationResult, id: string, column: 'arrivals' | 'completed', buckets = Infinity): number {
  const values = result.endpoints.find((endpoint) => endpoint.id === id)?.columns[column] ?? []
  return [...values].slice(-Math.min(buckets, values.length)).reduce((sum, value) => sum + value, 0)
}

/** A delay station of servers enough that few wait. */
function staffing(testCase: OracleCase): QueueingStudy {
  const params = recordOf(testCase, 'params')
  const units = new ModelUnits([1])
  const station = service({ cores: numberOf(params, 'servers') }, units.exponential(1))
  const readings = { probWaitExact: STATION_READINGS.probWait, halfinWhittApprox: 'an approximation of the former' }
  return {
    name: '',
    sections: oneStation({ rate: units.rate(numberOf(params, 'offeredErlangs')) }, station),
    unitNs: units.unitNs,
    figures: figuresOf(recordOf(testCase, 'expected'), readings),
  }
}

/** Adapters keyed by kind. */
export const scenarioAdapters: OracleAdapters = {
  fanout_slow_probability: (testCase, _file, { effort }) => judgeStudies([slowProbability(testCase)], effort),
  fanout_quantiles: (testCase, _file, { effort }) => judgeStudies([fanOutQuantiles(testCase)], effort),
  retry_amplification: (testCase, _file, { effort }) => judgeStudies([retryAmplification(testCase)], effort),
  retry_layered_amplification: layeredRetries,
  square_root_staffing: (testCase, _file, { effort }) => judgeStudies([staffing(testCase)], effort),
}
