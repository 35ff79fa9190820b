// How many replicas one metric asks for, by the rules of the Kubernetes horizontal pod autoscaler.

import type { PodStatus } from './autoscaler.ts'
import type { PodClass } from './pod-groups.ts'

/** How far the usage ratio may be from 1 before anything is done, per direction, as ratios. */
export interface Tolerance {
  readonly up: number
  readonly down: number
}

/** What a metric asks for. */
export interface ReplicaProposal {
  readonly replicas: number
  /** Mean usage per instance with a figure, in the metric's own unit, rounded down; for a whole value, that value. */
  readonly usage: number
  /** Usage as a whole percentage of the requests, rounded down; null for metrics without requests. */
  readonly utilizationPct: number | null
}

/** A proposal, or why there is none. */
export type ReplicaCalculation =
  | { readonly proposal: ReplicaProposal; readonly error: null }
  | { readonly proposal: null; readonly error: string }

/** Figures per instance: `usage[i]` belongs to instance i of the same decision, null without figure. */
export interface PodUsage {
  readonly usage: readonly (number | null)[]
  /** Figures still reported for instances that no longer exist. */
  readonly orphanUsage: readonly number[]
}

interface UsageRatio {
  readonly ratio: number
  readonly usage: number
  readonly utilizationPct: number | null
}

/** How a per-instance metric is compared with its target, and what stands in for a missing figure. */
interface UsageRule {
  /** @param counted figures that count, null elsewhere. Null if nothing can be compared. */
  ratioOf(counted: readonly (number | null)[]): UsageRatio | null
  /** What an instance without figure is taken to use, given the ratio without it; null leaves it out. */
  missingUsage(pod: number, ratio: number): number | null
}

const NO_PODS = 'no pods returned by selector while calculating replica count'

/** A whole in percent: the source counts utilisation in whole percentages. */
const PERCENT = 100

function failed(error: string): ReplicaCalculation {
  return { proposal: null, error }
}

function proposed(replicas: number, usage: number, utilizationPct: number | null): ReplicaCalculation {
  return { proposal: { replicas, usage, utilizationPct }, error: null }
}

function isWithin(tolerance: Tolerance, ratio: number): boolean {
  return 1 - tolerance.down <= ratio && ratio <= 1 + tolerance.up
}

/**
 * Replicas for a resource (processor, memory) whose target is a percentage of what instances request.
 *
 * Source: Kubernetes, pkg/controller/podautoscaler/replica_calculator.go, GetResourceReplicas, with
 * metrics/utilization.go: utilisation = trunc(100 * sum(usage) / sum(request)), ratio = utilisation / target,
 * replicas = ceil(ratio * ready pods). Instances without figure count as using max(100 %, target) on the way down and
 * nothing on the way up; unready ones as nothing on the way up.
 * Differs from the source: none.
 * @param classes the class of each instance. @param requests what each requests, in the unit of the usage.
 */
export function replicasForUtilization(
  currentReplicas: number,
  classes: readonly PodClass[],
  resource: string,
  figures: PodUsage,
  requests: readonly (number | null)[],
  targetUtilizationPct: number,
  tolerance: Tolerance,
): ReplicaCalculation {
  if (figures.orphanUsage.length === 0 && figures.usage.every((value) => value === null)) {
    return failed(`unable to get metrics for resource ${resource}: no metrics returned from resource metrics API`)
  }
  const rule: UsageRule = {
    ratioOf: (counted) => utilizationRatio(counted, requests, targetUtilizationPct),
    missingUsage(pod, ratio) {
      if (ratio === 1) return null
      if (ratio > 1) return 0
      return Math.trunc(((requests[pod] ?? 0) * Math.max(PERCENT, targetUtilizationPct)) / PERCENT)
    },
  }
  const requestMissing = requests.includes(null) ? `missing request for ${resource}` : null
  return replicasForPods(currentReplicas, classes, figures, rule, tolerance, requestMissing)
}

function utilizationRatio(
  counted: readonly (number | null)[],
  requests: readonly (number | null)[],
  targetUtilizationPct: number,
): UsageRatio | null {
  let usageTotal = 0
  let requestTotal = 0
  let pods = 0
  counted.forEach((usage, pod) => {
    if (usage === null) return
    usageTotal += usage
    requestTotal += requests[pod] ?? 0
    pods += 1
  })
  if (requestTotal === 0) return null
  const utilizationPct = Math.trunc((usageTotal * PERCENT) / requestTotal)
  return { ratio: utilizationPct / targetUtilizationPct, usage: Math.trunc(usageTotal / pods), utilizationPct }
}

/**
 * Replicas for a metric that each instance reports and whose target is a mean per instance.
 *
 * Source: Kubernetes, replica_calculator.go, calcPlainMetricReplicas: mean = trunc(sum / count), ratio = mean / target.
 * Instances without figure count as exactly on target on the way down and as nothing otherwise.
 * Differs from the source: none.
 */
