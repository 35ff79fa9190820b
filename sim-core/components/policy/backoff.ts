// How long a caller waits before it tries again: the interface of the backoff family and its parameters.

import type { RandomStream } from '../../kernel/random.ts'
import { MAX_TIME_NS, NS_PER_MS, NS_PER_SECOND } from '../../kernel/time.ts'

/** What a backoff is made from; times in whole nanoseconds. Each algorithm reads the parameters its definition lists. */
export interface BackoffParameters {
  readonly initialNs: number
  readonly maxNs: number
  readonly multiplier: number
  readonly jitterRatio: number
  readonly resolutionNs: number
}

/** The name of a backoff parameter. */
export type BackoffParameterId = keyof BackoffParameters

/** One parameter as users see it. */
export interface BackoffParameterDefinition {
  /** The key by which a scenario writes it. */
  readonly key: string
  readonly quantity: 'duration' | 'ratio' | 'number'
  readonly min: number
  readonly max: number
  readonly help: string
}

/** Every parameter, once for all algorithms. */
export const backoffParameters: Readonly<Record<BackoffParameterId, BackoffParameterDefinition>> = {
  initialNs: {
    key: 'initial',
    quantity: 'duration',
    min: 0,
    max: MAX_TIME_NS,
    help: 'Delay before the first retry, before any jitter.',
  },
  maxNs: {
    key: 'max',
    quantity: 'duration',
    min: 0,
    max: MAX_TIME_NS,
    help: 'Delays grow no further than this.',
  },
  multiplier: {
    key: 'multiplier',
    quantity: 'number',
    min: 1,
    max: 1000,
    help: 'How many times longer each delay is than the one before.',
  },
  jitterRatio: {
    key: 'jitter',
    quantity: 'ratio',
    min: 0,
    max: 1,
    help: 'How far a delay may be from its nominal length, either way, as a share of it.',
  },
  resolutionNs: {
    key: 'resolution',
    quantity: 'duration',
    min: 1,
    max: NS_PER_SECOND,
    help: 'The tick in which the client counts delays, rounded down; many libraries count whole milliseconds.',
  },
}

/** What holds where a scenario says nothing. The times are those of the AWS SDKs: 100 ms, at most 20 s. */
export const BACKOFF_DEFAULTS: BackoffParameters = {
  initialNs: 100 * NS_PER_MS,
  maxNs: 20 * NS_PER_SECOND,
  multiplier: 2,
  jitterRatio: 0.2,
  resolutionNs: 1,
}

/** A backoff algorithm. It keeps no state of its own: one serves any number of requests. */
export interface Backoff {
  /**
   * The delay before a retry, in whole nanoseconds.
   * @param attempt 0 before the first retry, 1 before the second.
   * @param memory one double per request, owned by the caller, who sets `memory[slot]` to 0 when a request begins and
   * leaves it alone afterwards: algorithms whose delay depends on the one before keep that there.
   * @param stream drawn from only by algorithms with jitter, once per delay.
   */
  delayNs(attempt: number, memory: Float64Array, slot: number, stream: RandomStream): number
}

/** A backoff algorithm as the catalogue lists it. */
export interface BackoffDefinition {
  readonly id: string
  readonly label: string
  /** One or two sentences for the user. */
  readonly help: string
  /** Authors, title, year, section. */
  readonly source: string
  /** Where it differs from the source; empty when it does not. */
  readonly differs: string
  /** The parameters it reads. */
  readonly parameters: readonly BackoffParameterId[]
  /** @param parameters already validated against `backoffParameters`. */
  create(parameters: BackoffParameters): Backoff
}

/** A duration cut to whole ticks; never negative. */
export function wholeTicks(durationNs: number, resolutionNs: number): number {
  return Math.floor(durationNs / resolutionNs) * resolutionNs
}
