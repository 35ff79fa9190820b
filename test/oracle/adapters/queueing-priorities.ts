// Runs the queueing models with classes of customers by priority: one source and one endpoint for each class.
import { type OracleAdapters, type OracleCase } from '../oracle-case.ts'
import { field, figuresOf, mean } from '../queueing/figure.ts'
import type { Figure, NumberOf } from '../queueing/figure.ts'
import { judgeStudies } from '../queueing/judged-study.ts'
import {
  type DurationParams,
  ModelUnits,
  isHeavyTailed,
  meanOf,
  recordsOf,
  serviceOf,
} from '../queueing/model-units.ts'
import { type Processor, STATION, STATION_READINGS } from '../queueing/one-station.ts'
import type { QueueingStudy } from '../queueing/replications.ts'
import { numberOf, numbersOf, recordOf } from './case-fields.ts'

/** A class of customers; the first one is the most urgent. */
interface CustomerClass {
  readonly lambda: number
  readonly service: DurationParams
}

const ONE_QUEUE = 'reports have the queue of all classes together, which is compared with the sum'

/** Classes that each have their own service. */
function separateClasses(params: Readonly<Record<string, unknown>>): CustomerClass[] {
  return recordsOf(params, 'classes').map((one) => ({ lambda: numberOf(one, 'lambda'), service: serviceOf(one) }))
}

/** Classes that share one exponential service. */
function classesAlike(params: Readonly<Record<string, unknown>>): CustomerClass[] {
  return numbersOf(params, 'classLambdas').map((lambda) => ({ lambda, service: serviceOf(params) }))
}

function studyOf(
  testCase: OracleCase,
  scheduling: Processor['scheduling'],
  classesOf: typeof classesAlike,
): QueueingStudy {
  const params = recordOf(testCase, 'params')
  const classes = classesOf(params)
  const units = new ModelUnits(classes.map(({ service }) => meanOf(service)))
  const traffic = classes.map(({ lambda }, i) => ({
    rate: units.rate(lambda),
    priority: i,
    mix: { [`class${i}`]: '100%' },
  }))
  const endpoints = classes.map(({ service }) => ({ steps: [{ cpu: units.distribution(service) }] }))
  const cpu = { cores: params['c'] === undefined ? 1 : numberOf(params, 'c'), scheduling }
  return {
    name: '',
    sections: { traffic: byClass(traffic), services: { [STATION]: { cpu, endpoints: byClass(endpoints) } } },
    unitNs: units.unitNs,
    figures: figuresOfClasses(recordOf(testCase, 'expected'), classes),
  }
}

function byClass<T>(values: readonly T[]): Record<string, T> {
  return Object.fromEntries(values.map((value, i) => [`class${i}`, value]))
}

function figuresOfClasses(expected: Readonly<Record<string, unknown>>, classes: readonly CustomerClass[]): Figure[] {
  const ofClasses = recordsOf(expected, 'classes')
  const heavyTailed = classes.some(({ service }) => isHeavyTailed(service))
  const make = (name: string, value: number, of: NumberOf): Figure => mean(name, value, of, heavyTailed)
  const each = ofClasses.flatMap((one, i) => {
    const id = `${STATION}.class${i}`
    const readings = {
      W: field((measured) => measured.endpoint(id).latency, make),
      Wq: field((measured) => measured.endpoint(id).queueTime, make),
      L: field((measured) => measured.endpoint(id).inFlight, make),
      Lq: ONE_QUEUE,
    }
    return figuresOf(one, readings, `class ${i} `)
  })
  const queued = ofClasses.reduce((sum, one) => sum + Number(one['Lq']), 0)
  const together = Number.isNaN(queued)
    ? []
    : [make('Lq of all classes', queued, (measured) => measured.station(STATION).queued)]
  const { rho, probWait } = STATION_READINGS
  return [...figuresOf(expected, { rho, probWait, classes: 'class by class' }), ...each, ...together]
}

/** Adapters keyed by model. */
export const queueingPriorityAdapters: OracleAdapters = {
  mm1_priority_nonpreemptive: (testCase, _file, { effort }) =>
    judgeStudies([studyOf(testCase, 'priority', separateClasses)], effort),
  mg1_priority_nonpreemptive: (testCase, _file, { effort }) =>
    judgeStudies([studyOf(testCase, 'priority', separateClasses)], effort),
  mmc_priority_nonpreemptive: (testCase, _file, { effort }) =>
    judgeStudies([studyOf(testCase, 'priority', classesAlike)], effort),
  mm1_priority_preemptive_resume: (testCase, _file, { effort }) =>
    judgeStudies([studyOf(testCase, 'priority_preemptive', separateClasses)], effort),
}
