// Runs the queueing models of several servers behind a dispatcher, of losses, of retrials and of a changing environment.
import { type OracleAdapters, type OracleCase } from '../oracle-case.ts'
import { type FieldReading, field, figuresOf, probability } from '../queueing/figure.ts'
import { judgeStudies } from '../queueing/judged-study.ts'
import { ModelUnits } from '../queueing/model-units.ts'
import type { DistributionText } from '../queueing/model-units.ts'
import { STATION, STATION_READINGS, oneStation, service, waitQuantiles } from '../queueing/one-station.ts'
import type { QueueingStudy } from '../queueing/replications.ts'
import { numberOf, numbersOf, recordOf } from './case-fields.ts'

type Params = Readonly<Record<string, unknown>>

/** Identical servers with a queue each behind a balancer, or `cores` that share one queue. */
function dispatched(params: Params, servers: { readonly replicas: number; readonly cores: number }, balancer: string) {
  const units = new ModelUnits([1 / numberOf(params, 'mu')])
  const { replicas, cores } = servers
  const station = service({ cores }, units.exponential(1 / numberOf(params, 'mu')), { replicas, balancer })
  return { sections: oneStation({ rate: units.rate(numberOf(params, 'lambda')) }, station), unitNs: units.unitNs }
}

/** Random and cyclic dispatch to n servers, and one queue for all of them. */
function dispatchPolicies(testCase: OracleCase): QueueingStudy[] {
  const params = recordOf(testCase, 'params')
  const expected = recordOf(testCase, 'expected')
  const n = numberOf(params, 'n')
  const policies: Readonly<Record<string, readonly [{ replicas: number; cores: number }, string]>> = {
    randomSplit: [{ replicas: n, cores: 1 }, 'random'],
    roundRobin: [{ replicas: n, cores: 1 }, 'round_robin'],
    centralQueue: [{ replicas: 1, cores: n }, 'round_robin'],
  }
  return Object.keys(expected).map((name) => {
    const policy = policies[name]
    if (policy === undefined) throw new TypeError(`no dispatch policy ${name}`)
    const ofPolicy = recordOf(expected, name)
    const { W } = STATION_READINGS
    const wq = Number(ofPolicy['W']) - 1 / numberOf(params, 'mu')
    return { name, ...dispatched(params, ...policy), figures: figuresOf(ofPolicy, { W, Wq_q: waitQuantiles(wq) }) }
  })
}

/** Two servers, the shorter queue is joined. */
function shortestOfTwo(testCase: OracleCase): QueueingStudy {
  const model = dispatched(recordOf(testCase, 'params'), { replicas: 2, cores: 1 }, 'least_connections')
  return { name: '', ...model, figures: figuresOf(recordOf(testCase, 'expected'), STATION_READINGS) }
}

/** Sigma of the lognormal service of a loss system: any one must give the same answer. */
const LOSS_LOGNORMAL_SIGMA = 1

/** A loss system, whose answer depends on the mean service only: with three services, as the vectors ask for. */
function loss(testCase: OracleCase): QueueingStudy[] {
  const params = recordOf(testCase, 'params')
  const units = new ModelUnits([1])
  const mean = units.duration(1)
  const services: Readonly<Record<string, DistributionText>> = {
    deterministic: mean,
    exponential: units.exponential(1),
    lognormal: `lognormal(mean ${mean}, sigma ${LOSS_LOGNORMAL_SIGMA})`,
  }
  const readings: Readonly<Record<string, FieldReading>> = {
    pBlock: field((measured) => measured.station(STATION).rejectedShare, probability),
    carriedErlangs: field((measured) => measured.station(STATION).busy),
    utilisation: STATION_READINGS.utilisation,
  }
  const source = { rate: units.rate(numberOf(params, 'offeredErlangs')) }
  return Object.entries(services).map(([name, demand]) => ({
    name,
    sections: oneStation(source, service({ cores: numberOf(params, 'c'), capacity: 0 }, demand)),
    unitNs: units.unitNs,
    figures: figuresOf(recordOf(testCase, 'expected'), readings),
  }))
}

