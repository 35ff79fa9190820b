// Makes instances for the autoscaler tests.
import type { PodSample } from '../../../../../sim-core/components/service/autoscaling/autoscaler.ts'
import { NS_PER_HOUR, NS_PER_SECOND } from '../../../../../sim-core/kernel/time.ts'

/** The instant at which the tests decide: old instances started long before. */
export const NOW_NS = 10 * NS_PER_HOUR

/** An old, ready instance with one core and 1000 bytes reserved, none used; `changes` says what is different. */
export function podSample(changes: Partial<PodSample> = {}): PodSample {
  return {
    phase: 'running',
    terminating: false,
    startedNs: 0,
    readiness: { ready: true, sinceNs: NS_PER_SECOND },
    metricTakenNs: NOW_NS,
    metricWindowNs: 15 * NS_PER_SECOND,
    cpuUsageMilli: 0,
    cpuRequestMilli: 1000,
    memoryUsageBytes: 0,
    memoryRequestBytes: 1000,
    ...changes,
  }
}

/** That many old, ready instances, each using that much of a core and of its memory. */
export function podSamples(count: number, cpuRatio: number, memoryRatio = 0): PodSample[] {
  const use = { cpuUsageMilli: Math.round(1000 * cpuRatio), memoryUsageBytes: Math.round(1000 * memoryRatio) }
  return Array.from({ length: count }, () => podSample(use))
}
