// No backoff.
import { expect, it } from 'vitest'
import { none } from '../../../../../sim-core/components/policy/backoffs/none.ts'
import { backoffDelays } from './backoff-delays.ts'

it('never waits', () => {
  expect(backoffDelays(none, {}, 4)).toEqual([0, 0, 0, 0])
})