/** A server without waiting room, whose clients try again for ever after exponential times. */
function retrial(testCase: OracleCase): QueueingStudy {
  const params = recordOf(testCase, 'params')
  const demand = 1 / numberOf(params, 'mu')
  const meanDelay = 1 / numberOf(params, 'retryRate')
  const units = new ModelUnits([demand, meanDelay])
  const backoff = { kind: 'memoryless', initial: units.duration(meanDelay) }
  const policies = { persistent: { retry: { attempts: 'unlimited', on: ['rejected'], backoff } } }
  const source = { rate: units.rate(numberOf(params, 'lambda')), policy: 'persistent' }
  const readings = {
    rho: STATION_READINGS.rho,
    probBusy: STATION_READINGS.rho,
    W: STATION_READINGS.W,
    meanInSystem: STATION_READINGS.L,
    meanOrbit: field((measured) => measured.client.inFlight - measured.station(STATION).busy),
    meanOrbitTime: field((measured) => measured.client.retryTime),
  }
  return {
    name: '',
    sections: oneStation(source, service({ capacity: 0 }, units.exponential(demand)), { policies }),
    unitNs: units.unitNs,
    figures: figuresOf(recordOf(testCase, 'expected'), readings),
  }
}

/** Arrivals whose rate changes with a phase, or a server that a fault slows down or stops in one of two phases. */
function modulated(testCase: OracleCase): QueueingStudy {
  const params = recordOf(testCase, 'params')
  const [lambda0, lambda1] = pairOf(params, 'lambdaByPhase')
  const [mu0, mu1] = pairOf(params, 'muByPhase')
  if (lambda0 !== lambda1 && mu0 !== mu1) {
    throw new TypeError('the language has no environment that arrivals and servers share')
  }
  const units = new ModelUnits([1 / Math.max(mu0, mu1)])
  // Mean stays in phase 0 and 1.
  const stays = [
    units.duration(1 / numberOf(params, 'rate01')),
    units.duration(1 / numberOf(params, 'rate10')),
  ] as const
  const phases = [lambda0, lambda1].map((lambda, i) => ({ rate: units.rate(lambda), mean: stays[i] }))
  const source = lambda0 === lambda1 ? { rate: units.rate(lambda0) } : { arrivals: { mmpp: phases } }
  const readings: Readonly<Record<string, FieldReading>> = {
    meanArrivalRate: field((measured) => measured.client.arrivals / measured.time),
    phaseProbs: 'a property of the input',
    probEmpty: field((measured) => 1 - measured.station(STATION).utilisation, probability),
    L: STATION_READINGS.L,
    W: STATION_READINGS.W,
  }
  const station = service({}, units.exponential(1 / Math.max(mu0, mu1)))
  return {
    name: '',
    sections: oneStation(source, station, mu0 === mu1 ? {} : { faults: [environment(mu0, mu1, stays)] }),
    unitNs: units.unitNs,
    figures: figuresOf(recordOf(testCase, 'expected'), readings),
  }
}

/** The slower phase as a recurring fault of a server that otherwise works at the speed of the faster one. */
function environment(mu0: number, mu1: number, stays: readonly [string, string]): object {
  const [every, during] = mu0 > mu1 ? stays : [stays[1], stays[0]]
  const recurrence = { every: `exponential(${every})`, for: `exponential(${during})` }
  const slowest = Math.min(mu0, mu1)
  if (slowest === 0) return { freeze: STATION, ...recurrence }
  return { slow: STATION, by: `${Math.max(mu0, mu1) / slowest}x`, ...recurrence }
}

function pairOf(params: Params, fieldName: string): readonly [number, number] {
  const [first, second, ...more] = numbersOf(params, fieldName)
  if (first === undefined || second === undefined || more.length > 0)
    throw new TypeError(`field ${fieldName} is no pair`)
  return [first, second]
}

/** Adapters keyed by model. */
export const queueingFarmAdapters: OracleAdapters = {
  dispatch_policies: (testCase, _file, { effort }) => judgeStudies(dispatchPolicies(testCase), effort),
  jsq_2: (testCase, _file, { effort }) => judgeStudies([shortestOfTwo(testCase)], effort),
  mgcc_loss: (testCase, _file, { effort }) => judgeStudies(loss(testCase), effort),
  retrial_mm11: (testCase, _file, { effort }) => judgeStudies([retrial(testCase)], effort),
  modulated_mm1: (testCase, _file, { effort }) => judgeStudies([modulated(testCase)], effort),
}
