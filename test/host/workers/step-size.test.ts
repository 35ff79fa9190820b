// How many events a step takes: about 25 ms of them, before and after the engine is compiled.
import { expect, test } from 'vitest'
import { StepSize } from '../../../host/workers/step-size.ts'

/** Longest of `steps` steps at a speed in events per ms, after the first few. */
function longestMs(eventsPerMs: (step: number) => number, steps: number, after: number): number {
  const size = new StepSize()
  let longest = 0
  for (let step = 0; step < steps; step++) {
    const ms = size.events / eventsPerMs(step)
    if (step >= after) longest = Math.max(longest, ms)
    size.took(ms)
  }
  return longest
}

test.each([20, 200, 2_000, 10_000])('at %i events per ms a step soon takes 25 ms', (eventsPerMs) => {
  expect(longestMs(() => eventsPerMs, 50, 10)).toBeCloseTo(25, 0)
})

test('while the engine gets faster no step is long, and one that is suddenly slow is followed by shorter ones', () => {
  expect(longestMs((step) => Math.min(2_000, 40 * 1.5 ** step), 50, 0)).toBeLessThan(60)
  expect(longestMs((step) => (step < 20 ? 2_000 : 200), 50, 25)).toBeLessThan(26)
})
