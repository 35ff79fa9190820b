// Slow start: a target that has just joined gets few requests at first, and more as it warms up.

import type { InstanceRule } from './instance-rule.ts'
import { pow } from '../../../kernel/deterministic-math.ts'
import type { RandomStream } from '../../../kernel/random.ts'

/** How a target is warmed up. */
export interface SlowStartConfig {
  readonly windowNs: number
  /** Speed of the ramp: 1 is linear, more is faster at first. */
  readonly aggression: number
  readonly minWeightRatio: number
}

/**
 * The share of its due that each target gets.
 *
 * Source: Envoy 1.30 documentation, "Slow start mode": weight * max(min_weight_percent, time_factor ^ (1 / aggression)),
 * time_factor being the time since the join over the window. nginx's slow_start is the same with aggression 1 and no
 * minimum.
 * Differs from the source: see `differs` below.
 */
export class SlowStart {
  private readonly config: SlowStartConfig
  private readonly stream: RandomStream
  /** When each target joined; -Infinity when it is warm. */
  private readonly joinedNs: Float64Array
  /** Targets that are not known to be warm yet. */
  private warming = 0

  constructor(targets: number, config: SlowStartConfig, stream: RandomStream) {
    this.config = config
    this.stream = stream
    this.joinedNs = new Float64Array(targets).fill(-Infinity)
  }

  /** Whether any target may have to be passed over. */
  get isActive(): boolean {
    return this.warming > 0
  }

  /** A target has joined, cold. */
  joined(target: number, nowNs: number): void {
    if (this.joinedNs[target] === -Infinity) this.warming += 1
    this.joinedNs[target] = nowNs
  }

  /** Whether the request that the target was picked for is to go elsewhere. */
  passesOver(target: number, clock: Float64Array): boolean {
    const joinedNs = this.joinedNs[target]!
    if (joinedNs === -Infinity) return false
    const { windowNs, aggression, minWeightRatio } = this.config
    const elapsedNs = clock[0]! - joinedNs
    if (elapsedNs >= windowNs) {
      this.joinedNs[target] = -Infinity
      this.warming -= 1
      return false
    }
    const factor = Math.max(minWeightRatio, pow(elapsedNs / windowNs, 1 / aggression))
    return this.stream.nextUnit() >= factor
  }
}

/** Slow start. */
export const slowStart: InstanceRule = {
  id: 'slow_start',
  label: 'Slow start (Envoy)',
  help: 'Slow start: an instance that has joined gets few requests at first.',
  source:
    'Envoy 1.30 documentation, "Slow start mode": weight * max(min_weight_percent, time_factor ^ (1 / aggression)); slow_start ' +
    'of nginx is the same with aggression 1 and no minimum.',
  differs:
    'Weights stay, and an instance that is picked is passed over with the rest of the probability, so that it works on top of ' +
    'any algorithm; time_factor is not held at 1 s over the window in the first second.',
}
