// The threshold autoscaler: reasons, cooldowns, bounds.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAutoscaler } from '../../../../../sim-core/components/service/autoscaling/registry.ts'
import { THRESHOLD_DEFAULTS } from '../../../../../sim-core/components/service/autoscaling/threshold.ts'
import type { ThresholdConfig } from '../../../../../sim-core/components/service/autoscaling/threshold.ts'
import { NS_PER_SECOND } from '../../../../../sim-core/kernel/time.ts'
import { NOW_NS, podSample, podSamples } from './pod-samples.ts'

const CONFIG: ThresholdConfig = {
  ...THRESHOLD_DEFAULTS,
  kind: 'threshold',
  min: 2,
  max: 20,
  cpuTarget: 0.7,
  memoryTarget: 0.8,
  responseTimeTargetMs: 200,
}

interface Load {
  readonly cpu: number
  readonly memory: number
  readonly responseTimeMs: number
}

const BUSY: Load = { cpu: 0.9, memory: 0.5, responseTimeMs: 300 }
const IDLE: Load = { cpu: 0.3, memory: 0.39, responseTimeMs: 99 }

function scaler(config = CONFIG) {
  const autoscaler = createAutoscaler(config)
  return (second: number, current: number, load: Load) =>
    autoscaler.decide({
      nowNs: NOW_NS + second * NS_PER_SECOND,
      currentReplicas: current,
      pods: podSamples(current, load.cpu, load.memory),
      responseTimeMs: load.responseTimeMs,
    })
}

describe('threshold', () => {
  it('adds one replica when two measures are over their targets, and shows the worst', () => {
    expect(scaler()(0, 5, BUSY)).toEqual({
      desired: 6,
      metric: 'response_time',
      value: 300,
      threshold: 200,
      reason: 'over_target',
      outcome: 'triggered',
    })
    expect(scaler()(0, 5, { ...BUSY, cpu: 0.7 })).toMatchObject({
      desired: 5,
      reason: 'within_targets',
      outcome: 'held',
    })
  })

  it('removes one replica only when every measure is under half its target', () => {
    expect(scaler()(0, 5, IDLE)).toMatchObject({ desired: 4, reason: 'under_half_target', outcome: 'triggered' })
    expect(scaler()(0, 5, { ...IDLE, memory: 0.41 })).toMatchObject({ desired: 5, outcome: 'held' })
    expect(scaler({ ...CONFIG, downCount: 2 })(0, 5, { ...IDLE, memory: 0.41 })).toMatchObject({ desired: 5 })
  })

  it('rests after a change, longer before removing than before adding', () => {
    const decide = scaler()
    expect(decide(0, 5, BUSY)).toMatchObject({ desired: 6 })
    expect(decide(299, 6, BUSY)).toMatchObject({ desired: 6, outcome: 'refused_by_cooldown' })
    expect(decide(300, 6, BUSY)).toMatchObject({ desired: 7, outcome: 'triggered' })
    expect(decide(899, 7, IDLE)).toMatchObject({ desired: 7, outcome: 'refused_by_cooldown' })
    expect(decide(900, 7, IDLE)).toMatchObject({ desired: 6, outcome: 'triggered' })
  })

  it('stops at its bounds and comes back to them at once', () => {
    expect(scaler()(0, 20, BUSY)).toMatchObject({ desired: 20, reason: 'at_maximum', outcome: 'held' })
    expect(scaler()(0, 2, IDLE)).toMatchObject({ desired: 2, reason: 'at_minimum', outcome: 'held' })
    expect(scaler()(0, 1, IDLE)).toMatchObject({ desired: 2, reason: 'below_minimum', outcome: 'triggered' })
    expect(scaler()(0, 30, BUSY)).toMatchObject({ desired: 20, reason: 'above_maximum', outcome: 'triggered' })
  })

  it('looks only at what has a target, and at instances that are ready', () => {
    const config: ThresholdConfig = {
      ...THRESHOLD_DEFAULTS,
      kind: 'threshold',
      min: 1,
      max: 9,
      cpuTarget: 0.7,
      upCount: 1,
    }
    const autoscaler = createAutoscaler(config)
    const starting = podSample({ readiness: { ready: false, sinceNs: NOW_NS }, cpuUsageMilli: 0 })
    const pods = [...podSamples(2, 0.9), starting, podSample({ terminating: true })]
    const decision = autoscaler.decide({ nowNs: NOW_NS, currentReplicas: 3, pods, responseTimeMs: 9000 })
    expect(decision).toMatchObject({ desired: 4, metric: 'cpu', value: 0.9 })
    const blind = createAutoscaler(config).decide({
      nowNs: NOW_NS,
      currentReplicas: 3,
      pods: [starting],
      responseTimeMs: 0,
    })
    expect(blind).toMatchObject({ desired: 3, outcome: 'held' })
    const slow = createAutoscaler({ ...config, responseTimeTargetMs: 200 })
    const slowDecision = slow.decide({ nowNs: NOW_NS, currentReplicas: 3, pods: [starting], responseTimeMs: 900 })
    expect(slowDecision).toMatchObject({ desired: 4, metric: 'response_time', value: 900 })
  })

  it('moves one step at a time within its bounds, never before the rest of that direction is over', () => {
    const load = fc.record({
      cpu: fc.double({ min: 0, max: 2, noNaN: true }),
      memory: fc.double({ min: 0, max: 2, noNaN: true }),
      responseTimeMs: fc.integer({ min: 0, max: 1000 }),
    })
    fc.assert(
      fc.property(fc.array(load, { maxLength: 120 }), (loads) => {
        const decide = scaler()
        let current = 5
        let lastChange = -Infinity
        loads.forEach((given, tick) => {
          const { desired } = decide(tick * 60, current, given)
          expect(Math.abs(desired - current)).toBeLessThanOrEqual(1)
          expect(desired).toBeGreaterThanOrEqual(CONFIG.min)
          expect(desired).toBeLessThanOrEqual(CONFIG.max)
          if (desired === current) return
          expect(tick * 60 - lastChange).toBeGreaterThanOrEqual(desired > current ? 300 : 600)
          lastChange = tick * 60
          current = desired
        })
      }),
    )
  })

  it('is refused without a target, or with counts below one', () => {
    const bare: ThresholdConfig = { ...THRESHOLD_DEFAULTS, kind: 'threshold', min: 1, max: 9 }
    expect(() => createAutoscaler(bare)).toThrow('at least one target')
    expect(() => createAutoscaler({ ...CONFIG, upCount: 0 })).toThrow('at least one reason')
  })
})
