// A model of one station as a scenario: where customers come from, how they are served, and what is measured there.
import { type FieldReading, field, probability, quantileField } from './figure.ts'
import type { DistributionText } from './model-units.ts'
import type { QueueingStudy } from './replications.ts'

/** The service with the station's processors, and the endpoint that uses them. */
export const STATION = 'station'
export const ENDPOINT = 'serve'

/** The processor of a service in the language. */
export interface Processor {
  readonly cores?: number
  readonly scheduling?: 'fifo' | 'processor_sharing' | 'priority' | 'priority_preemptive'
  readonly capacity?: number
  readonly patience?: string
}

/** A service whose endpoint takes one service of its processor; first come first served unless told otherwise. */
export function service(processor: Processor, demand: DistributionText, more: object = {}): object {
  const cpu = { scheduling: 'fifo', ...processor }
  return { cpu, ...more, endpoints: { [ENDPOINT]: { steps: [{ cpu: demand }] } } }
}

/** The sections of a station that one source sends its customers to. */
export function oneStation(source: object, station: object, more: object = {}): QueueingStudy['sections'] {
  return { traffic: { source: { ...source, mix: { [ENDPOINT]: '100%' } } }, services: { [STATION]: station }, ...more }
}

/** Readings that most models of one station share. */
export const STATION_READINGS = {
  rho: field((measured) => measured.station(STATION).utilisation, probability),
  utilisation: field((measured) => measured.station(STATION).utilisation, probability),
  L: field((measured) => measured.client.inFlight),
  Lq: field((measured) => measured.station(STATION).queued),
  W: field((measured) => measured.client.latency),
  Wq: field((measured) => measured.station(STATION).wait),
  probWait: field((measured) => measured.station(STATION).waitedShare, probability),
  throughput: field((measured) => measured.station(STATION).throughput),
} as const satisfies Readonly<Record<string, FieldReading>>

/** Quantiles of the time in the system, against its mean `w`. */
export function sojournQuantiles(w: number, heavyTailed = false): FieldReading {
  return quantileField((measured) => measured.client.latencies(), w, heavyTailed)
}

/** Quantiles of the wait at the station, zero waits included, against its mean `wq`. */
export function waitQuantiles(wq: number, heavyTailed = false): FieldReading {
  return quantileField((measured) => measured.station(STATION).waits(), wq, heavyTailed)
}

/** Why a field is not compared. */
export const NO_VARIANCES = 'reports have means, shares and quantiles, no variances'
export const NO_STATES = 'reports have mean numbers, not how long each number lasted'
export const INPUT = 'a property of the input or an intermediate result, not of what happens'
