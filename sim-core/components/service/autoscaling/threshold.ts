// The `threshold` autoscaler: one replica up or down when enough measures are over, or all far under, their targets.

import { invariant } from '../../../kernel/invariant.ts'
import { NS_PER_SECOND } from '../../../kernel/time.ts'
import type { Autoscaler, AutoscalerDefinition, AutoscalerInputs, PodSample, ScaleDecision } from './autoscaler.ts'

/** The configuration of a `threshold` autoscaler; measures without target are not looked at, one at least is set. */
export interface ThresholdConfig {
  readonly kind: 'threshold'
  readonly min: number
  readonly max: number
  /** Targets: ratios of what instances request, and milliseconds. */
  readonly cpuTarget?: number
  readonly memoryTarget?: number
  readonly responseTimeTargetMs?: number
  /** How many measures must be over their target to add a replica. */
  readonly upCount: number
  /** How many measures, being all of them, must be under half their target to remove one. */
  readonly downCount: number
  /** Rest after any change before the next one up, or down, in nanoseconds. */
  readonly upCooldownNs: number
  readonly downCooldownNs: number
  /** How often the service calls `decide`, in nanoseconds. */
  readonly syncPeriodNs: number
}

/** What is assumed where a scenario says nothing: two reasons up, three down, 300 s and 600 s of rest, a look every 15 s. */
export const THRESHOLD_DEFAULTS = {
  upCount: 2,
  downCount: 3,
  upCooldownNs: 300 * NS_PER_SECOND,
  downCooldownNs: 600 * NS_PER_SECOND,
  syncPeriodNs: 15 * NS_PER_SECOND,
} as const

/** A measure counts as idle below this share of its target. */
const IDLE_SHARE = 0.5

interface Measure {
  readonly metric: string
  readonly value: number
  readonly threshold: number
}

/**
 * Both cooldowns count from the last change in either direction, so that a
 * decision never rests on figures from before the previous change; a count outside the bounds is put right at once.
 */
class ThresholdAutoscaler implements Autoscaler {
  readonly #config: ThresholdConfig
  #lastChangeNs = -Infinity

  constructor(config: ThresholdConfig) {
    const { cpuTarget, memoryTarget, responseTimeTargetMs } = config
    invariant(config.min >= 0 && config.min <= config.max, 'an autoscaler needs 0 <= min <= max')
    invariant(
      cpuTarget !== undefined || memoryTarget !== undefined || responseTimeTargetMs !== undefined,
      'a threshold autoscaler needs at least one target',
    )
    invariant(config.upCount >= 1 && config.downCount >= 1, 'a threshold autoscaler counts at least one reason')
    this.#config = config
  }

  decide(inputs: AutoscalerInputs): ScaleDecision {
    const { nowNs, currentReplicas: current } = inputs
    const { min, max, upCount, downCount, upCooldownNs, downCooldownNs } = this.#config
    if (current < min) return this.#outside(nowNs, current, min)
    if (current > max) return this.#outside(nowNs, current, max)

    const measures = measuresOf(this.#config, inputs)
    const over = measures.filter(({ value, threshold }) => value > threshold).length
    const idle = measures.filter(({ value, threshold }) => value < threshold * IDLE_SHARE).length
    const { metric, value, threshold } = farthestOver(measures)
    const decided = (desired: number, reason: string, outcome: ScaleDecision['outcome']): ScaleDecision => {
      if (desired !== current) this.#lastChangeNs = nowNs
      return { desired, metric, value, threshold, reason, outcome }
    }

    const restedNs = nowNs - this.#lastChangeNs
    if (over >= upCount) {
      if (current === max) return decided(current, 'at_maximum', 'held')
      if (restedNs < upCooldownNs) return decided(current, 'over_target', 'refused_by_cooldown')
      return decided(current + 1, 'over_target', 'triggered')
    }
    if (idle === measures.length && idle >= downCount) {
      if (current === min) return decided(current, 'at_minimum', 'held')
      if (restedNs < downCooldownNs) return decided(current, 'under_half_target', 'refused_by_cooldown')
      return decided(current - 1, 'under_half_target', 'triggered')
    }
    return decided(current, 'within_targets', 'held')
  }

  #outside(nowNs: number, current: number, bound: number): ScaleDecision {
    this.#lastChangeNs = nowNs
    const reason = current < bound ? 'below_minimum' : 'above_maximum'
    return { desired: bound, metric: 'replicas', value: current, threshold: bound, reason, outcome: 'triggered' }
  }
}

function measuresOf(config: ThresholdConfig, inputs: AutoscalerInputs): Measure[] {
  const { cpuTarget, memoryTarget, responseTimeTargetMs } = config
  const measures: Measure[] = []
  if (cpuTarget !== undefined) {
    const value = meanUse(inputs.pods, (pod) => [pod.cpuUsageMilli, pod.cpuRequestMilli])
    measures.push({ metric: 'cpu', value, threshold: cpuTarget })
  }
  if (memoryTarget !== undefined) {
    const value = meanUse(inputs.pods, (pod) => [pod.memoryUsageBytes, pod.memoryRequestBytes])
    measures.push({ metric: 'memory', value, threshold: memoryTarget })
  }
  if (responseTimeTargetMs !== undefined) {
    measures.push({ metric: 'response_time', value: inputs.responseTimeMs, threshold: responseTimeTargetMs })
  }
  return measures
}

/** Use over request, summed over the ready instances with figures; NaN, which decides nothing, if there are none. */
function meanUse(
  pods: readonly PodSample[],
  figures: (pod: PodSample) => readonly [number | null, number | null],
): number {
  let used = 0
  let requested = 0
  for (const pod of pods) {
    const [usage, request] = figures(pod)
    if (pod.terminating || pod.readiness?.ready !== true || usage === null || request === null) continue
    used += usage
    requested += request
  }
  return used / requested
}

/** The measure with the largest value over target, which the record shows; one without figure only if all lack one. */
function farthestOver(measures: readonly Measure[]): Measure {
  let farthest = measures[0]!
  for (const measure of measures) {
    const isFarther = measure.value / measure.threshold > farthest.value / farthest.threshold
    if (isFarther || Number.isNaN(farthest.value)) farthest = measure
  }
  return farthest
}

/** The catalogue entry of `threshold`. */
export const threshold: AutoscalerDefinition<ThresholdConfig> = {
  id: 'threshold',
  label: 'Several thresholds',
  help:
    'Adds one replica when enough of processor, memory and response time are over their targets, and removes one when ' +
    'all of them are under half. Each direction rests after a change. Choose it for scalers driven by a script or a cron job.',
  source: 'The multi-threshold scaler common in self-hosted applications; no publication.',
  differs: '',
  create: (config) => new ThresholdAutoscaler(config),
}
