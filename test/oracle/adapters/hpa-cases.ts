// The shapes of the Kubernetes autoscaler cases, and their names and units in ours.

import type { PodPhase, PodStatus } from '../../../sim-core/components/service/autoscaling/autoscaler.ts'
import type { PodGroupingTimes } from '../../../sim-core/components/service/autoscaling/pod-groups.ts'
import type { Tolerance } from '../../../sim-core/components/service/autoscaling/replica-calculator.ts'
import type { ScalingRules } from '../../../sim-core/components/service/autoscaling/scaling-behavior.ts'
import type { Recommendation } from '../../../sim-core/components/service/autoscaling/stabilization.ts'
import { NS_PER_DAY, secondsToNs } from '../../../sim-core/kernel/time.ts'
import type { OracleCase } from '../oracle-case.ts'

/** The instant at which cases are evaluated: late enough that every "seconds ago" is after the start of time. */
export const NOW_NS = 100 * NS_PER_DAY

/** One instance; times are seconds before the evaluation, figures thousandths. */
export interface PodRecord {
  readonly name: string
  readonly phase: string
  readonly ready?: boolean
  readonly deleted?: boolean
  readonly startedAgo?: number
  readonly readyChangedAgo?: number
  readonly metric: number | null
  readonly metricAgo?: number
  readonly window?: number
  readonly request?: number | null
  readonly class?: string
}

/** The scaling rules of one direction, in the words of the manifest. */
export interface RulesRecord {
  readonly selectPolicy: string
  readonly policies: readonly { readonly type: string; readonly value: number; readonly periodSeconds: number }[]
  readonly stabilizationWindowSeconds: number
}

/** A case of one metric: which of the targets and figures it has depends on its kind. */
export interface CalculationCase extends OracleCase {
  readonly currentReplicas: number
  readonly tolerance: Tolerance
  readonly cpuInitializationPeriodS: number
  readonly initialReadinessDelayS: number
  readonly targetUtilizationPct: number
  readonly targetMilli: number
  readonly usageMilli: number
  readonly levelsMilli: readonly number[]
  readonly orphanMetrics?: Readonly<Record<string, number>>
  readonly pods?: readonly PodRecord[]
  readonly expected: {
    readonly replicas?: number
    readonly utilizationPct?: number
    readonly rawAverageMilli?: number
    readonly usageMilli?: number
    readonly error?: string
  }
}

/** A case of the rate limits. */
export interface BehaviorCase extends OracleCase {
  readonly currentReplicas: number
  readonly desiredReplicas: number
  readonly minReplicas: number
  readonly maxReplicas: number
  readonly scaleUp: RulesRecord
  readonly scaleDown: RulesRecord
  readonly scaleUpEvents: readonly { readonly change: number; readonly ago: number }[]
  readonly scaleDownEvents: readonly { readonly change: number; readonly ago: number }[]
}

/** A remembered recommendation. */
export type RecommendationRecord = { readonly replicas: number; readonly ago: number }

/** A case of either stabilisation; which windows it has depends on its kind. */
export interface StabilizeCase extends OracleCase {
  readonly currentReplicas: number
  readonly desiredReplicas: number
  readonly windowSeconds: number
  readonly scaleUpWindowSeconds: number
  readonly scaleDownWindowSeconds: number
  readonly recommendations: readonly RecommendationRecord[]
}

/** A case of noting a scale event. */
export interface StoreCase extends OracleCase {
  readonly events: readonly { readonly change: number; readonly ago: number; readonly outdated: boolean }[]
  readonly replicaChange: number
  readonly policies: RulesRecord['policies'] | null
  readonly changeIn60s: number
}

/** A case of pod grouping alone. */
export interface ClassifyCase extends OracleCase {
  readonly isCpu: boolean
  readonly cpuInitializationPeriodS: number
  readonly initialReadinessDelayS: number
  readonly pods: readonly PodRecord[]
}

/** A case of one whole decision without behaviour. */
export interface StepCase extends OracleCase {
  readonly currentReplicas: number
  readonly minReplicas: number
  readonly maxReplicas: number
  readonly tolerance: Tolerance
  readonly metrics: readonly {
    readonly type: string
    readonly averageUtilizationPct?: number
    readonly averageMilli?: number
    readonly valueMilli?: number
  }[]
  readonly reportedLevelsMilli: readonly number[]
  readonly pods: readonly PodRecord[]
  readonly recommendations: readonly RecommendationRecord[]
  readonly downscaleStabilizationS: number
  readonly scaleUpLimitFactor: number
  readonly scaleUpLimitMinimum: number
  readonly expected: { readonly replicas: number }
}

/** A closed loop over many decisions. */
export interface TraceCase extends OracleCase {
  readonly syncPeriodS: number
  readonly initialReplicas: number
  readonly minReplicas: number
  readonly maxReplicas: number
  readonly targetUtilizationPct: number
  readonly podRequestMilli: number
  readonly tolerance: Tolerance
  readonly scaleUp: RulesRecord
  readonly scaleDown: RulesRecord
  readonly totalLoadMilliPerTick: readonly number[]
}

/** The instant that many seconds before the evaluation. */
export function ago(seconds: number): number {
  return NOW_NS - secondsToNs(seconds)
}

/** An instance in our terms. */
export function toPod(record: PodRecord): PodStatus {
  return {
    phase: record.phase.toLowerCase() as PodPhase,
    terminating: record.deleted ?? false,
    startedNs: record.startedAgo === undefined ? null : ago(record.startedAgo),
    readiness:
      record.readyChangedAgo === undefined
        ? null
        : { ready: record.ready ?? false, sinceNs: ago(record.readyChangedAgo) },
    metricTakenNs: ago(record.metricAgo ?? 0),
    metricWindowNs: secondsToNs(record.window ?? 0),
  }
}

/** Scaling policies in our terms. */
export function toPolicies(policies: RulesRecord['policies']): ScalingRules['policies'] {
  return policies.map(({ type, value, periodSeconds }) => ({
    type: type === 'Pods' ? 'pods' : 'percent',
    value,
    periodNs: secondsToNs(periodSeconds),
  }))
}

/** Scaling rules in our terms. */
export function toRules(rules: RulesRecord): ScalingRules {
  return {
    selectPolicy: rules.selectPolicy.toLowerCase() as ScalingRules['selectPolicy'],
    policies: toPolicies(rules.policies),
    stabilizationWindowNs: secondsToNs(rules.stabilizationWindowSeconds),
  }
}

/** Recommendations in our terms. */
export function toLog(recommendations: readonly RecommendationRecord[]): Recommendation[] {
  return recommendations.map((entry) => ({ replicas: entry.replicas, atNs: ago(entry.ago) }))
}

/** The times of pod grouping in our terms. */
export function toTimes(cpuInitializationPeriodS: number, initialReadinessDelayS: number): PodGroupingTimes {
  return {
    cpuInitializationNs: secondsToNs(cpuInitializationPeriodS),
    initialReadinessDelayNs: secondsToNs(initialReadinessDelayS),
  }
}
