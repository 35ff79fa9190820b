/** A rate over time multiplied by a factor that changes at random: the phases of a modulated process. */

import { invariant } from '../../kernel/invariant.ts'
import type { RandomStream } from '../../kernel/random.ts'
import { roundNs } from '../../kernel/time.ts'
import { unitExponential } from '../../kernel/ziggurat.ts'
import { emptyPiece, END_NS, END_RATE, setPiece, SLOPE, START_NS, START_RATE } from './rate-pieces.ts'
import type { RatePieces } from './rate-pieces.ts'

/** A phase of the environment; phases follow one another in a ring. */
export interface Phase {
  /** What multiplies the rate while the phase lasts, at least 0. */
  readonly factor: number
  /** Mean of its exponential length, at least 1 ns. */
  readonly meanNs: number
}

/**
 * The pieces of a rate under phases 0 -> 1 -> ... -> 0 of exponential length.
 *
 * The first phase is drawn from the stationary distribution, meanNs(i) / sum(meanNs), and needs no age, for exponential
 * lengths have no memory. Phase changes are rounded to whole ns. A piece ends with the phase or with the piece of the
 * rate below it, whichever comes first.
 */
export class ModulatedPieces implements RatePieces {
  readonly piece = emptyPiece()
  readonly #base: RatePieces
  readonly #phases: readonly Phase[]
  readonly #stream: RandomStream
  #phase: number
  /** End of the present phase, [1], integer ns. */
  readonly #phaseEndNs = new Float64Array(1)

  constructor(base: RatePieces, phases: readonly Phase[], stream: RandomStream) {
    invariant(phases.length > 0, 'a modulated rate has at least one phase')
    invariant(
      phases.every(({ meanNs }) => meanNs >= 1),
      'a phase lasts at least 1 ns in the mean',
    )
    this.#base = base
    this.#phases = phases
    this.#stream = stream
    this.#phase = stationaryPhase(phases, stream)
    this.#drawLength()
    this.#cut(0)
  }

  advance(): void {
    const nowNs = this.piece[END_NS]!
    if (nowNs === this.#phaseEndNs[0]) {
      this.#phase = (this.#phase + 1) % this.#phases.length
      this.#drawLength()
    }
    if (nowNs === this.#base.piece[END_NS]) this.#base.advance()
    this.#cut(nowNs)
  }

  #drawLength(): void {
    const meanNs = this.#phases[this.#phase]!.meanNs
    this.#phaseEndNs[0] = this.#phaseEndNs[0]! + roundNs(unitExponential(this.#stream) * meanNs)
  }

  /** Puts in the part of the base piece from `nowNs` to the end of the phase. */
  #cut(nowNs: number): void {
    const { factor } = this.#phases[this.#phase]!
    const base = this.#base.piece
    const endNs = Math.min(base[END_NS]!, this.#phaseEndNs[0]!)
    const startRate = base[START_RATE]! + base[SLOPE]! * (nowNs - base[START_NS]!)
    const endRate =
      endNs === base[END_NS] ? base[END_RATE]! : base[START_RATE]! + base[SLOPE]! * (endNs - base[START_NS]!)
    // A rate that falls to zero may come out below it by a rounding error.
    setPiece(this.piece, nowNs, endNs, Math.max(startRate, 0) * factor, Math.max(endRate, 0) * factor)
  }
}

/** A phase drawn in proportion to the mean lengths. */
function stationaryPhase(phases: readonly Phase[], stream: RandomStream): number {
  let cycleNs = 0
  for (const { meanNs } of phases) cycleNs += meanNs
  let leftNs = stream.nextUnit() * cycleNs
  for (const [index, { meanNs }] of phases.entries()) {
    leftNs -= meanNs
    if (leftNs < 0) return index
  }
  return phases.length - 1
}
