// The decision of the Kubernetes horizontal pod autoscaler: metrics to proposal, stabilisation, limits, and its memory.

import type { PodStatus } from './autoscaler.ts'
import { classifyPod } from './pod-groups.ts'
import type { PodGroupingTimes } from './pod-groups.ts'
import {
  replicasForAverage,
  replicasForPodMetric,
  replicasForUtilization,
  replicasForValue,
} from './replica-calculator.ts'
import type { PodUsage, ReplicaCalculation, ReplicaProposal, Tolerance } from './replica-calculator.ts'
import { limitByBehavior, limitWithoutBehavior } from './scaling-behavior.ts'
import type { LimitReason, ScalingBehavior, ScalingRules } from './scaling-behavior.ts'
import { recordScaleEvent } from './scale-events.ts'
import type { ScaleEvent } from './scale-events.ts'
import { stabilizeByMaximum, stabilizeByWindows } from './stabilization.ts'
import type { Recommendation } from './stabilization.ts'

/** The settings of the controller that no metric brings along; all times in nanoseconds. */
export interface HpaSettings extends PodGroupingTimes {
  readonly min: number
  readonly max: number
  readonly tolerance: Tolerance
  /** Null: the manifest has no `behavior` block, and the three settings below rule instead. */
  readonly behavior: ScalingBehavior | null
  readonly downscaleStabilizationNs: number
  readonly scaleUpLimitFactor: number
  readonly scaleUpLimitMinimum: number
}

/** One metric of the autoscaler with its target and the figures at this decision. */
export type HpaMetric =
  | (PodUsage & {
      readonly kind: 'resource'
      readonly name: string
      readonly requests: readonly (number | null)[]
      readonly targetUtilizationPct: number
    })
  | (PodUsage & { readonly kind: 'pods'; readonly name: string; readonly targetAverage: number })
  | { readonly kind: 'value'; readonly name: string; readonly usage: readonly number[]; readonly target: number }
  | {
      readonly kind: 'average'
      readonly name: string
      readonly usage: readonly number[]
      readonly targetAverage: number
    }
  | { readonly kind: 'unavailable'; readonly name: string; readonly error: string }

/** What the controller knows at one decision; `metrics[].usage[i]` belongs to `pods[i]`. */
export interface HpaInputs {
  readonly currentReplicas: number
  readonly pods: readonly PodStatus[]
  readonly metrics: readonly HpaMetric[]
}

/** The reason of a decision; the last two leave the count as it is. */
export type HpaReason = LimitReason | 'ScalingDisabled' | 'FailedGetMetrics'

/** A decision with every step on the way; steps that were not taken are null. */
export interface HpaDecision {
  readonly desired: number
  readonly reason: HpaReason
  /** The metric with the largest proposal and what it asks for. */
  readonly metric: string | null
  readonly proposal: ReplicaProposal | null
  /** The proposal after stabilisation. */
  readonly stabilised: number | null
  /** That after rate limits and bounds. */
  readonly limited: number | null
  /** Why the first metric without proposal has none. */
  readonly error: string | null
}

/** What the controller remembers; entries are overwritten in place, oldest order is not kept. */
export interface HpaMemory {
  readonly recommendations: Recommendation[]
  readonly scaleUps: ScaleEvent[]
  readonly scaleDowns: ScaleEvent[]
}

/**
 * The controller of one autoscaler.
 *
 * Source: Kubernetes, pkg/controller/podautoscaler/horizontal.go, reconcileAutoscaler, computeReplicasForMetrics,
 * normalizeDesiredReplicas and normalizeDesiredReplicasWithBehaviors: every metric proposes, the largest proposal wins;
 * if one is missing and the rest would scale down, nothing changes; then stabilisation, rate limit, bounds.
 * Differs from the source: a decision counts as carried out at once, so its scale event is noted here.
 */
export class HpaController {
  readonly #settings: HpaSettings
  readonly #memory: HpaMemory
  #started: boolean

  /** @param memory what an earlier controller remembered; without it the first decision notes the current count. */
  constructor(settings: HpaSettings, memory?: HpaMemory) {
    this.#settings = settings
    this.#memory = memory ?? { recommendations: [], scaleUps: [], scaleDowns: [] }
    this.#started = memory !== undefined
  }

