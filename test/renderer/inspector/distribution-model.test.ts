// Distributions taken apart and put together: every text survives, and every family can be chosen from every other.
import { describe, expect, it } from 'vitest'
import {
  families,
  niceQuantity,
  parametricFamily,
  partsOf,
  partsOfFamily,
  readSpec,
  valueOfParts,
} from '../../../renderer/inspector/distribution-model.ts'
import { distributionMean } from '../../../sim-core/distributions/registry.ts'
import type { JsonValue } from '../../../sim-core/language/field.ts'

it.each<JsonValue>([
  '2ms',
  'exponential(2ms)',
  'lognormal(mean 2ms, p99 9ms)',
  'lognormal(median 1.5ms, sigma 0.7)',
  'uniform(1s, 4s)',
  'erlang(4, 6ms)',
  'triangular(1ms, 2ms, 6ms)',
  {
    mixture: [
      { weight: '80%', of: '2ms' },
      { weight: '20%', of: 'exponential(50ms)' },
    ],
  },
  { empirical: { quantiles: { p50: '2ms', p99_9: '9ms' } } },
  {
    empirical: {
      histogram: [
        { up_to: '1ms', weight: 70 },
        { up_to: '4ms', weight: 30 },
      ],
    },
  },
])('%j is written back as it stands', (value) => {
  const parts = partsOf(value)
  expect(parts).toBeDefined()
  expect(parts && valueOfParts(parts)).toEqual(value)
})

it('positional arguments find their names', () => {
  expect(partsOf('lognormal(2ms, 9ms)')).toMatchObject({ form: ['mean', 'p99'], args: { mean: '2ms', p99: '9ms' } })
  expect(partsOf('pareto(2.5, 1ms)')).toMatchObject({ form: ['alpha', 'min'], args: { alpha: '2.5', min: '1ms' } })
})

it('text that is no distribution is left to the text', () => {
  expect(partsOf('lognormol(2ms)')).toBeUndefined()
  expect(partsOf('exponential(2ms')).toBeUndefined()
  expect(readSpec('exponential(2ms', 'duration')).toHaveProperty('complaint')
})

describe('another family', () => {
  const before = readSpec('lognormal(mean 20ms, p99 90ms)', 'duration')
  const spec = 'spec' in before ? before.spec : undefined

  it.each(families.map(({ id }) => id))('%s starts right, and about as large as before', (family) => {
    const forms = parametricFamily(family)?.forms ?? [undefined]
    for (const form of forms) {
      const read = readSpec(valueOfParts(partsOfFamily(family, 'duration', spec, form)), 'duration')
      expect(read, JSON.stringify(read)).toHaveProperty('spec')
      const mean = 'spec' in read ? distributionMean(read.spec) / 20e6 : 0
      expect(mean).toBeGreaterThan(0.5)
      expect(mean).toBeLessThan(2)
    }
  })

  it.each(['bytes', 'number'] as const)('starts right for %s, also from nothing', (quantity) => {
    for (const { id } of families) {
      expect(readSpec(valueOfParts(partsOfFamily(id, quantity, undefined)), quantity)).toHaveProperty('spec')
    }
  })
})

it('values are short, in the largest unit that keeps them at 1 or more', () => {
  expect(niceQuantity(2_345_678, 'duration')).toBe('2.35ms')
  expect(niceQuantity(90e9, 'duration')).toBe('1.5m')
  expect(niceQuantity(0, 'duration')).toBe('0ns')
  expect(niceQuantity(12_288, 'bytes')).toBe('12KB')
  expect(niceQuantity(0.25, 'number')).toBe('0.25')
})
