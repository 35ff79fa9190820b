// Sorts the instances of a service into those whose load counts, those not ready, those without figures and the gone.

import type { PodStatus } from './autoscaler.ts'

/** What an instance is to the replica calculation. */
export type PodClass = 'ready' | 'unready' | 'missing' | 'ignored'

/** The times by which young instances are judged, in nanoseconds. */
export interface PodGroupingTimes {
  /** How long after its start the processor use of an instance may be the work of starting. */
  readonly cpuInitializationNs: number
  /** An instance that became unready within this time of its start has never been ready. */
  readonly initialReadinessDelayNs: number
}

/**
 * The class of one instance.
 *
 * Source: Kubernetes, pkg/controller/podautoscaler/replica_calculator.go, groupPods: deleted or failed pods are ignored,
 * pending ones unready, those without a metric missing; for processor metrics a pod is unready without a start time or
 * ready condition, or, within the initialisation period, when not ready or when its sample is older than one window
 * after the last transition, or, after it, when not ready and never ready since shortly after its start.
 * Differs from the source: none.
 * @param hasMetric whether there is a figure for this instance.
 * @param isCpu whether that figure is processor use; others are trusted from the first sample on.
 */
export function classifyPod(
  pod: PodStatus,
  hasMetric: boolean,
  isCpu: boolean,
  nowNs: number,
  times: PodGroupingTimes,
): PodClass {
  if (pod.terminating || pod.phase === 'failed') return 'ignored'
  if (pod.phase === 'pending') return 'unready'
  if (!hasMetric) return 'missing'
  return isCpu && isCpuUnready(pod, nowNs, times) ? 'unready' : 'ready'
}

function isCpuUnready(pod: PodStatus, nowNs: number, times: PodGroupingTimes): boolean {
  if (pod.readiness === null || pod.startedNs === null) return true
  const { ready, sinceNs } = pod.readiness
  if (pod.startedNs + times.cpuInitializationNs > nowNs) {
    return !ready || pod.metricTakenNs < sinceNs + pod.metricWindowNs
  }
  return !ready && pod.startedNs + times.initialReadinessDelayNs > sinceNs
}
