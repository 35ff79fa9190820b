// The shipped scenarios of stampedes: lambda x c + 1 computations for each end of life, and one with single flight.
import { expect, test } from 'vitest'
import { compile } from '../../sim-core/scenario/compile.ts'
import { parseScenario } from '../../sim-core/scenario/parse.ts'
import { scenarioFiles } from '../golden/golden-cases.ts'
import { replicate } from '../support/study.ts'

/** Requests a second, and how long a computation takes, in s. */
const RATE = 500
const COMPUTE = 0.4

/** Computations for each time that the value was missing, the first included. */
function computationsPerEnd(file: string): { readonly mean: number; readonly ends: number } {
  const files = scenarioFiles()
  const { scenario } = parseScenario(files[file]!, file, { loadBase: (path) => ({ text: files[path]! }) })
  const { endpoints, metrics } = replicate(compile(scenario!), 1, 0)
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0)
  const computed = sum(endpoints.find(({ id }) => id === 'reports.build')!.columns.arrivals)
  const ends = 1 + sum(metrics.find(({ metric }) => metric === 'redis.expiries')!.values)
  return { mean: computed / ends, ends }
}

test('without protection all who come while a value is computed compute it too', () => {
  const { mean, ends } = computationsPerEnd('scenarios/cache-stampede.yaml')
  expect(ends).toBeGreaterThan(15)
  // Those who come are Poisson; four standard errors.
  expect(Math.abs(mean - (1 + RATE * COMPUTE))).toBeLessThan(4 * Math.sqrt((RATE * COMPUTE) / ends))
})

test('with single flight one does', () => {
  const { mean, ends } = computationsPerEnd('scenarios/cache-stampede-single-flight.yaml')
  expect(ends).toBeGreaterThan(15)
  expect(mean).toBe(1)
})
