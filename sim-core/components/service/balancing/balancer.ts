// What a load balancing algorithm offers to a caller that chooses one of several targets per request.

import type { RandomStream } from '../../../kernel/random.ts'
import type { RequestKeys } from './request-keys.ts'

/**
 * Chooses a target per request. Targets are numbered 0..targets-1, in configuration order; the number is fixed at
 * creation (the most replicas there can be). None is eligible until `setEligible` says so.
 */
export interface Balancer {
  /**
   * The target for the next request, or -1 when none is eligible. The caller reports with `opened` that it was used.
   * @param key what the request is hashed by; -1 where the algorithm needs none
   */
  pick(key: number): number
  /** A request was sent to the target. */
  opened(target: number): void
  /** A request to the target ended, however it ended. */
  closed(target: number): void
  /** A request to the target failed in a way that speaks against the target; `closed` is called for it as well. */
  failed(target: number): void
  /** Whether the target may be picked: ready, not ejected, not draining. Repeating the present state changes nothing. */
  setEligible(target: number, eligible: boolean): void
  /**
   * Whether the target stands in the configuration at all, up or down; all do at creation. Only for algorithms whose
   * choices depend on targets that are down.
   */
  setMember?(target: number, isMember: boolean): void
  /** A request to the target was answered after a time. Only for algorithms that learn from latencies. */
  answered?(target: number, latencyNs: number): void
}

/** Parameters of single algorithms; what is left out has the default of the algorithm. */
export interface BalancerParameters {
  /** Targets drawn per request. */
  readonly choices?: number
  /** Whether the same target may be drawn twice. */
  readonly replacement?: boolean
  /** Time constant with which latencies are forgotten. */
  readonly decayNs?: number
  /** Most requests under way at one target over the mean of all, at least 1. */
  readonly loadLimit?: number
  /** Fewest and most points of a ring. */
  readonly ringSize?: number
  readonly ringSizeMax?: number
  /** Slots of a lookup table, a prime number. */
  readonly tableSize?: number
  readonly hash?: HashName
  readonly mapping?: 'map_based' | 'consistent'
  readonly avalanche?: boolean
  /** Most requests under way at one target before the next one is used. */
  readonly maxConnections?: number
}

/** Hash functions of keys that HAProxy offers. */
export const HASH_NAMES = ['sdbm', 'djb2', 'wt6', 'crc32'] as const
export type HashName = (typeof HASH_NAMES)[number]

/** What a balancer is made from. */
export interface BalancerOptions {
  /** Number of targets, at least 1. */
  readonly targets: number
  /** Positive whole weight per target; all 1 if not given. */
  readonly weights?: readonly number[]
  /** Failures per target after which its weight counts nothing (nginx `max_fails`); 0 is never, 1 if not given. */
  readonly maxFails?: readonly number[]
  /** Chance for randomised algorithms; the others never draw from it. */
  readonly stream: RandomStream
  /** [0] is the present time in ns; stands still where none is given. */
  readonly clock?: Float64Array
  /** What keys stand for. Given to every algorithm that needs keys. */
  readonly keys?: RequestKeys
  /** `host:port` of each target, for algorithms that hash it. */
  readonly addresses?: readonly string[]
  readonly parameters?: BalancerParameters
}

/** Whose keys move when a target leaves or joins: anybody's, few others', or its own alone. */
export type Disruption = 'any' | 'few' | 'own'

/** One balancing algorithm as the catalogue shows it. */
export interface BalancerDefinition {
  readonly id: string
  readonly label: string
  /** One or two sentences for the user. */
  readonly help: string
  /** Authors, title, year, section. */
  readonly source: string
  /** Where it differs from the source; empty when it does not. */
  readonly differs: string
  /** Whether weights change the shares of the targets. */
  readonly weighted: boolean
  /** Present when requests need a key: what happens to the keys of others when a target leaves or joins. */
  readonly keyed?: Disruption
  /** True when targets of equal weight do not get equal shares, on purpose. */
  readonly uneven?: true
  /** The parameters that it takes. */
  readonly parameters?: readonly (keyof BalancerParameters)[]
  /** Largest weight, where it has one. */
  readonly weightMax?: number
  /** Elementary steps that making its table or ring takes, where it has one, so that no scenario asks for too many. */
  readonly tableSteps?: (weights: readonly number[], parameters: BalancerParameters) => number
  create(options: BalancerOptions): Balancer
}

/** Targets up to which every eligible one is looked at per pick, as nginx does; above it picks cost O(log targets). */
export const SCANNED_TARGETS_MAX = 64
