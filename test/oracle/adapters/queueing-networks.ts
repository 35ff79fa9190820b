// Runs the queueing networks, open and closed: each station is a service, customers are requests that call one after another.
import { type OracleAdapters, type OracleCase } from '../oracle-case.ts'
import { type FieldFigures, type Figure, field, figuresOf, probability, quantileField } from '../queueing/figure.ts'
import { judgeStudies } from '../queueing/judged-study.ts'
import { ModelUnits, recordsOf } from '../queueing/model-units.ts'
import { ENDPOINT, INPUT, type Processor, service } from '../queueing/one-station.ts'
import type { QueueingStudy } from '../queueing/replications.ts'
import { numberOf, numbersOf, recordOf } from './case-fields.ts'

/** The service that customers enter, which has them call the stations. */
const ENTRY = 'entry'

const stationName = (i: number): string => `station${i}`
const endpointName = (i: number): string => `${stationName(i)}.${ENDPOINT}`
const callStation = (i: number): object => ({ call: endpointName(i) })

/** Services with one station each. */
function stations(
  units: ModelUnits,
  demands: readonly number[],
  processors: readonly Processor[],
): Record<string, object> {
  return Object.fromEntries(
    demands.map((demand, i) => [stationName(i), service(processors[i] ?? {}, units.exponential(demand))]),
  )
}

/** M/M/1 stations one after the other. */
function tandem(testCase: OracleCase): QueueingStudy {
  const params = recordOf(testCase, 'params')
  const expected = recordOf(testCase, 'expected')
  const demands = numbersOf(params, 'mus').map((mu) => 1 / mu)
  const units = new ModelUnits(demands)
  const steps = demands.map((_, i) => callStation(i))
  const readings = {
    W: field((measured) => measured.client.latency),
    L: field((measured) => measured.client.inFlight),
    W_q: quantileField((measured) => measured.client.latencies(), Number(expected['W'])),
    stations: 'station by station',
  }
  return {
    name: '',
    sections: {
      traffic: { source: { rate: units.rate(numberOf(params, 'lambda')), mix: { [`${ENTRY}.pass`]: '100%' } } },
      services: { [ENTRY]: { endpoints: { pass: { steps } } }, ...stations(units, demands, []) },
    },
    unitNs: units.unitNs,
    figures: [...figuresOf(expected, readings), ...recordsOf(expected, 'stations').flatMap(stationFigures)],
  }
}

/** Figures of one station of an open network, of visits to it. */
function stationFigures(expected: Readonly<Record<string, unknown>>, i: number): Figure[] {
  const readings = {
    rho: field((measured) => measured.station(stationName(i)).utilisation, probability),
    L: field((measured) => measured.endpoint(endpointName(i)).inFlight),
    W: field((measured) => measured.endpoint(endpointName(i)).latency),
    Lq: field((measured) => measured.station(stationName(i)).queued),
    Wq: field((measured) => measured.station(stationName(i)).wait),
    lambda: field((measured) => measured.station(stationName(i)).throughput),
    visits: field(
      (measured) => measured.station(stationName(i)).visits / measured.endpoint(`${ENTRY}.arrive`).arrivals,
    ),
  }
  return figuresOf(expected, readings, `station ${i} `)
}

/**
 * A Jackson network. A customer is a journey by Markov chain over the stations; each one begins by a request to the entry,
 * which takes no time and counts the customers, so that the time of all requests over them is the time of a customer.
 */
function jackson(testCase: OracleCase): QueueingStudy {
  const params = recordOf(testCase, 'params')
  const expected = recordOf(testCase, 'expected')
  const rows = recordsOf(params, 'stations')
  const demands = rows.map((row) => 1 / numberOf(row, 'mu'))
  const units = new ModelUnits(demands)
  const routing = routingOf(params)
  const sources = numbersOf(params, 'externalArrivals').flatMap((lambda, i) => {
    const next = { [`${ENTRY}.arrive`]: { [endpointName(i)]: '100%' }, ...routing }
    const journey = { start: `${ENTRY}.arrive`, next }
    return lambda > 0 ? [[`source${i}`, { rate: units.rate(lambda), journey }] as const] : []
  })
  const readings = {
    L: field((measured) => measured.client.inFlight),
    W: field((measured) => measured.client.latencySum / measured.endpoint(`${ENTRY}.arrive`).arrivals),
    stations: 'station by station',
  }
  const processors = rows.map((row) => ({ cores: numberOf(row, 'c') }))
  return {
    name: '',
    sections: {
      traffic: Object.fromEntries(sources),
      services: {
        [ENTRY]: { endpoints: { arrive: { steps: [{ delay: '0s' }] } } },
        ...stations(units, demands, processors),
      },
    },
    unitNs: units.unitNs,
    figures: [...figuresOf(expected, readings), ...recordsOf(expected, 'stations').flatMap(stationFigures)],
  }
}

