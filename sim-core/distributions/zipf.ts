/** Zipf popularity: which of many keys is asked for. */

import { exp, expm1, log } from '../kernel/deterministic-math.ts'
import { invariant } from '../kernel/invariant.ts'
import type { RandomStream } from '../kernel/random.ts'
import { AliasTable } from './alias-table.ts'

/** How unevenly the keys of a population may be asked for, as the catalogue shows it. */
export const POPULARITIES = [
  {
    id: 'uniform',
    label: 'Uniform',
    help: 'Every key is asked for as often as any other: `uniform`.',
    source:
      'D. Lemire, "Fast Random Integer Generation in an Interval", ACM Trans. Model. Comput. Simul. 29(1), 2019, algorithm 5.',
    differs: 'The 64-bit product is put together from its exact low word and its value rounded to a double.',
  },
  {
    id: 'zipf',
    label: 'Zipf',
    help: 'The key of rank r is asked for in proportion to 1 / r^exponent, as in `zipf(0.95)`: what most caches see.',
    source:
      'G. K. Zipf, "Human Behavior and the Principle of Least Effort", 1949; up to 1.5 million keys from an alias table: A. J. ' +
      'Walker, ACM Trans. Math. Softw. 3(3), 1977; above that W. Hörmann, G. Derflinger, "Rejection-inversion to generate ' +
      'variates from monotone discrete distributions", ACM Trans. Model. Comput. Simul. 6(3), 1996, algorithm RI.',
    differs: 'The integral begins at 1, so that it exists for every exponent.',
  },
] as const

/** Draws ranks from 0, the most popular, to count - 1. */
export interface RankSampler {
  next(): number
}

/** Above this many keys the alias table falls out of the processor's cache and rejection-inversion is faster. */
const TABLE_COUNT_MAX = 1_500_000

/** Ranks fit a signed 32-bit integer. */
const COUNT_MAX = 0x7fff_ffff

/** Below this (e^x - 1) / x is taken from its first terms. */
const SMALL = 1e-8

/** Distance of the exponent from 1 below which powers of 1 / (1 - s) are expanded; the next term is below 1e-13. */
const SINGULAR = 1e-6

/** The prepared choice among `count` keys; immutable, so samplers of the same popularity share one (8 bytes a key). */
export class ZipfTable {
  readonly count: number
  readonly exponent: number
  readonly #alias: AliasTable | undefined

  /**
   * @param count keys, 1 to 2^31 - 1.
   * @param exponent s >= 0 in p(rank) ~ (rank + 1)^-s; 0 is uniform. Up to 1.5 million keys are tabulated in O(count).
   */
  constructor(count: number, exponent: number) {
    invariant(Number.isInteger(count) && count >= 1 && count <= COUNT_MAX, 'a key count is from 1 to 2^31 - 1')
    invariant(exponent >= 0 && exponent < Infinity, 'a Zipf exponent is a finite number of at least 0')
    this.count = count
    this.exponent = exponent
    const tabulated = exponent > 0 && count <= TABLE_COUNT_MAX
    this.#alias = tabulated ? new AliasTable(zipfWeights(count, exponent)) : undefined
  }

  /** A sampler over this table that draws from that stream. */
  sampler(stream: RandomStream): RankSampler {
    const alias = this.#alias
    if (alias !== undefined) return new TabulatedRanks(alias, stream)
    if (this.exponent > 0) return createRejectionInversion(this.count, this.exponent, stream)
    const { count } = this
    return { next: () => stream.nextBelow(count) }
  }
}

class TabulatedRanks implements RankSampler {
  private readonly table: AliasTable
  private readonly stream: RandomStream

  constructor(table: AliasTable, stream: RandomStream) {
    this.table = table
    this.stream = stream
  }

  next(): number {
    return this.table.next(this.stream)
  }
}

/** A sampler of Zipf ranks with a table of its own; several over the same keys should share a `ZipfTable` instead. */
export function createZipf(count: number, exponent: number, stream: RandomStream): RankSampler {
  return new ZipfTable(count, exponent).sampler(stream)
}

function zipfWeights(count: number, exponent: number): Float64Array {
  const weights = new Float64Array(count)
  for (let rank = 0; rank < count; rank++) weights[rank] = exp(-exponent * log(rank + 1))
  return weights
}

