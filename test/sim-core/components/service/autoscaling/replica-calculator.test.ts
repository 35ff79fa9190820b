// What one metric asks for, in the shapes that only whole decisions meet: errors, growth with load, scaling from zero.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  replicasForAverage,
  replicasForPodMetric,
  replicasForUtilization,
  replicasForValue,
} from '../../../../../sim-core/components/service/autoscaling/replica-calculator.ts'
import { podSamples } from './pod-samples.ts'

const TOLERANCE = { up: 0.1, down: 0.1 }
const ready = (count: number) => Array.from({ length: count }, () => 'ready' as const)
const figures = (usage: (number | null)[]) => ({ usage, orphanUsage: [] })

function forCpu(usage: number[], target: number) {
  const requests = usage.map(() => 1000)
  return replicasForUtilization(usage.length, ready(usage.length), 'cpu', figures(usage), requests, target, TOLERANCE)
}

describe('replicasForUtilization', () => {
  it('scales in proportion to use over target, rounding up', () => {
    expect(forCpu([900, 900, 900], 60).proposal).toEqual({ replicas: 5, usage: 900, utilizationPct: 90 })
  })

  it('does nothing within the tolerance', () => {
    expect(forCpu([650, 650], 60).proposal?.replicas).toBe(2)
    expect(forCpu([670, 670], 60).proposal?.replicas).toBe(3)
  })

  it('says why it has no answer', () => {
    const none = replicasForUtilization(2, ready(0), 'cpu', figures([]), [], 60, TOLERANCE)
    expect(none.error).toContain('no metrics returned from resource metrics API')
    const unready = replicasForUtilization(1, ['unready'], 'cpu', figures([5]), [1000], 60, TOLERANCE)
    expect(unready.error).toContain('did not receive metrics')
    const unasked = replicasForUtilization(1, ready(1), 'cpu', figures([5]), [null], 60, TOLERANCE)
    expect(unasked.error).toContain('missing request for cpu')
  })

  it('takes missing figures for full use on the way down and for none on the way up', () => {
    const withMissing = (usage: number) =>
      replicasForUtilization(
        4,
        ['ready', 'ready', 'ready', 'missing'],
        'cpu',
        figures([usage, usage, usage, null]),
        [1000, 1000, 1000, 1000],
        60,
        TOLERANCE,
      )
    expect(withMissing(200).proposal?.replicas).toBe(3)
    expect(withMissing(1000).proposal?.replicas).toBe(5)
    expect(withMissing(700).proposal?.replicas).toBe(4)
  })

  it('never asks for fewer replicas when every instance uses more', () => {
    const usage = fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(
        usage,
        fc.integer({ min: 0, max: 500 }),
        fc.integer({ min: 10, max: 150 }),
        (values, more, target) => {
          const before = forCpu(values, target).proposal!.replicas
          const after = forCpu(
            values.map((value) => value + more),
            target,
          ).proposal!.replicas
          expect(after).toBeGreaterThanOrEqual(before)
        },
      ),
    )
  })
})

describe('other metrics', () => {
  it('compares the mean of a pod metric with its target', () => {
    expect(replicasForPodMetric(3, ready(3), figures([20, 10, 30]), 15, TOLERANCE).proposal).toEqual({
      replicas: 4,
      usage: 20,
      utilizationPct: null,
    })
  })

  it('scales to and from zero on a whole value', () => {
    expect(replicasForValue(0, [], [30], 10, TOLERANCE).proposal?.replicas).toBe(3)
    expect(replicasForValue(4, podSamples(4, 0), [5, 15], 10, TOLERANCE).proposal?.replicas).toBe(8)
    expect(replicasForValue(4, podSamples(4, 0), [0], 10, TOLERANCE).proposal?.replicas).toBe(0)
    expect(replicasForValue(4, [], [50], 10, TOLERANCE).error).toContain('no pods')
  })

  it('shares a whole value among replicas', () => {
    expect(replicasForAverage(3, [100], 20, TOLERANCE).proposal).toEqual({
      replicas: 5,
      usage: 34,
      utilizationPct: null,
    })
    expect(replicasForAverage(0, [100], 20, TOLERANCE).proposal?.replicas).toBe(5)
    expect(replicasForAverage(5, [104], 20, TOLERANCE).proposal?.replicas).toBe(5)
  })
})