/** Where customers go from each station, in the language; what is missing to a whole leaves. */
function routingOf(params: Readonly<Record<string, unknown>>): Record<string, Record<string, string>> {
  const rows = params['routing']
  if (!Array.isArray(rows)) throw new TypeError('field routing is no matrix')
  const routes = rows.map((_, i) => {
    const shares = numbersOf({ row: rows[i] }, 'row')
    const targets = shares.flatMap((share, to) => (share > 0 ? [[endpointName(to), `${100 * share}%`] as const] : []))
    return [endpointName(i), Object.fromEntries(targets)] as const
  })
  return Object.fromEntries(routes.filter(([, targets]) => Object.keys(targets).length > 0))
}

/** Closed users who think and then pass all stations. */
function closedUsers(units: ModelUnits, users: number, thinkTime: number, endpoint: string): object {
  const think = thinkTime > 0 ? { think: units.exponential(thinkTime) } : {}
  return { users, ...think, mix: { [`${ENTRY}.${endpoint}`]: '100%' } }
}

/** A closed network at each of the populations of the case. */
function closedNetwork(testCase: OracleCase): QueueingStudy[] {
  const params = recordOf(testCase, 'params')
  const { byN, ...rest } = recordOf(testCase, 'expected')
  // Bounds that the model computes from its input; whoever adds a field must say how it is measured.
  figuresOf(rest, { Nstar: INPUT, Xmax: INPUT })
  const demands = numbersOf(params, 'demands')
  const units = new ModelUnits(demands)
  const processors = numbersOf(params, 'servers').map((cores) => ({ cores }))
  const steps = demands.map((_, i) => callStation(i))
  return recordsOf({ byN }, 'byN').map((expected) => {
    const users = numberOf(expected, 'n')
    const readings = {
      n: INPUT,
      X: field((measured) => measured.client.throughput),
      R: field((measured) => measured.client.latency),
      Q: stationsField((i) =>
        field((measured) => measured.station(stationName(i)).busy + measured.station(stationName(i)).queued),
      ),
      U: stationsField((i) => field((measured) => measured.station(stationName(i)).utilisation, probability)),
    }
    return {
      name: `n=${users}`,
      sections: {
        traffic: { customers: closedUsers(units, users, numberOf(params, 'thinkTime'), 'pass') },
        services: { [ENTRY]: { endpoints: { pass: { steps } } }, ...stations(units, demands, processors) },
      },
      unitNs: units.unitNs,
      figures: figuresOf(expected, readings),
    }
  })
}

/** A field that lists one number for each station, or each class. */
function stationsField(readingOf: (i: number) => FieldFigures): FieldFigures {
  return (name, value) =>
    numbersOf({ value }, 'value').flatMap((expected, i) => readingOf(i)(`${name}[${i}]`, expected))
}

