/** Arrivals whose rate depends on the phase of an environment: the Markov-modulated Poisson process. */

import type { ArrivalDefinition } from '../arrival-process.ts'
import { constantRate } from '../rate-profile.ts'
import { ModulatedPieces } from './modulated-pieces.ts'
import { PoissonOverPieces } from './poisson-over-pieces.ts'
import { ProfilePieces } from './rate-pieces.ts'

/** A phase and its rate. */
export interface MmppPhase {
  /** Arrivals per second while the phase lasts, at least 0. */
  readonly perSecond: number
  /** Mean of its exponential length, ns, at least 1: one over the rate at which it is left. */
  readonly meanNs: number
}

/** Phases in the order in which they follow one another; after the last comes the first. */
export interface MmppSpec {
  /** At least one. */
  readonly phases: readonly MmppPhase[]
}

/** `arrivals: { mmpp: [{ rate: 1737/s, mean: 10s }, { rate: 173.7/s, mean: 5s }] }` */
export const mmppArrivals: ArrivalDefinition<MmppSpec> = {
  id: 'mmpp',
  label: 'MMPP',
  help: 'Poisson arrivals whose rate changes with a phase. Phases follow one another in a ring, each of exponential length.',
  source:
    'W. Fischer, K. Meier-Hellstern, "The Markov-modulated Poisson process (MMPP) cookbook", Perform. Eval. 18(2), 1993, ' +
    'section 1, started in the stationary distribution of the phases.',
  differs: 'The phase process is a ring; with two phases, the usual case, that is the general form.',
  meanPerSecond: meanRate,
  create({ phases }, streams, endNs) {
    const factors = phases.map(({ perSecond, meanNs }) => ({ factor: perSecond, meanNs }))
    const pieces = new ModulatedPieces(new ProfilePieces(constantRate(1)), factors, streams.phases)
    return new PoissonOverPieces(pieces, streams.gaps, endNs)
  },
}

/** The phases' rates weighted by their mean lengths. */
function meanRate({ phases }: MmppSpec): number {
  let arrivals = 0
  let cycleNs = 0
  for (const { perSecond, meanNs } of phases) {
    arrivals += perSecond * meanNs
    cycleNs += meanNs
  }
  return arrivals / cycleNs
}
