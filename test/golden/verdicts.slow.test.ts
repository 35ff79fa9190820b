// The long scenarios say what they are expected to say.
import { expect, test } from 'vitest'
import { slowVerdicts } from './expected-verdicts.ts'
import { expectVerdict } from './judge-scenario.ts'

test.each(slowVerdicts)('$file: $verdict', { timeout: 600_000 }, (expected) => {
  const { bottlenecks, headroom } = expectVerdict(expected)
  // How much more it takes can be told where the load rises and the system keeps up.
  expect(headroom !== null || !expected.file.includes('black-friday')).toBe(true)
  const isWithoutWaits = bottlenecks.length === 0 && expected.verdict !== 'pass'
  expect(isWithoutWaits).toBe(expected.isWithoutWaits === true)
})
