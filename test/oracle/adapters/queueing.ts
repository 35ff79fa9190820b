// Runs the queueing models of one station through the language and the engine, and compares what reports measure.
import { type OracleAdapters, type OracleCase } from '../oracle-case.ts'
import { type FieldReading, type Figure, field, figuresOf, mean, probability } from '../queueing/figure.ts'
import { judgeStudies } from '../queueing/judged-study.ts'
import { type DurationParams, ModelUnits, isHeavyTailed, meanOf, serviceOf } from '../queueing/model-units.ts'
import {
  INPUT,
  NO_STATES,
  NO_VARIANCES,
  type Processor,
  STATION,
  STATION_READINGS,
  oneStation,
  service,
  sojournQuantiles,
  waitQuantiles,
} from '../queueing/one-station.ts'
import type { QueueingStudy } from '../queueing/replications.ts'
import { numberOf, recordOf, textOf } from './case-fields.ts'

type Params = Readonly<Record<string, unknown>>
type Readings = Readonly<Record<string, FieldReading>>

/** What an adapter adds to a station with Poisson arrivals. */
interface StationModel {
  readonly readings: Readings
  readonly processor?: (params: Params, units: ModelUnits) => Processor
  /** Where customers come from, when not from a Poisson source of rate `lambda`. */
  readonly source?: (params: Params, units: ModelUnits) => object
  /** Means of the times besides service that must be long beside a nanosecond. */
  readonly times?: (params: Params) => readonly number[]
}

const poisson = (params: Params, units: ModelUnits): object => ({ rate: units.rate(numberOf(params, 'lambda')) })
const cores = (params: Params): Processor => ({ cores: numberOf(params, 'c') })

const NO_DEMANDS = 'reports do not tell requests apart by demand'
const WRONG_PS_QUANTILES =
  'the quantiles of the vectors are up to 6 % off those of the Markov chain that the model is, solved to ten digits; the ' +
  'engine is compared with the latter in test/theory/processor-sharing.test.ts'

/** The study of a model of one station. */
function studyOf(testCase: OracleCase, model: StationModel): QueueingStudy {
  const params = recordOf(testCase, 'params')
  const expected = recordOf(testCase, 'expected')
  const demand = serviceOf(params)
  const units = new ModelUnits([meanOf(demand), ...(model.times?.(params) ?? [])])
  const station = service(model.processor?.(params, units) ?? {}, units.distribution(demand))
  const quantileReadings = {
    W_q: sojournQuantiles(Number(expected['W'])),
    Wq_q: waitQuantiles(Number(expected['Wq']), isHeavyTailed(demand)),
  }
  const figures = figuresOf(expected, { ...STATION_READINGS, ...quantileReadings, ...model.readings })
  return {
    name: '',
    sections: oneStation((model.source ?? poisson)(params, units), station),
    unitNs: units.unitNs,
    figures: isHeavyTailed(demand) ? figures.map(widened) : figures,
  }
}

/** Vectors, section 3: with heavy-tailed service five times the width; how busy the station is does not depend on the tail. */
function widened(figure: Figure): Figure {
  const { name, expected, of } = figure
  return typeof of === 'function' && ['L', 'Lq', 'W', 'Wq'].includes(name) ? mean(name, expected, of, true) : figure
}

const STATION_MODELS: Readonly<Record<string, StationModel>> = {
  mm1: {
    readings: {
      P0: NO_STATES,
      probN: NO_STATES,
      varN: NO_VARIANCES,
      varW: NO_VARIANCES,
      varWq: NO_VARIANCES,
      asymptoticVarianceWq: INPUT,
    },
  },
  mmc: { processor: cores, readings: { offeredErlangs: INPUT, P0: NO_STATES } },
  mmcK: {
    processor: (params) => ({ ...cores(params), capacity: numberOf(params, 'K') - numberOf(params, 'c') }),
    readings: {
      pBlock: field((measured) => measured.station(STATION).rejectedShare, probability),
      probWaitAccepted: STATION_READINGS.probWait,
      stateProbs: NO_STATES,
    },
  },
  mg1: { readings: { serviceScv: INPUT, secondMomentWq: NO_VARIANCES, varWq: NO_VARIANCES } },
  mm1_ps: {
    processor: () => ({ scheduling: 'processor_sharing' }),
    readings: {
      W_q: WRONG_PS_QUANTILES,
      varW: NO_VARIANCES,
      probN: NO_STATES,
      conditionalSojourn: NO_DEMANDS,
    },
  },
  mg1_ps: {
    processor: () => ({ scheduling: 'processor_sharing' }),
    readings: { probN: NO_STATES, conditionalSojourn: NO_DEMANDS },
  },
  erlang_a: {
    processor: (params, units) => ({
      ...cores(params),
      patience: units.exponential(1 / numberOf(params, 'theta')),
    }),
    times: (params) => [1 / numberOf(params, 'theta')],
    readings: abandonment(),
  },
  mmc_deterministic_timeout: {
    processor: (params, units) => ({ ...cores(params), patience: units.duration(numberOf(params, 'timeout')) }),
    times: (params) => [numberOf(params, 'timeout')],
    readings: abandonment(),
  },
  gi_m_1: {
    source: (params, units) => renewal(textOf(params, 'interarrival'), 1 / numberOf(params, 'lambda'), units),
    readings: { sigma: INPUT },
  },
  d_m_c: {
    processor: cores,
    source: (params, units) => ({ ...poisson(params, units), arrivals: 'deterministic' }),
    readings: { sigma: INPUT },
  },
  batch_mx_m_1: {
    source: (params, units) => ({ ...poisson(params, units), batch: numberOf(params, 'batchSize') }),
    readings: {},
  },
}

function abandonment(): Readings {
  return {
    probAbandon: field((measured) => measured.station(STATION).abandonedShare, probability),
    meanWaitAll: field((measured) => measured.station(STATION).waitOfAll),
    meanWaitServed: STATION_READINGS.Wq,
    P0: NO_STATES,
  }
}

/** Independent gaps between arrivals, as the vectors name them. */
function renewal(name: string, meanGap: number, units: ModelUnits): object {
  const erlang = /^erlang(\d+)$/u.exec(name)
  const kinds: Readonly<Record<string, () => DurationParams>> = {
    deterministic: () => ({ type: 'deterministic', mean: meanGap }),
    exponential: () => ({ type: 'exponential', mean: meanGap }),
    uniform0_2m: () => ({ type: 'uniform', min: 0, max: 2 * meanGap }),
  }
  const gap = erlang === null ? kinds[name]?.() : { type: 'erlang', k: Number(erlang[1]), mean: meanGap }
  if (gap === undefined) throw new TypeError(`no interarrival time ${name}`)
  return { arrivals: { interarrival: units.distribution(gap) } }
}

/** Adapters keyed by model. */
export const queueingAdapters: OracleAdapters = Object.fromEntries(
  Object.entries(STATION_MODELS).map(([name, model]) => [
    name,
    (testCase, _file, { effort }) => judgeStudies([studyOf(testCase, model)], effort),
  ]),
)
