// jStat, an independent implementation of the same distributions, with the few types that the tests need.
import { createRequire } from 'node:module'

/** A distribution with parameters of its own, in jStat's order. */
interface JStatDistribution {
  readonly cdf: (x: number, ...parameters: number[]) => number
  readonly inv: (probability: number, ...parameters: number[]) => number
}

/** The part of jStat in use. */
interface JStat {
  readonly gamma: JStatDistribution
  readonly beta: JStatDistribution
  readonly studentt: JStatDistribution
  readonly chisquare: JStatDistribution
  readonly normal: JStatDistribution
}

const jstatModule: { readonly jStat: JStat } = createRequire(import.meta.url)('jstat')

/** The library, which ships no types. */
export const { jStat } = jstatModule
