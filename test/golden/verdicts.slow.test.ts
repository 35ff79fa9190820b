// Black Friday and its variations say what they are expected to say.
import { expect, test } from 'vitest'
import { slowVerdicts } from './expected-verdicts.ts'
import { expectVerdict } from './judge-scenario.ts'

test.each(slowVerdicts)('$file: $verdict', { timeout: 600_000 }, (expected) => {
  const { bottlenecks, headroom } = expectVerdict(expected)
  expect(headroom).not.toBeNull()
  expect(bottlenecks.length > 0 || expected.verdict === 'pass').toBe(true)
})
