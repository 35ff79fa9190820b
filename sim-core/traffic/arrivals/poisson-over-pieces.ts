/** Poisson arrivals at a rate made of straight pieces, by exact inversion of its integral. */

import type { RandomStream } from '../../kernel/random.ts'
import { NS_PER_SECOND } from '../../kernel/time.ts'
import { unitExponential } from '../../kernel/ziggurat.ts'
import type { ArrivalProcess } from '../arrival-process.ts'
import { instantZero, moveInstant, REMAINDER_NS, WHOLE_NS } from './instant.ts'
import { areaOf, timeToArea } from './integrated-rate.ts'
import { END_NS, END_RATE, SLOPE, START_NS, START_RATE } from './rate-pieces.ts'
import type { RatePieces } from './rate-pieces.ts'

/**
 * Poisson arrivals whose rate is made of straight pieces.
 *
 * Source: E. Cinlar, "Introduction to Stochastic Processes", 1975, chapter 4, section 7 (nonstationary Poisson processes):
 * with the integrated rate a(t) and the arrivals S(1), S(2), ... of a Poisson process of rate 1, the instants a^-1(S(n))
 * form a Poisson process of rate a'(t).
 * Differs from the source: none; the inverse is exact on every piece, nothing is thinned, so that a multiplied rate
 * keeps its random numbers.
 */
export class PoissonOverPieces implements ArrivalProcess {
  readonly #pieces: RatePieces
  readonly #gaps: RandomStream
  readonly #endNs: number
  /** The last arrival, or the start of the piece if that is later. */
  readonly #instant = instantZero()

  constructor(pieces: RatePieces, gaps: RandomStream, endNs: number) {
    this.#pieces = pieces
    this.#gaps = gaps
    this.#endNs = endNs
  }

  next(): number {
    const instant = this.#instant
    const endNs = this.#endNs
    if (instant[WHOLE_NS]! >= endNs) return Infinity
    const piece = this.#pieces.piece
    let area = unitExponential(this.#gaps) * NS_PER_SECOND
    for (;;) {
      const sinceStartNs = instant[WHOLE_NS]! - piece[START_NS]! + instant[REMAINDER_NS]!
      const leftNs = piece[END_NS]! - instant[WHOLE_NS]! - instant[REMAINDER_NS]!
      const rate = piece[START_RATE]! + piece[SLOPE]! * sinceStartNs
      const areaLeft = areaOf(rate, piece[END_RATE]!, leftNs)
      if (area < areaLeft) {
        const arrivalNs = moveInstant(instant, Math.min(timeToArea(rate, piece[SLOPE]!, area), leftNs))
        return arrivalNs < endNs ? arrivalNs : Infinity
      }
      instant[WHOLE_NS] = piece[END_NS]!
      instant[REMAINDER_NS] = 0
      if (piece[END_NS]! >= endNs) return Infinity
      area -= areaLeft
      this.#pieces.advance()
    }
  }

  nextInto(into: Float64Array, at: number): void {
    into[at] = this.next()
  }
}
