// The hpa autoscaler as a service uses it: several metrics, bounds, calm on the way down, one record per decision.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PodSample } from '../../../../../sim-core/components/service/autoscaling/autoscaler.ts'
import { HpaController } from '../../../../../sim-core/components/service/autoscaling/hpa-controller.ts'
import { HPA_DEFAULTS } from '../../../../../sim-core/components/service/autoscaling/hpa.ts'
import type { HpaConfig } from '../../../../../sim-core/components/service/autoscaling/hpa.ts'
import { autoscalers, createAutoscaler } from '../../../../../sim-core/components/service/autoscaling/registry.ts'
import { NS_PER_SECOND } from '../../../../../sim-core/kernel/time.ts'
import { NOW_NS, podSample, podSamples } from './pod-samples.ts'

const CONFIG: HpaConfig = { ...HPA_DEFAULTS, kind: 'hpa', min: 3, max: 20, cpuTarget: 0.7, memoryTarget: 0.8 }

function decideOnce(pods: PodSample[], current = pods.length, config = CONFIG) {
  return createAutoscaler(config).decide({ nowNs: NOW_NS, currentReplicas: current, pods, responseTimeMs: 0 })
}

describe('hpa', () => {
  it('scales out by the metric that asks for most', () => {
    expect(decideOnce(podSamples(4, 1, 0.5))).toEqual({
      desired: 6,
      metric: 'cpu',
      value: 1,
      threshold: 0.7,
      reason: 'DesiredWithinRange',
      outcome: 'triggered',
    })
    expect(decideOnce(podSamples(4, 0.2, 1.2))).toMatchObject({
      desired: 6,
      metric: 'memory',
      value: 1.2,
      threshold: 0.8,
    })
  })

  it('holds on target, and comes down only after five minutes of low use', () => {
    const autoscaler = createAutoscaler(CONFIG)
    const decide = (second: number, cpu: number) =>
      autoscaler.decide({
        nowNs: NOW_NS + second * NS_PER_SECOND,
        currentReplicas: 10,
        pods: podSamples(10, cpu),
        responseTimeMs: 0,
      })
    expect(decide(0, 0.7)).toMatchObject({ desired: 10, outcome: 'held' })
    expect(decide(15, 0.35)).toMatchObject({ desired: 10, outcome: 'refused_by_cooldown' })
    expect(decide(285, 0.35)).toMatchObject({ desired: 10, outcome: 'refused_by_cooldown' })
    expect(decide(301, 0.35)).toMatchObject({ desired: 5, outcome: 'triggered' })
  })

  it('puts a count outside the bounds right at once', () => {
    expect(decideOnce(podSamples(2, 0.7))).toMatchObject({ desired: 3, metric: 'replicas', outcome: 'triggered' })
    expect(decideOnce(podSamples(25, 0.7))).toMatchObject({ desired: 20, metric: 'replicas', threshold: 20 })
  })

  it('changes nothing without figures, nor down with figures of one metric only', () => {
    const blind = Array.from({ length: 5 }, () => podSample({ cpuUsageMilli: null, memoryUsageBytes: null }))
    expect(decideOnce(blind)).toMatchObject({ desired: 5, outcome: 'held', metric: 'replicas' })
    const half = Array.from({ length: 5 }, () => podSample({ memoryUsageBytes: null }))
    expect(decideOnce(half)).toMatchObject({ desired: 5, outcome: 'held' })
    const busy = Array.from({ length: 5 }, () => podSample({ cpuUsageMilli: 1400, memoryUsageBytes: null }))
    expect(decideOnce(busy)).toMatchObject({ desired: 10, metric: 'cpu' })
  })

  it('does not count starting instances as a reason to grow further', () => {
    const young = podSample({ startedNs: NOW_NS, readiness: { ready: false, sinceNs: NOW_NS }, cpuUsageMilli: 1000 })
    expect(decideOnce([...podSamples(4, 1), young, young], 6)).toMatchObject({ desired: 6, outcome: 'held' })
  })

  it('never leaves its bounds and grows no faster than its policies, whatever the load does', () => {
    const loads = fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(loads, fc.boolean(), (ratios, withBehavior) => {
        const behavior = withBehavior ? HPA_DEFAULTS.behavior : null
        const autoscaler = createAutoscaler({ ...CONFIG, behavior })
        let current = 5
        ratios.forEach((ratio, tick) => {
          const nowNs = NOW_NS + tick * HPA_DEFAULTS.syncPeriodNs
          const pods = podSamples(current, ratio)
          const { desired, outcome } = autoscaler.decide({ nowNs, currentReplicas: current, pods, responseTimeMs: 0 })
          expect(desired).toBeGreaterThanOrEqual(CONFIG.min)
          expect(desired).toBeLessThanOrEqual(CONFIG.max)
          expect(desired).toBeLessThanOrEqual(Math.max(2 * current, current + 4))
          expect(outcome === 'triggered').toBe(desired !== current)
          current = desired
        })
      }),
    )
  })

  it('is refused without a target or with bounds in the wrong order', () => {
    const { cpuTarget: _cpu, memoryTarget: _memory, ...bare } = CONFIG
    expect(() => createAutoscaler(bare)).toThrow('at least one target')
    expect(() => createAutoscaler({ ...CONFIG, min: 30 })).toThrow('min <= max')
  })
})

describe('HpaController', () => {
  it('shows every step of a decision', () => {
    const controller = new HpaController({ ...CONFIG, max: 12 })
    const pods = podSamples(4, 0)
    const decision = controller.decide(NOW_NS, {
      currentReplicas: 4,
      pods,
      metrics: [{ kind: 'pods', name: 'requests', usage: [90, 90, 90, 90], orphanUsage: [], targetAverage: 10 }],
    })
    expect(decision).toEqual({
      desired: 8,
      reason: 'ScaleUpLimit',
      metric: 'requests',
      proposal: { replicas: 36, usage: 90, utilizationPct: null },
      stabilised: 36,
      limited: 8,
      error: null,
    })
  })

  it('leaves a service alone that was scaled to nothing by hand', () => {
    const controller = new HpaController(CONFIG)
    const decision = controller.decide(NOW_NS, { currentReplicas: 0, pods: [], metrics: [] })
    expect(decision).toMatchObject({ desired: 0, reason: 'ScalingDisabled' })
  })
})

it('lists every autoscaler once, with help and source', () => {
  expect(autoscalers.map(({ id }) => id)).toEqual(['hpa', 'threshold'])
  for (const { help, source } of autoscalers) expect(Math.min(help.length, source.length)).toBeGreaterThan(20)
})
