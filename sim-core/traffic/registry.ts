/** The only list of arrival processes, and what makes one from a plan. */

import type { ArrivalDefinition, ArrivalProcess, ArrivalStreams } from './arrival-process.ts'
import { burstyArrivals } from './arrivals/bursty.ts'
import { deterministicArrivals } from './arrivals/deterministic.ts'
import { interarrivalArrivals } from './arrivals/interarrival.ts'
import { mmppArrivals } from './arrivals/mmpp.ts'
import { poissonArrivals } from './arrivals/poisson.ts'

const registered = {
  poisson: poissonArrivals,
  deterministic: deterministicArrivals,
  bursty: burstyArrivals,
  mmpp: mmppArrivals,
  interarrival: interarrivalArrivals,
}

type SpecOf<Definition> = Definition extends ArrivalDefinition<infer Spec> ? Spec : never
type ArrivalSpecs = { readonly [Kind in keyof typeof registered]: SpecOf<(typeof registered)[Kind]> }

/** Id of an arrival process. */
export type ArrivalKind = keyof ArrivalSpecs

/** An arrival process in a plan: plain data in base units, its kind and what that kind needs. */
export type ArrivalSpec<Kind extends ArrivalKind = ArrivalKind> = {
  [K in Kind]: { readonly kind: K } & ArrivalSpecs[K]
}[Kind]

/** Every arrival process by id. */
export const arrivalDefinitions: { readonly [Kind in ArrivalKind]: ArrivalDefinition<ArrivalSpecs[Kind]> } = registered

/** Mean arrivals per second that a plan asks for from `fromNs` to the later `toNs`, integer ns. */
export function arrivalMeanPerSecond<Kind extends ArrivalKind>(
  spec: ArrivalSpec<Kind>,
  fromNs: number,
  toNs: number,
): number {
  return arrivalDefinitions[spec.kind].meanPerSecond(spec, fromNs, toNs)
}

/**
 * The process that a plan asks for, starting at 0.
 * @param endNs end of the run, integer ns; nothing arrives at it or after it.
 */
export function createArrivalProcess<Kind extends ArrivalKind>(
  spec: ArrivalSpec<Kind>,
  streams: ArrivalStreams,
  endNs: number,
): ArrivalProcess {
  return arrivalDefinitions[spec.kind].create(spec, streams, endNs)
}
