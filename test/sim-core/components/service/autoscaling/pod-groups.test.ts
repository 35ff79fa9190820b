// Which instances count: gone, pending, without figures, young, never ready.
import { describe, expect, it } from 'vitest'
import type { PodSample } from '../../../../../sim-core/components/service/autoscaling/autoscaler.ts'
import { classifyPod } from '../../../../../sim-core/components/service/autoscaling/pod-groups.ts'
import { NS_PER_SECOND } from '../../../../../sim-core/kernel/time.ts'
import { NOW_NS, podSample } from './pod-samples.ts'

const TIMES = { cpuInitializationNs: 300 * NS_PER_SECOND, initialReadinessDelayNs: 30 * NS_PER_SECOND }
const classOf = (changes: Partial<PodSample>, hasMetric = true, isCpu = true) =>
  classifyPod(podSample(changes), hasMetric, isCpu, NOW_NS, TIMES)
const ago = (seconds: number) => NOW_NS - seconds * NS_PER_SECOND

describe('classifyPod', () => {
  it('ignores what is gone, whatever else is known', () => {
    expect(classOf({ terminating: true }, false)).toBe('ignored')
    expect(classOf({ phase: 'failed' })).toBe('ignored')
  })

  it('tells pending from missing from ready', () => {
    expect(classOf({ phase: 'pending' }, false)).toBe('unready')
    expect(classOf({}, false)).toBe('missing')
    expect(classOf({})).toBe('ready')
  })

  it('distrusts the processor use of an instance that has just become ready', () => {
    const young = { startedNs: ago(60), readiness: { ready: true, sinceNs: ago(10) } }
    expect(classOf(young)).toBe('unready')
    expect(classOf({ ...young, metricWindowNs: 10 * NS_PER_SECOND })).toBe('ready')
    expect(classOf(young, true, false)).toBe('ready')
  })

  it('after the initialisation period leaves out only what was never ready', () => {
    const startedNs = ago(1000)
    expect(classOf({ startedNs, readiness: { ready: false, sinceNs: ago(990) } })).toBe('unready')
    expect(classOf({ startedNs, readiness: { ready: false, sinceNs: ago(500) } })).toBe('ready')
  })

  it('leaves out what has no start or readiness yet', () => {
    expect(classOf({ startedNs: null })).toBe('unready')
    expect(classOf({ readiness: null })).toBe('unready')
  })
})