/**
 * Zipf numbers without a table.
 *
 * Source: W. Hörmann, G. Derflinger, "Rejection-inversion to generate variates from monotone discrete distributions", ACM
 * Trans. Model. Comput. Simul. 6(3), 1996, algorithm RI for h(x) = x^-s: invert H, the integral of h, at a uniform point
 * of (H(1.5) - 1, H(count + 0.5)), round, and accept if k - x <= S or u >= H(k + 0.5) - h(k).
 * Differs from the source: H is the integral from 1, which exists for every exponent and is ln x where that is 1.
 */
function createRejectionInversion(count: number, exponent: number, stream: RandomStream): RankSampler {
  const invert = inverseIntegralOf(exponent)
  const start = integral(1.5, exponent) - 1
  const width = integral(count + 0.5, exponent) - start
  const acceptedAtOnce = 2 - invert(integral(2.5, exponent) - density(2, exponent))
  return {
    next() {
      for (;;) {
        const u = start + width * stream.nextOpenUnit()
        const x = invert(u)
        const nearest = Math.floor(x + 0.5)
        const k = nearest < 1 ? 1 : nearest > count ? count : nearest
        if (k - x <= acceptedAtOnce || u >= integral(k + 0.5, exponent) - density(k, exponent)) return k - 1
      }
    },
  }
}

function density(x: number, exponent: number): number {
  return exp(-exponent * log(x))
}

/** Integral of t^-s from 1 to x: (x^(1-s) - 1) / (1 - s), and ln x at s = 1. */
function integral(x: number, exponent: number): number {
  const logX = log(x)
  const power = (1 - exponent) * logX
  return (Math.abs(power) > SMALL ? expm1(power) / power : 1 + 0.5 * power) * logX
}

/**
 * The inverse of `integral`: (1 + (1 - s) v)^(1 / (1 - s)), and e^v at s = 1. Nearer to 1 than `SINGULAR` the power would
 * lose digits, and e^(v - (1 - s) v^2 / 2 + (1 - s)^2 v^3 / 3), its expansion, has all of them.
 */
function inverseIntegralOf(exponent: number): (value: number) => number {
  const q = 1 - exponent
  if (Math.abs(q) < SINGULAR) return (value) => exp(value * (1 - q * value * (0.5 - (q * value) / 3)))
  const power = 1 / q
  return (value) => exp(power * log(1 + q * value))
}

/** Terms of a harmonic number that are summed one by one; the Euler-Maclaurin remainder of the rest is below 2^-53. */
const HARMONIC_TERMS = 64

/**
 * Generalised harmonic number: sum of k^-s for k = 1 .. count, in time independent of count.
 *
 * Source: NIST Digital Library of Mathematical Functions, 2.10.1 (Euler-Maclaurin): integral + (f(a) + f(n)) / 2 +
 * sum of B(2k) / (2k)! (f^(2k-1)(n) - f^(2k-1)(a)). Differs from the source: none; four correction terms from a = 64.
 */
export function generalizedHarmonic(count: number, exponent: number): number {
  let sum = 0
  const direct = Math.min(count, HARMONIC_TERMS - 1)
  for (let k = 1; k <= direct; k++) sum += density(k, exponent)
  if (count < HARMONIC_TERMS) return sum
  const a = HARMONIC_TERMS
  const scaled = density(a, exponent) * a * integral(count / a, exponent)
  const ends = 0.5 * (density(a, exponent) + density(count, exponent))
  return sum + scaled + ends + correction(a, exponent) - correction(count, exponent)
}

/** - sum over k = 1..4 of B(2k) / (2k)! f^(2k-1)(x) for f(x) = x^-s, whose odd derivatives are negative. */
function correction(x: number, s: number): number {
  const inverseSquare = 1 / (x * x)
  const first = (s * density(x, s)) / x
  const third = first * (s + 1) * (s + 2) * inverseSquare
  const fifth = third * (s + 3) * (s + 4) * inverseSquare
  const seventh = fifth * (s + 5) * (s + 6) * inverseSquare
  return first / 12 - third / 720 + fifth / 30_240 - seventh / 1_209_600
}

/** Probability of that rank (from 0): (rank + 1)^-s over the generalised harmonic number. */
export function zipfPmf(count: number, exponent: number, rank: number): number {
  return density(rank + 1, exponent) / generalizedHarmonic(count, exponent)
}