  /** Decides, and remembers the recommendation and the change. Complexity: metrics * pods, plus the remembered entries. */
  decide(nowNs: number, inputs: HpaInputs): HpaDecision {
    if (!this.#started) {
      this.#memory.recommendations.push({ replicas: inputs.currentReplicas, atNs: nowNs })
      this.#started = true
    }
    const decision = this.#reconcile(nowNs, inputs)
    const { behavior } = this.#settings
    if (behavior !== null) {
      noteScaling(this.#memory, behavior, nowNs, inputs.currentReplicas, decision.desired)
    }
    return decision
  }

  #reconcile(nowNs: number, inputs: HpaInputs): HpaDecision {
    const { min, max } = this.#settings
    const current = inputs.currentReplicas
    if (current === 0 && min !== 0) return unmeasured(0, 'ScalingDisabled', null)
    if (current > max) return unmeasured(max, 'TooManyReplicas', null)
    if (current < min) return unmeasured(min, 'TooFewReplicas', null)

    const { metric, proposal, error } = largestProposal(nowNs, inputs, this.#settings)
    if (proposal === null || (error !== null && proposal.replicas < current)) {
      return unmeasured(current, 'FailedGetMetrics', error)
    }
    const stabilised = this.#stabilise(nowNs, current, proposal.replicas)
    const { replicas, reason } = this.#limit(nowNs, current, stabilised)
    return { desired: replicas, reason, metric, proposal, stabilised, limited: replicas, error }
  }

  #stabilise(nowNs: number, current: number, desired: number): number {
    const { behavior, downscaleStabilizationNs } = this.#settings
    const log = this.#memory.recommendations
    if (behavior === null) return stabilizeByMaximum(log, nowNs, desired, downscaleStabilizationNs)
    const upNs = behavior.scaleUp.stabilizationWindowNs
    const downNs = behavior.scaleDown.stabilizationWindowNs
    return stabilizeByWindows(log, nowNs, current, desired, upNs, downNs)
  }

  #limit(nowNs: number, current: number, desired: number): { replicas: number; reason: LimitReason } {
    const settings = this.#settings
    if (settings.behavior === null) {
      const { scaleUpLimitFactor, scaleUpLimitMinimum } = settings
      return limitWithoutBehavior(current, desired, settings, scaleUpLimitFactor, scaleUpLimitMinimum)
    }
    const { scaleUps, scaleDowns } = this.#memory
    return limitByBehavior(nowNs, current, desired, settings, settings.behavior, scaleUps, scaleDowns)
  }
}

/** Notes a change of the replica count in the log of its direction; no change leaves both logs alone. */
export function noteScaling(
  memory: HpaMemory,
  behavior: ScalingBehavior,
  nowNs: number,
  from: number,
  to: number,
): void {
  if (to > from) recordScaleEvent(memory.scaleUps, nowNs, to - from, periodsOf(behavior.scaleUp))
  if (to < from) recordScaleEvent(memory.scaleDowns, nowNs, from - to, periodsOf(behavior.scaleDown))
}

function periodsOf(rules: ScalingRules): number[] {
  return rules.policies.map((policy) => policy.periodNs)
}

function unmeasured(desired: number, reason: HpaReason, error: string | null): HpaDecision {
  return { desired, reason, metric: null, proposal: null, stabilised: null, limited: null, error }
}

/** The winner among the metrics, and the error of the first metric that has no proposal. */
function largestProposal(
  nowNs: number,
  inputs: HpaInputs,
  settings: HpaSettings,
): Pick<HpaDecision, 'metric' | 'proposal' | 'error'> {
  let metric: string | null = null
  let proposal: ReplicaProposal | null = null
  let error: string | null = null
  for (const candidate of inputs.metrics) {
    const calculation = replicasForMetric(nowNs, inputs.currentReplicas, inputs.pods, candidate, settings)
    if (calculation.proposal === null) {
      error ??= calculation.error
    } else if (proposal === null || proposal.replicas === 0 || calculation.proposal.replicas > proposal.replicas) {
      metric = candidate.name
      proposal = calculation.proposal
    }
  }
  return { metric, proposal, error }
}

/** What one metric asks for: instances are grouped, then the rule of its kind applies. */
export function replicasForMetric(
  nowNs: number,
  currentReplicas: number,
  pods: readonly PodStatus[],
  metric: HpaMetric,
  settings: PodGroupingTimes & { readonly tolerance: Tolerance },
): ReplicaCalculation {
  const { tolerance } = settings
  const classesFor = (usage: readonly (number | null)[], isCpu: boolean) =>
    pods.map((pod, index) => classifyPod(pod, (usage[index] ?? null) !== null, isCpu, nowNs, settings))
  switch (metric.kind) {
    case 'resource': {
      const classes = classesFor(metric.usage, metric.name === 'cpu')
      const { name, requests, targetUtilizationPct } = metric
      return replicasForUtilization(currentReplicas, classes, name, metric, requests, targetUtilizationPct, tolerance)
    }
    case 'pods':
      return replicasForPodMetric(
        currentReplicas,
        classesFor(metric.usage, false),
        metric,
        metric.targetAverage,
        tolerance,
      )
    case 'value':
      return replicasForValue(currentReplicas, pods, metric.usage, metric.target, tolerance)
    case 'average':
      return replicasForAverage(currentReplicas, metric.usage, metric.targetAverage, tolerance)
    case 'unavailable':
      return { proposal: null, error: metric.error }
  }
}
