// What breakers remember: runs of failures, the last calls, and stretches of time that turn with the clock or with results.
import { expect, test } from 'vitest'
import { FailureRun, LastCalls, RecentTime } from '../../../../sim-core/components/policy/outcome-window.ts'
import type { OutcomeWindow } from '../../../../sim-core/components/policy/outcome-window.ts'

const counts = (window: OutcomeWindow, nowNs: number): number[] => [
  window.calls(nowNs),
  window.failures(nowNs),
  window.slowCalls(nowNs),
]

test('a run of failures ends with a success', () => {
  const run = new FailureRun()
  run.onResult(0, true)
  run.onResult(0, true)
  expect(run.failures()).toBe(2)
  run.onResult(0, false)
  expect(run.failures()).toBe(0)
})

test('the last calls forget the oldest, slow and failed apart', () => {
  const last = new LastCalls(3)
  last.onResult(0, true, true)
  last.onResult(0, true, false)
  last.onResult(0, false, true)
  expect(counts(last, 0)).toEqual([3, 2, 2])
  last.onResult(0, false, false)
  expect(counts(last, 0)).toEqual([3, 1, 1])
  last.clear()
  last.onResult(0, false, false)
  expect(counts(last, 0)).toEqual([1, 0, 0])
})

test('with the clock, a bucket is forgotten when as many have begun after it as the window has', () => {
  const recent = new RecentTime({ bucketNs: 10, buckets: 3, turn: 'with_clock', counts: 'results' })
  recent.onResult(5, true, false)
  recent.onResult(12, false, true)
  expect(counts(recent, 29)).toEqual([2, 1, 1])
  expect(counts(recent, 30)).toEqual([1, 0, 1])
  expect(counts(recent, 39)).toEqual([1, 0, 1])
  expect(counts(recent, 40)).toEqual([0, 0, 0])
})

test('with the results, nothing is forgotten until results come', () => {
  const recent = new RecentTime({ bucketNs: 10, buckets: 2, turn: 'with_results', counts: 'results' })
  recent.onResult(0, true, false)
  expect(counts(recent, 1_000)).toEqual([1, 1, 0])
  recent.onResult(1_000, false, false)
  expect(counts(recent, 1_000)).toEqual([2, 1, 0])
  recent.onResult(1_009, false, false)
  expect(counts(recent, 1_009)).toEqual([3, 1, 0])
  recent.onResult(1_010, false, false)
  expect(counts(recent, 1_010)).toEqual([3, 0, 0])
})

test('calls may be counted when they begin, however they end', () => {
  const recent = new RecentTime({ bucketNs: 10, buckets: 2, turn: 'with_clock', counts: 'attempts' })
  recent.onAttempt(0)
  recent.onAttempt(0)
  recent.onResult(15, true, false)
  expect(counts(recent, 15)).toEqual([2, 1, 0])
  // The calls are forgotten before the failure of one of them.
  expect(counts(recent, 20)).toEqual([0, 1, 0])
})