/** Closed classes that share processor-sharing stations: one source and one path for each class. */
function closedClasses(testCase: OracleCase): QueueingStudy {
  const params = recordOf(testCase, 'params')
  const rows = params['demands']
  if (!Array.isArray(rows)) throw new TypeError('field demands is no matrix')
  const demands = rows.map((row) => numbersOf({ row }, 'row'))
  const units = new ModelUnits(demands.flat().filter((demand) => demand > 0))
  const populations = numbersOf(params, 'population')
  const thinkTimes = numbersOf(params, 'thinkTime')
  const className = (k: number): string => `class${k}`
  const paths = demands.map((ofClass, k) => {
    const steps = ofClass.flatMap((demand, i) => (demand > 0 ? [{ call: `${stationName(i)}.${className(k)}` }] : []))
    return [className(k), { steps }] as const
  })
  const stationServices = (demands[0] ?? []).map((_, i) => {
    const endpoints = demands.flatMap((ofClass, k) => {
      const demand = ofClass[i] ?? 0
      return demand > 0 ? [[className(k), { steps: [{ cpu: units.exponential(demand) }] }] as const] : []
    })
    return [
      stationName(i),
      { cpu: { scheduling: 'processor_sharing' }, endpoints: Object.fromEntries(endpoints) },
    ] as const
  })
  const sources = populations.map((users, k) => {
    return [className(k), closedUsers(units, users, thinkTimes[k] ?? 0, className(k))] as const
  })
  const readings = {
    X: stationsField((k) => field((measured) => measured.endpoint(`${ENTRY}.${className(k)}`).throughput)),
    R: stationsField((k) => field((measured) => measured.endpoint(`${ENTRY}.${className(k)}`).latency)),
    Q: stationsField((i) =>
      field((measured) => measured.station(stationName(i)).busy + measured.station(stationName(i)).queued),
    ),
    U: stationsField((i) => field((measured) => measured.station(stationName(i)).utilisation, probability)),
  }
  return {
    name: '',
    sections: {
      traffic: Object.fromEntries(sources),
      services: { [ENTRY]: { endpoints: Object.fromEntries(paths) }, ...Object.fromEntries(stationServices) },
    },
    unitNs: units.unitNs,
    figures: figuresOf(recordOf(testCase, 'expected'), readings),
  }
}

/** Machines that run until they fail, and repairmen: users who think, and one station. */
function machineRepair(testCase: OracleCase): QueueingStudy {
  const params = recordOf(testCase, 'params')
  const machines = numberOf(params, 'N')
  const demand = 1 / numberOf(params, 'repairRate')
  const units = new ModelUnits([demand])
  const repair = stationName(0)
  const readings = {
    L: field((measured) => measured.client.inFlight),
    Lq: field((measured) => measured.station(repair).queued),
    throughput: field((measured) => measured.client.throughput),
    W: field((measured) => measured.client.latency),
    Wq: field((measured) => measured.station(repair).wait),
    utilisation: field((measured) => measured.station(repair).utilisation, probability),
    machineAvailability: field((measured) => 1 - measured.client.inFlight / machines, probability),
    P0: 'reports have mean numbers, not how long each number lasted',
  }
  const think = units.exponential(1 / numberOf(params, 'failureRate'))
  return {
    name: '',
    sections: {
      traffic: { machines: { users: machines, think, mix: { [endpointName(0)]: '100%' } } },
      services: stations(units, [demand], [{ cores: numberOf(params, 'c') }]),
    },
    unitNs: units.unitNs,
    figures: figuresOf(recordOf(testCase, 'expected'), readings),
  }
}

/** Two exponential stations that each job visits at the same time. */
function forkJoin(testCase: OracleCase): QueueingStudy {
  const params = recordOf(testCase, 'params')
  const demand = 1 / numberOf(params, 'mu')
  const units = new ModelUnits([demand])
  const readings = {
    W: field((measured) => measured.client.latency),
    rho: field((measured) => measured.station(stationName(0)).utilisation, probability),
  }
  const steps = [{ parallel: [[callStation(0)], [callStation(1)]] }]
  return {
    name: '',
    sections: {
      traffic: { source: { rate: units.rate(numberOf(params, 'lambda')), mix: { [`${ENTRY}.pass`]: '100%' } } },
      services: { [ENTRY]: { endpoints: { pass: { steps } } }, ...stations(units, [demand, demand], []) },
    },
    unitNs: units.unitNs,
    figures: figuresOf(recordOf(testCase, 'expected'), readings),
  }
}

/** Adapters keyed by model. */
export const queueingNetworkAdapters: OracleAdapters = {
  tandem_mm1: (testCase, _file, { effort }) => judgeStudies([tandem(testCase)], effort),
  jackson: (testCase, _file, { effort }) => judgeStudies([jackson(testCase)], effort),
  closed_mva: (testCase, _file, { effort }) => judgeStudies(closedNetwork(testCase), effort),
  closed_mva_multiclass: (testCase, _file, { effort }) => judgeStudies([closedClasses(testCase)], effort),
  machine_repair: (testCase, _file, { effort }) => judgeStudies([machineRepair(testCase)], effort),
  fork_join_2: (testCase, _file, { effort }) => judgeStudies([forkJoin(testCase)], effort),
}
