/** Arrivals like clockwork: one each time the rate has produced a whole one. */

import { NS_PER_SECOND, roundNs } from '../../kernel/time.ts'
import type { ArrivalDefinition, ArrivalProcess } from '../arrival-process.ts'
import { profileMean } from '../rate-profile.ts'
import type { RateProfile } from '../rate-profile.ts'
import { areaOf, timeToArea } from './integrated-rate.ts'
import { END_NS, END_RATE, ProfilePieces, SLOPE, START_NS, START_RATE } from './rate-pieces.ts'

/** Evenly spaced arrivals at the rate of the profile. */
export interface DeterministicSpec {
  readonly profile: RateProfile
}

/** Where the state keeps how many arrivals were handed out. */
const COUNT = 0
/** The area under the pieces that are over, in per second times ns. */
const AREA_BEFORE = 1

/** An arrival due this much (relative) after a piece is its last: a rounding error must not carry it beyond a pause. */
const ROUNDING = 2 ** -48

/** Arrival k when the integrated rate reaches k; every instant is computed from its piece's start, so no error adds up. */
class DeterministicArrivals implements ArrivalProcess {
  readonly #pieces: ProfilePieces
  readonly #endNs: number
  /** [COUNT, AREA_BEFORE]. */
  readonly #state = new Float64Array(2)

  constructor(profile: RateProfile, endNs: number) {
    this.#pieces = new ProfilePieces(profile)
    this.#endNs = endNs
  }

  next(): number {
    const state = this.#state
    const piece = this.#pieces.piece
    const due = (state[COUNT]! + 1) * NS_PER_SECOND
    for (;;) {
      const lengthNs = piece[END_NS]! - piece[START_NS]!
      const areaAfter = state[AREA_BEFORE]! + areaOf(piece[START_RATE]!, piece[END_RATE]!, lengthNs)
      if (due <= areaAfter * (1 + ROUNDING)) {
        const offsetNs = timeToArea(piece[START_RATE]!, piece[SLOPE]!, due - state[AREA_BEFORE]!)
        const arrivalNs = piece[START_NS]! + roundNs(Math.min(offsetNs, lengthNs))
        if (arrivalNs >= this.#endNs) return Infinity
        state[COUNT] = state[COUNT]! + 1
        return arrivalNs
      }
      if (piece[END_NS]! >= this.#endNs) return Infinity
      state[AREA_BEFORE] = areaAfter
      this.#pieces.advance()
    }
  }

  nextInto(into: Float64Array, at: number): void {
    into[at] = this.next()
  }
}

/** `arrivals: deterministic` */
export const deterministicArrivals: ArrivalDefinition<DeterministicSpec> = {
  id: 'deterministic',
  label: 'Deterministic',
  help: 'A load generator with a constant arrival rate: equal gaps at a constant rate, evenly shrinking or growing ones on a ramp.',
  source:
    'Grafana k6, executor "Ramping arrival rate", `cal` in lib/executor/ramping_arrival_rate.go: iteration i starts when the ' +
    'area under the rate reaches i.',
  differs: 'Instants are rounded to the nearest ns, not down.',
  meanPerSecond: ({ profile }, fromNs, toNs) => profileMean(profile, fromNs, toNs),
  create: ({ profile }, _streams, endNs) => new DeterministicArrivals(profile, endNs),
}
