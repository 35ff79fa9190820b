// Distributions as they are written: by name, by position, as a map, or as a bare quantity.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { distributionMean } from '../../../sim-core/distributions/registry.ts'
import { readDistribution } from '../../../sim-core/language/distribution-text.ts'

test.each([
  ['2ms', { type: 'constant', value: 2e6 }],
  ['exponential(2ms)', { type: 'exponential', mean: 2e6 }],
  ['exponential(mean 2ms)', { type: 'exponential', mean: 2e6 }],
  [' uniform( 1s , 4s ) ', { type: 'uniform', min: 1e9, max: 4e9 }],
  [{ uniform: { min: '1s', max: '4s' } }, { type: 'uniform', min: 1e9, max: 4e9 }],
  ['lognormal(median 1ms, sigma 0.5)', { type: 'lognormal', median: 1e6, sigma: 0.5 }],
  ['pareto(1.5, 1ms)', { type: 'pareto', alpha: 1.5, min: 1e6 }],
  ['hyperexponential(p1 70%, mean1 1ms, mean2 9ms)', { type: 'hyperexponential', p1: 0.7, mean1: 1e6, mean2: 9e6 }],
])('%j', (input, spec) => {
  expect(readDistribution(input, 'duration')).toEqual({ value: spec })
})

test('mean and p99 determine a lognormal', () => {
  const reading = readDistribution('lognormal(mean 2ms, p99 9ms)', 'duration')
  expect('value' in reading && distributionMean(reading.value)).toBeCloseTo(2e6, 3)
})

test('mixtures and measured distributions are maps', () => {
  const mixture = {
    mixture: [
      { weight: '80%', of: '2ms' },
      { weight: '20%', of: 'exponential(50ms)' },
    ],
  }
  const reading = readDistribution(mixture, 'duration')
  expect('value' in reading && distributionMean(reading.value)).toBeCloseTo(0.8 * 2e6 + 0.2 * 50e6, 3)
  const quantiles = readDistribution(
    { empirical: { quantiles: { p50: '2ms', p99_9: '9ms', p100: '10ms' } } },
    'duration',
  )
  expect(quantiles).toMatchObject({ value: { type: 'empirical', values: [0, 2e6, 9e6, 10e6] } })
  const histogram = readDistribution(
    {
      empirical: {
        histogram: [
          { up_to: '1ms', weight: 70 },
          { up_to: '2ms', weight: 30 },
        ],
      },
    },
    'duration',
  )
  expect(histogram).toMatchObject({ value: { type: 'empirical', probabilities: [0, 0.7, 1] } })
})

test('plain numbers and sizes have their own units', () => {
  expect(readDistribution('uniform(1, 5)', 'number')).toEqual({ value: { type: 'uniform', min: 1, max: 5 } })
  expect(readDistribution('2KB', 'bytes')).toEqual({ value: { type: 'constant', value: 2048 } })
})

test.each([
  ['lognorml(2ms)', 'unknown-name', 'did you mean lognormal?'],
  ['lognormal(mean 2ms, p99 1ms)', 'bad-distribution', 'constant'],
  ['lognormal(mean 2ms, p90 9ms)', 'bad-distribution', 'did you mean p99?'],
  ['exponential(2)', 'missing-unit', '2s'],
  ['exponential', 'bad-distribution', 'exponential(mean)'],
  ['exponential(2ms', 'bad-distribution', 'lognormal('],
  ['exponential()', 'bad-distribution', 'mean'],
  ['exponential(1ms, 2ms)', 'bad-distribution', 'exponential(mean)'],
  ['exponential(mean 1ms, mean 2ms)', 'bad-distribution', 'exponential(mean)'],
  ['exponential(-2ms)', 'bad-distribution', ''],
  [2, 'missing-unit', '2s'],
  [undefined, 'missing', '250ms'],
  [{ a: 1, b: 2 }, 'bad-distribution', 'mixture'],
  [{ mixture: [] }, 'bad-distribution', ''],
  [{ mixture: [{ weight: 1, of: { mixture: [{ weight: 1, of: '1ms' }] } }] }, 'bad-distribution', 'one mixture'],
  [{ empirical: { quantiles: { p50: '9ms', p99: '2ms' } } }, 'bad-distribution', 'percentile'],
  [{ empirical: { quantile: { p50: '9ms' } } }, 'bad-distribution', 'quantiles'],
])('%j is refused', (input, code, hint) => {
  const reading = readDistribution(input, 'duration')
  expect(reading).toMatchObject({ complaint: { code } })
  expect('complaint' in reading ? reading.complaint.hint : '').toContain(hint)
})

test('nothing makes the reader throw', () => {
  fc.assert(
    fc.property(fc.anything({ maxDepth: 4 }), fc.string(), (anything, text) => {
      for (const input of [anything, text, `uniform(${text})`, { mixture: anything }, { empirical: anything }]) {
        const reading = readDistribution(input, 'duration')
        expect('value' in reading || reading.complaint.message !== '').toBe(true)
      }
    }),
  )
})
