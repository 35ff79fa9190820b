// What balancers that hash take from their options: keys, addresses and weights, none of them left out.

import { invariant } from '../../../kernel/invariant.ts'
import type { BalancerOptions } from './balancer.ts'
import type { RequestKeys } from './request-keys.ts'
import { addressOfTarget } from './request-keys.ts'

/** Options of a balancer that hashes, complete. */
export interface KeyedOptions {
  readonly keys: RequestKeys
  /** `host:port` by target. */
  readonly addresses: readonly string[]
  /** By target. */
  readonly weights: readonly number[]
}

/** Fills in what was left out. */
export function keyedOptions(options: BalancerOptions): KeyedOptions {
  const { keys, targets } = options
  invariant(keys !== undefined, 'a balancer that hashes is given keys')
  return {
    keys,
    addresses: options.addresses ?? Array.from({ length: targets }, (_, target) => addressOfTarget(target)),
    weights: weightsOf(options),
  }
}

/** The weight of every target, 1 where none is given. */
export function weightsOf({ targets, weights }: BalancerOptions): readonly number[] {
  invariant(weights === undefined || weights.length === targets, 'there is one weight per target')
  return weights ?? new Array<number>(targets).fill(1)
}
