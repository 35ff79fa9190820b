/** Draws an index with given weights in constant time. */

import { invariant } from '../kernel/invariant.ts'
import type { RandomStream } from '../kernel/random.ts'

const TWO_POW_32 = 4_294_967_296

/**
 * A discrete distribution over 0 .. size - 1; 8 bytes an index, two words of randomness a draw. Immutable, so samplers share it.
 *
 * Source: A. J. Walker, "An Efficient Method for Generating Discrete Random Variables with General Distributions", ACM
 * Trans. Math. Softw. 3(3), 1977, built as in M. D. Vose, "A Linear Algorithm for Generating Random Numbers with a Given
 * Distribution", IEEE Trans. Softw. Eng. 17(9), 1991: columns of equal mass, each split between itself and one alias.
 * Differs from the source: the split is kept as a 32-bit integer, which moves a probability by less than 2^-32 / size.
 */
export class AliasTable {
  readonly size: number
  /** [size x 2]: below which word the column keeps its own index, and the alias otherwise. */
  readonly #columns: Uint32Array

  /** @param weights at least one, none negative, some positive; need not sum to 1; used as working space. O(size). */
  constructor(weights: Float64Array) {
    this.size = weights.length
    this.#columns = buildColumns(weights)
  }

  /** The next index from that stream. */
  next(stream: RandomStream): number {
    const column = stream.nextBelow(this.size)
    return stream.nextInt32() >>> 0 < this.#columns[2 * column]! ? column : this.#columns[2 * column + 1]!
  }
}

function buildColumns(weights: Float64Array): Uint32Array {
  const size = weights.length
  // Plain loops: a table of a million keys is built while somebody waits.
  let total = 0
  for (let index = 0; index < size; index++) total += weights[index]!
  invariant(total > 0 && total < Infinity, 'the weights of an alias table have a positive finite sum')

  // One array holds both stacks: columns still to be filled grow from its start, those with a surplus from its end.
  const stack = new Int32Array(size)
  const mass = weights
  let short = 0
  let surplus = size
  for (let index = 0; index < size; index++) {
    const share = (weights[index]! * size) / total
    mass[index] = share
    if (share < 1) stack[short++] = index
    else stack[--surplus] = index
  }

  const columns = new Uint32Array(2 * size)
  while (short > 0 && surplus < size) {
    const filled = stack[--short]!
    const donor = stack[surplus]!
    columns[2 * filled] = Math.floor(mass[filled]! * TWO_POW_32)
    columns[2 * filled + 1] = donor
    const left = mass[donor]! - (1 - mass[filled]!)
    mass[donor] = left
    if (left < 1) {
      surplus++
      stack[short++] = donor
    }
  }
  // What remains on either stack is full but for rounding: such a column is its own alias.
  while (short > 0) fillWithItself(columns, stack[--short]!)
  while (surplus < size) fillWithItself(columns, stack[surplus++]!)
  return columns
}

function fillWithItself(columns: Uint32Array, index: number): void {
  columns[2 * index] = TWO_POW_32 - 1
  columns[2 * index + 1] = index
}
