/** Arrivals in bursts: a Poisson process that switches between calm and burst and keeps the mean of its profile. */

import { invariant } from '../../kernel/invariant.ts'
import type { ArrivalDefinition } from '../arrival-process.ts'
import { profileMean } from '../rate-profile.ts'
import type { RateProfile } from '../rate-profile.ts'
import { ModulatedPieces } from './modulated-pieces.ts'
import type { Phase } from './modulated-pieces.ts'
import { PoissonOverPieces } from './poisson-over-pieces.ts'
import { ProfilePieces } from './rate-pieces.ts'

/** How strong bursts are, how much of the time they take, and how long one lasts. */
export interface BurstySpec {
  /** The mean rate over many bursts. */
  readonly profile: RateProfile
  /** Rate in a burst over the rate in the calm between bursts; above 0, normally above 1. */
  readonly factor: number
  /** Share of the time that is burst, 0 < share < 1. */
  readonly share: number
  /** Mean length of a burst, ns, at least 1. */
  readonly meanBurstNs: number
}

/**
 * Calm and burst as phases whose factors average to 1: calm = 1 / (1 - share + share * factor), burst = factor * calm; the
 * mean calm lasts (1 - share) / share as long as the mean burst.
 */
export function burstPhases({ factor, share, meanBurstNs }: Omit<BurstySpec, 'profile'>): readonly Phase[] {
  invariant(factor > 0 && share > 0 && share < 1, 'bursts have a positive factor and a share between 0 and 1')
  const calmFactor = 1 / (1 - share + share * factor)
  return [
    { factor: calmFactor, meanNs: (meanBurstNs * (1 - share)) / share },
    { factor: factor * calmFactor, meanNs: meanBurstNs },
  ]
}

/** `arrivals: { bursty: { factor: 4, share: 20%, mean_burst: 30s } }` */
export const burstyArrivals: ArrivalDefinition<BurstySpec> = {
  id: 'bursty',
  label: 'Bursty',
  help:
    'Poisson arrivals that come `factor` times as fast during bursts as in the calm between them. Bursts take `share` of the ' +
    'time, and the mean over many bursts is the rate of the profile.',
  source:
    'W. Fischer, K. Meier-Hellstern, "The Markov-modulated Poisson process (MMPP) cookbook", Perform. Eval. 18(2), 1993, ' +
    'section 1: two states.',
  differs: 'Given by factor, share and mean burst in place of two rates and two transition rates.',
  meanPerSecond: ({ profile }, fromNs, toNs) => profileMean(profile, fromNs, toNs),
  create: (spec, { gaps, phases }, endNs) =>
    new PoissonOverPieces(new ModulatedPieces(new ProfilePieces(spec.profile), burstPhases(spec), phases), gaps, endNs),
}
