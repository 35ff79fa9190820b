// The weights that nginx keeps per target: configured, effective after failures, and current credit.

import { invariant } from '../../../kernel/invariant.ts'
import type { BalancerOptions } from './balancer.ts'

/** Largest weight: current credits, up to the sum of all weights, must fit 32 bits. */
const WEIGHT_MAX = 1_000_000

/** nginx's default of `max_fails`. */
const MAX_FAILS_DEFAULT = 1

/** Weights by target, read and written in place by the balancers that scan them. */
export class SmoothWeights {
  /** As configured. */
  readonly configured: Int32Array
  /** Lowered by failures, raised by one per scan until it is the configured one again. */
  readonly effective: Int32Array
  /** Credit: grows by the effective weight per scan; the winner pays the sum of all that were scanned. */
  readonly current: Int32Array
  /** Whether all configured weights are the same. */
  readonly areEqual: boolean
  /** What one failure takes from the effective weight. */
  readonly #penalty: Int32Array

  /** Weights and `maxFails` have one value per target. */
  constructor(options: BalancerOptions) {
    const { targets, weights, maxFails } = options
    invariant(weights === undefined || weights.length === targets, 'there is one weight per target')
    invariant(maxFails === undefined || maxFails.length === targets, 'there is one max_fails per target')
    this.configured = new Int32Array(targets)
    this.#penalty = new Int32Array(targets)
    for (let target = 0; target < targets; target++) {
      const weight = weights?.[target] ?? 1
      invariant(
        Number.isInteger(weight) && weight >= 1 && weight <= WEIGHT_MAX,
        'a weight is an integer from 1 to 10^6',
      )
      const fails = maxFails?.[target] ?? MAX_FAILS_DEFAULT
      this.configured[target] = weight
      this.#penalty[target] = fails === 0 ? 0 : Math.floor(weight / fails)
    }
    this.effective = this.configured.slice()
    this.areEqual = this.configured.every((weight) => weight === this.configured[0])
    this.current = new Int32Array(targets)
  }

  /** Lowers the effective weight of a target for a failure: effective -= floor(weight / max_fails), not below 0. */
  penalise(target: number): void {
    this.effective[target] = Math.max(0, this.effective[target]! - this.#penalty[target]!)
  }
}
