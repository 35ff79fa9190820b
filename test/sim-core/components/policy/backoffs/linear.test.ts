// Linear backoff.
import { expect, it } from 'vitest'
import { linear } from '../../../../../sim-core/components/policy/backoffs/linear.ts'
import { NS_PER_MS } from '../../../../../sim-core/kernel/time.ts'
import { backoffDelays } from './backoff-delays.ts'

it('grows by the first delay up to the limit', () => {
  expect(backoffDelays(linear, { initialNs: 30 * NS_PER_MS, maxNs: 100 * NS_PER_MS }, 5)).toEqual([
    30, 60, 90, 100, 100,
  ])
})
