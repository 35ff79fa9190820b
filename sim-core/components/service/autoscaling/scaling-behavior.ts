// How fast a Kubernetes autoscaler may change the replica count: scaling policies and the limits they give.

import { NS_PER_SECOND } from '../../../kernel/time.ts'
import { changeWithin } from './scale-events.ts'
import type { ScaleEvent } from './scale-events.ts'

/** At most `value` replicas, or percent of the replicas, per period. */
export interface ScalingPolicy {
  readonly type: 'pods' | 'percent'
  readonly value: number
  readonly periodNs: number
}

/** The rules of one direction. */
export interface ScalingRules {
  /** Which policy counts where there are several: the one allowing most or least change; or none at all. */
  readonly selectPolicy: 'max' | 'min' | 'disabled'
  readonly policies: readonly ScalingPolicy[]
  /** How far back recommendations are looked at before a change in this direction. */
  readonly stabilizationWindowNs: number
}

/** The `behavior` block of a HorizontalPodAutoscaler. */
export interface ScalingBehavior {
  readonly scaleUp: ScalingRules
  readonly scaleDown: ScalingRules
}

/** Why the replica count is what it is. */
export type LimitReason =
  | 'DesiredWithinRange'
  | 'ScaleUpLimit'
  | 'ScaleDownLimit'
  | 'TooManyReplicas'
  | 'TooFewReplicas'

/** A replica count after limits. */
export interface LimitedReplicas {
  readonly replicas: number
  readonly reason: LimitReason
}

/** The period of the default policies: 15 s, one sync of the controller. */
const DEFAULT_PERIOD_NS = 15 * NS_PER_SECOND

/** How long the default looks back before it removes replicas: 5 minutes. */
const DEFAULT_DOWN_WINDOW_NS = 300 * NS_PER_SECOND

/** What Kubernetes fills in for unset parts of `behavior` (pkg/apis/autoscaling/v2/defaults.go). */
export const DEFAULT_BEHAVIOR: ScalingBehavior = {
  scaleUp: {
    selectPolicy: 'max',
    policies: [
      { type: 'pods', value: 4, periodNs: DEFAULT_PERIOD_NS },
      { type: 'percent', value: 100, periodNs: DEFAULT_PERIOD_NS },
    ],
    stabilizationWindowNs: 0,
  },
  scaleDown: {
    selectPolicy: 'max',
    policies: [{ type: 'percent', value: 100, periodNs: DEFAULT_PERIOD_NS }],
    stabilizationWindowNs: DEFAULT_DOWN_WINDOW_NS,
  },
}

/**
 * Limits a wanted replica count by the policies of its direction and by the bounds.
 *
 * Source: Kubernetes, pkg/controller/podautoscaler/horizontal.go, convertDesiredReplicasWithBehaviorRate with
 * calculateScaleUpLimitWithScalingRules and calculateScaleDownLimitWithBehaviors. Per policy, with
 * start = current - added + removed within its period: up start + value or ceil(start * (1 + value / 100)), down
 * start - value or trunc(start * (1 - value / 100)); never against the wanted direction.
 * Differs from the source: none.
 */
export function limitByBehavior(
  nowNs: number,
  current: number,
  desired: number,
  bounds: { readonly min: number; readonly max: number },
  behavior: ScalingBehavior,
  ups: readonly ScaleEvent[],
  downs: readonly ScaleEvent[],
): LimitedReplicas {
  if (desired > current) {
    const limit = Math.max(current, scaleLimit(behavior.scaleUp, 'up', nowNs, current, ups, downs))
    const maximum = Math.min(bounds.max, limit)
    if (desired > maximum) return { replicas: maximum, reason: bounds.max > limit ? 'ScaleUpLimit' : 'TooManyReplicas' }
  } else if (desired < current) {
    const limit = Math.min(current, scaleLimit(behavior.scaleDown, 'down', nowNs, current, ups, downs))
    const minimum = Math.max(bounds.min, limit)
    if (desired < minimum)
      return { replicas: minimum, reason: bounds.min < limit ? 'ScaleDownLimit' : 'TooFewReplicas' }
  }
  return { replicas: desired, reason: 'DesiredWithinRange' }
}

/** The replica count that the policies of one direction allow; a plan always has at least one policy. */
function scaleLimit(
  rules: ScalingRules,
  direction: 'up' | 'down',
  nowNs: number,
  current: number,
  ups: readonly ScaleEvent[],
  downs: readonly ScaleEvent[],
): number {
  if (rules.selectPolicy === 'disabled') return current
  // The greatest change is the largest count on the way up and the smallest on the way down.
  const largest = (rules.selectPolicy === 'max') === (direction === 'up')
  let limit = largest ? -Infinity : Infinity
  for (const policy of rules.policies) {
    const { periodNs } = policy
    const start = current - changeWithin(ups, nowNs, periodNs) + changeWithin(downs, nowNs, periodNs)
    const count = direction === 'up' ? increased(start, policy) : decreased(start, policy)
    limit = largest ? Math.max(limit, count) : Math.min(limit, count)
  }
  return limit
}

function increased(start: number, policy: ScalingPolicy): number {
  return policy.type === 'pods' ? start + policy.value : Math.ceil(start * (1 + policy.value / 100))
}

function decreased(start: number, policy: ScalingPolicy): number {
  return policy.type === 'pods' ? start - policy.value : Math.trunc(start * (1 - policy.value / 100))
}

/**
 * Limits a wanted replica count where there is no `behavior` block.
 *
 * Source: Kubernetes, horizontal.go, convertDesiredReplicasWithRules: between the minimum and the smaller of the maximum
 * and max(factor * current, least limit). Differs from the source: none.
 * @param scaleUpLimitFactor how many times the current count one decision may reach.
 * @param scaleUpLimitMinimum a count that one decision may reach from any lower one.
 */
export function limitWithoutBehavior(
  current: number,
  desired: number,
  bounds: { readonly min: number; readonly max: number },
  scaleUpLimitFactor: number,
  scaleUpLimitMinimum: number,
): LimitedReplicas {
  const limit = Math.trunc(Math.max(scaleUpLimitFactor * current, scaleUpLimitMinimum))
  const maximum = Math.min(bounds.max, limit)
  if (desired < bounds.min) return { replicas: bounds.min, reason: 'TooFewReplicas' }
  if (desired > maximum) return { replicas: maximum, reason: bounds.max > limit ? 'ScaleUpLimit' : 'TooManyReplicas' }
  return { replicas: desired, reason: 'DesiredWithinRange' }
}