export function replicasForPodMetric(
  currentReplicas: number,
  classes: readonly PodClass[],
  figures: PodUsage,
  targetAverage: number,
  tolerance: Tolerance,
): ReplicaCalculation {
  const rule: UsageRule = {
    ratioOf(counted) {
      let total = 0
      let count = figures.orphanUsage.length
      for (const usage of figures.orphanUsage) total += usage
      for (const usage of counted) {
        if (usage === null) continue
        total += usage
        count += 1
      }
      const usage = Math.trunc(total / count)
      return { ratio: usage / targetAverage, usage, utilizationPct: null }
    },
    missingUsage: (_pod, ratio) => (ratio < 1 ? targetAverage : 0),
  }
  return replicasForPods(currentReplicas, classes, figures, rule, tolerance, null)
}

/** The part that resource and per-instance metrics share; `requestError` is reported once figures are known to exist. */
function replicasForPods(
  currentReplicas: number,
  classes: readonly PodClass[],
  figures: PodUsage,
  rule: UsageRule,
  tolerance: Tolerance,
  requestError: string | null,
): ReplicaCalculation {
  if (classes.length === 0) return failed(NO_PODS)
  const counted = figures.usage.map((usage, pod) => (classes[pod] === 'ready' ? usage : null))
  const orphans = figures.orphanUsage.length
  if (countOf(counted) + orphans === 0)
    return failed('did not receive metrics for targeted pods (pods might be unready)')
  if (requestError !== null) return failed(requestError)
  const first = rule.ratioOf(counted)
  if (first === null) return failed('no metrics returned matched known pods')

  const { ratio, usage, utilizationPct } = first
  const addUnready = ratio > 1 && classes.includes('unready')
  if (addUnready || classes.includes('missing')) {
    const filled = counted.map((value, pod) => {
      if (classes[pod] === 'missing') return rule.missingUsage(pod, ratio)
      return classes[pod] === 'unready' && addUnready ? 0 : value
    })
    const filledRatio = rule.ratioOf(filled)?.ratio ?? ratio
    const replicas = replicasAfterFilling(currentReplicas, ratio, filledRatio, countOf(filled) + orphans, tolerance)
    return proposed(replicas, usage, utilizationPct)
  }
  const replicas = isWithin(tolerance, ratio) ? currentReplicas : Math.ceil(ratio * countOf(counted))
  return proposed(replicas, usage, utilizationPct)
}

/** The count once stand-ins are added: it changes only if they leave the direction and the sign of the change alone. */
function replicasAfterFilling(
  currentReplicas: number,
  ratio: number,
  filledRatio: number,
  pods: number,
  tolerance: Tolerance,
): number {
  const flipped = (ratio < 1 && filledRatio > 1) || (ratio > 1 && filledRatio < 1)
  if (flipped || isWithin(tolerance, filledRatio)) return currentReplicas
  const replicas = Math.ceil(filledRatio * pods)
  const turned = filledRatio < 1 ? replicas > currentReplicas : replicas < currentReplicas
  return turned ? currentReplicas : replicas
}

function countOf(values: readonly (number | null)[]): number {
  let count = 0
  for (const value of values) if (value !== null) count += 1
  return count
}

/**
 * Replicas for a metric of something else (a queue, an ingress) whose target is one whole value.
 *
 * Source: Kubernetes, replica_calculator.go, GetObjectMetricReplicas, GetExternalMetricReplicas and
 * getUsageRatioReplicaCount: ratio = usage / target, replicas = ceil(ratio * ready pods), from zero ceil(ratio).
 * Differs from the source: none.
 * @param usage the series that matched; they are summed.
 */
export function replicasForValue(
  currentReplicas: number,
  pods: readonly PodStatus[],
  usage: readonly number[],
  target: number,
  tolerance: Tolerance,
): ReplicaCalculation {
  const total = sum(usage)
  const ratio = total / target
  if (currentReplicas === 0) return proposed(Math.ceil(ratio), total, null)
  if (isWithin(tolerance, ratio)) return proposed(currentReplicas, total, null)
  if (pods.length === 0) return failed(NO_PODS)
  let ready = 0
  for (const pod of pods) if (pod.phase === 'running' && pod.readiness?.ready === true) ready += 1
  return proposed(Math.ceil(ratio * ready), total, null)
}

/**
 * Replicas for a metric of something else whose target is a share per replica.
 *
 * Source: Kubernetes, replica_calculator.go, GetObjectPerPodMetricReplicas and GetExternalPerPodMetricReplicas:
 * ratio = usage / (target * replicas); outside the tolerance replicas = ceil(usage / target); usage per pod is rounded up.
 * Differs from the source: with no replicas the whole usage is reported instead of a division by zero.
 */
export function replicasForAverage(
  currentReplicas: number,
  usage: readonly number[],
  targetAverage: number,
  tolerance: Tolerance,
): ReplicaCalculation {
  const total = sum(usage)
  const ratio = total / (targetAverage * currentReplicas)
  const replicas = isWithin(tolerance, ratio) ? currentReplicas : Math.ceil(total / targetAverage)
  return proposed(replicas, currentReplicas === 0 ? total : Math.ceil(total / currentReplicas), null)
}

function sum(values: readonly number[]): number {
  let total = 0
  for (const value of values) total += value
  return total
}
