/** Arrivals with independent gaps of any distribution: a renewal process. */

import { createSampler, distributionMean } from '../../distributions/registry.ts'
import type { DistributionSpec } from '../../distributions/registry.ts'
import type { Sampler } from '../../distributions/distribution.ts'
import { invariant } from '../../kernel/invariant.ts'
import { NS_PER_SECOND } from '../../kernel/time.ts'
import type { ArrivalDefinition, ArrivalProcess } from '../arrival-process.ts'
import { instantZero, moveInstant } from './instant.ts'

/** The gaps between arrivals. */
export interface InterarrivalSpec {
  /** Of the gap in ns; its mean is above 0. */
  readonly distribution: DistributionSpec
}

/** The first arrival comes one whole gap after the start. */
class InterarrivalArrivals implements ArrivalProcess {
  readonly #gapNs: Sampler
  readonly #endNs: number
  readonly #instant = instantZero()

  constructor(gapNs: Sampler, endNs: number) {
    this.#gapNs = gapNs
    this.#endNs = endNs
  }

  next(): number {
    // A distribution that reaches below zero, such as the normal, must not send an arrival back in time.
    const arrivalNs = moveInstant(this.#instant, Math.max(this.#gapNs.next(), 0))
    return arrivalNs < this.#endNs ? arrivalNs : Infinity
  }

  nextInto(into: Float64Array, at: number): void {
    into[at] = this.next()
  }
}

/** `arrivals: { interarrival: gamma(mean 2ms, shape 0.5) }` */
export const interarrivalArrivals: ArrivalDefinition<InterarrivalSpec> = {
  id: 'interarrival',
  label: 'Interarrival distribution',
  help: 'Independent gaps drawn from a distribution; its mean sets the rate, one over the mean gap.',
  source: 'D. R. Cox, "Renewal Theory", 1962, section 2.1: the ordinary renewal process.',
  differs: 'A draw below zero counts as zero.',
  meanPerSecond: ({ distribution }) => NS_PER_SECOND / distributionMean(distribution),
  create({ distribution }, { gaps }, endNs) {
    invariant(distributionMean(distribution) > 0, 'the mean gap between arrivals is above 0')
    return new InterarrivalArrivals(createSampler(distribution, gaps), endNs)
  },
}
