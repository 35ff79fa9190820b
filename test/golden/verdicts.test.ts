// The tutorials say what they are expected to say, and agree with theory.
import { expect, test } from 'vitest'
import { quickVerdicts, slowVerdicts } from './expected-verdicts.ts'
import { shippedScenarios } from './golden-cases.ts'
import { expectVerdict } from './judge-scenario.ts'

/** Theory and a simulation of some hundred thousand requests differ by less than this, relatively. */
const THEORY_TOLERANCE = 0.1

test('every shipped scenario has an expected verdict', () => {
  const files = [...quickVerdicts, ...slowVerdicts].map(({ file }) => file)
  expect(files.toSorted()).toEqual(shippedScenarios())
})

test.each(quickVerdicts)('$file: $verdict', { timeout: 120_000 }, (expected) => {
  const { theory } = expectVerdict(expected)
  expect(theory.length).toBeGreaterThan(0)
  for (const { figure, theory: exact, simulated } of theory.flatMap(({ rows }) => rows)) {
    expect(Math.abs(simulated.mean! / exact - 1), figure).toBeLessThan(THEORY_TOLERANCE)
  }
})
