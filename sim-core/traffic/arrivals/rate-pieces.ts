/** A rate over time cut into straight pieces, handed out one at a time to the processes that integrate it. */

import { invariant } from '../../kernel/invariant.ts'
import type { RatePoint, RateProfile } from '../rate-profile.ts'

/** Where `RatePieces.piece` keeps the start of the piece, integer ns. */
export const START_NS = 0
/** Its end, integer ns; Infinity for the last. Never before the start; equal to it is an empty piece. */
export const END_NS = 1
/** Its rate at the start, per second. */
export const START_RATE = 2
/** Its rate at the end, per second; equal to the start's when the piece has no end. */
export const END_RATE = 3
/** Its change of rate, per second and ns. */
export const SLOPE = 4
/** Number of the values above. */
const PIECE_VALUES = 5

/** A source of consecutive pieces from 0 on; the piece without an end is the last. */
export interface RatePieces {
  /** The present piece, [START_NS, END_NS, START_RATE, END_RATE, SLOPE]; the same array for every piece. */
  readonly piece: Float64Array
  /** Puts the next piece in; only called while the present one has an end. */
  advance(): void
}

/** An array for a piece. */
export function emptyPiece(): Float64Array {
  return new Float64Array(PIECE_VALUES)
}

/** Writes a piece and its slope. */
export function setPiece(
  piece: Float64Array,
  startNs: number,
  endNs: number,
  startRate: number,
  endRate: number,
): void {
  piece[START_NS] = startNs
  piece[END_NS] = endNs
  piece[START_RATE] = startRate
  piece[END_RATE] = endRate
  piece[SLOPE] = startRate === endRate || endNs === startNs ? 0 : (endRate - startRate) / (endNs - startNs)
}

/** The pieces of a rate profile. */
export class ProfilePieces implements RatePieces {
  readonly piece = emptyPiece()
  readonly #points: readonly RatePoint[]
  /** Index of the point where the present piece ends. */
  #next = 0

  constructor(profile: RateProfile) {
    const first = profile.points[0]
    invariant(first !== undefined && first.atNs === 0, 'a rate profile starts with a point at 0')
    this.#points = profile.points
    this.advance()
  }

  advance(): void {
    const from = this.#points[this.#next]!
    const to = this.#points[++this.#next]
    if (to === undefined) setPiece(this.piece, from.atNs, Infinity, from.perSecond, from.perSecond)
    else setPiece(this.piece, from.atNs, to.atNs, from.perSecond, to.perSecond)
  }
}
