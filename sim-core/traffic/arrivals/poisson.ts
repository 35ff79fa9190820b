/** Arrivals that know nothing of one another: the Poisson process, at a constant or a changing rate. */

import type { RandomStream } from '../../kernel/random.ts'
import { NS_PER_SECOND } from '../../kernel/time.ts'
import { drawUnitExponential, unitExponential } from '../../kernel/ziggurat.ts'
import type { ArrivalDefinition, ArrivalProcess } from '../arrival-process.ts'
import { profileMean } from '../rate-profile.ts'
import type { RateProfile } from '../rate-profile.ts'
import { instantZero, moveInstant } from './instant.ts'
import { PoissonOverPieces } from './poisson-over-pieces.ts'
import { ProfilePieces } from './rate-pieces.ts'

/** Poisson arrivals at the rate of the profile. */
export interface PoissonSpec {
  readonly profile: RateProfile
}

/** The constant rate, which needs no look at pieces: a draw, a product and a rounding. */
class PoissonConstant implements ArrivalProcess {
  readonly #gaps: RandomStream
  readonly #meanGapNs: number
  readonly #endNs: number
  readonly #instant = instantZero()

  constructor(perSecond: number, gaps: RandomStream, endNs: number) {
    this.#gaps = gaps
    this.#meanGapNs = NS_PER_SECOND / perSecond
    this.#endNs = endNs
  }

  next(): number {
    const arrivalNs = moveInstant(this.#instant, unitExponential(this.#gaps) * this.#meanGapNs)
    return arrivalNs < this.#endNs ? arrivalNs : Infinity
  }

  nextInto(into: Float64Array, at: number): void {
    drawUnitExponential(this.#gaps, into, at)
    const arrivalNs = moveInstant(this.#instant, into[at]! * this.#meanGapNs)
    into[at] = arrivalNs < this.#endNs ? arrivalNs : Infinity
  }
}

/** `arrivals: poisson` */
export const poissonArrivals: ArrivalDefinition<PoissonSpec> = {
  id: 'poisson',
  label: 'Poisson',
  help: 'Many independent users: gaps are exponential, so arrivals bunch and thin out by chance around the rate.',
  source:
    'E. Cinlar, "Introduction to Stochastic Processes", 1975, chapter 4: arrivals at a^-1(S(n)), a the integrated rate, S(n) ' +
    'sums of unit exponentials.',
  differs: '',
  meanPerSecond: ({ profile }, fromNs, toNs) => profileMean(profile, fromNs, toNs),
  create({ profile }, { gaps }, endNs) {
    const [first, second] = profile.points
    return first !== undefined && second === undefined && first.perSecond > 0
      ? new PoissonConstant(first.perSecond, gaps, endNs)
      : new PoissonOverPieces(new ProfilePieces(profile), gaps, endNs)
  },
}
