// Fixed backoff.
import { expect, it } from 'vitest'
import { fixed } from '../../../../../sim-core/components/policy/backoffs/fixed.ts'
import { NS_PER_MS } from '../../../../../sim-core/kernel/time.ts'
import { backoffDelays } from './backoff-delays.ts'

it('waits the same time before every retry', () => {
  expect(backoffDelays(fixed, { initialNs: 30 * NS_PER_MS }, 3)).toEqual([30, 30, 30])
})
