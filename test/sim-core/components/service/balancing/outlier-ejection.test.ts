// Envoy's rules of ejection: failures in a row, success rates, how long, and how many at most.
import { expect, test } from 'vitest'
import type { OutlierConfig } from '../../../../../sim-core/components/service/balancing/outlier-ejection.ts'
import {
  ejectionTimeNs,
  mayEject,
  OutlierEjection,
  successRateThreshold,
} from '../../../../../sim-core/components/service/balancing/outlier-ejection.ts'
import { roundRobin } from '../../../../../sim-core/components/service/balancing/round-robin.ts'
import {
  BLOCKED_BY,
  TargetEligibility,
} from '../../../../../sim-core/components/service/balancing/target-eligibility.ts'
import { RandomStreams } from '../../../../../sim-core/kernel/random.ts'

const CONFIG: OutlierConfig = {
  consecutiveFailures: 3,
  intervalNs: 10,
  baseEjectionNs: 30,
  maxEjectionTimeNs: 100,
  maxEjectionPercentRatio: 0.5,
  successRateStdev: 1.9,
  successRateHosts: 5,
  successRateRequests: 10,
}

function detector(targets: number, config: Partial<OutlierConfig> = {}) {
  const balancer = roundRobin.create({ targets, stream: new RandomStreams(1, 0).stream('test/balancer') })
  const eligibility = new TargetEligibility(targets, balancer)
  for (let target = 0; target < targets; target++) eligibility.unblock(target, BLOCKED_BY.notReady)
  const log: string[] = []
  const outliers = new OutlierEjection(targets, { ...CONFIG, ...config }, eligibility, {
    ejected: (target, reason, forNs) => log.push(`${target} out for ${forNs}: ${reason}`),
    returned: (target) => log.push(`${target} back`),
  })
  return { outliers, eligibility, log }
}

function fail(outliers: OutlierEjection, target: number, times: number, nowNs = 0): void {
  for (let time = 0; time < times; time++) outliers.failed(target, nowNs)
}

test('the rate below which a target is an outlier is that of the documentation of Envoy', () => {
  const { average, threshold } = successRateThreshold([99, 99, 99, 99, 50], 1.9)
  expect(average).toBeCloseTo(89.2, 10)
  expect(threshold).toBeCloseTo(89.2 - 1.9 * 19.6, 10)
})

test('ejections last longer each time up to a limit, and are never too many', () => {
  expect([1, 2, 3, 4].map((times) => ejectionTimeNs(times, 30, 100))).toEqual([30, 60, 90, 100])
  expect([mayEject(0, 10, 0.1), mayEject(1, 10, 0.1), mayEject(0, 3, 0.1), mayEject(1, 3, 0.1)]).toEqual([
    true,
    false,
    true,
    false,
  ])
  expect(mayEject(0, 3, 0)).toBe(false)
})

test('failures in a row eject; one success in between does not let them add up', () => {
  const { outliers, eligibility, log } = detector(4)
  fail(outliers, 1, 2)
  outliers.succeeded(1)
  fail(outliers, 1, 2)
  expect(eligibility.isEligible(1)).toBe(true)
  fail(outliers, 1, 1)
  expect(eligibility.isEligible(1)).toBe(false)
  expect(log).toEqual(['1 out for 30: consecutive_5xx'])
})

test('a target returns at the end of an interval, and stays out longer the next time', () => {
  const { outliers, eligibility, log } = detector(4)
  fail(outliers, 2, 3, 5)
  outliers.endInterval(30)
  expect(eligibility.isEligible(2)).toBe(false)
  outliers.endInterval(40)
  expect(eligibility.isEligible(2)).toBe(true)
  fail(outliers, 2, 3, 41)
  expect(log).toEqual(['2 out for 30: consecutive_5xx', '2 back', '2 out for 60: consecutive_5xx'])
})

test('good behaviour over an interval takes one off the multiplier', () => {
  const { outliers, log } = detector(4)
  fail(outliers, 0, 3, 0)
  outliers.endInterval(30)
  outliers.endInterval(40)
  fail(outliers, 0, 3, 41)
  expect(log.at(-1)).toBe('0 out for 30: consecutive_5xx')
})

test('no more are ejected than allowed', () => {
  const { outliers, log } = detector(4)
  for (const target of [0, 1, 2, 3]) fail(outliers, target, 3)
  expect(log).toHaveLength(2)
  expect(outliers.count).toBe(2)
})

test('an outlying success rate ejects, if enough targets had enough requests', () => {
  const serve = (outliers: OutlierEjection, target: number, requests: number, failures: number): void => {
    for (let request = 0; request < requests; request++) {
      if (request < failures) outliers.failed(target, 0)
      else outliers.succeeded(target)
    }
  }
  const config = { consecutiveFailures: 1_000 }
  const enough = detector(6, config)
  for (const target of [0, 1, 2, 3, 4]) serve(enough.outliers, target, 100, 1)
  serve(enough.outliers, 5, 100, 50)
  enough.outliers.endInterval(10)
  expect(enough.log).toEqual(['5 out for 30: success_rate'])
  const few = detector(6, config)
  for (const target of [0, 1, 2]) serve(few.outliers, target, 100, 1)
  serve(few.outliers, 5, 100, 50)
  few.outliers.endInterval(10)
  expect(few.log).toEqual([])
})

test('a successor starts with a clean record', () => {
  const { outliers, eligibility } = detector(4)
  fail(outliers, 3, 3)
  outliers.forget(3)
  expect([eligibility.isEligible(3), outliers.count]).toEqual([true, 0])
  fail(outliers, 3, 2)
  expect(eligibility.isEligible(3)).toBe(true)
})
