// Growth per year, compounded.

import { expect, it } from 'vitest'
import { growthFactor } from '../../../sim-core/traffic/growth.ts'

it('compounds growth over whole and broken years', () => {
  expect(growthFactor({ perYear: 0.5, years: 1 })).toBeCloseTo(1.5, 14)
  expect(growthFactor({ perYear: 0.5, years: 3 })).toBeCloseTo(3.375, 13)
  expect(growthFactor({ perYear: 0.5, years: 0.5 })).toBeCloseTo(Math.sqrt(1.5), 14)
  expect(growthFactor({ perYear: -0.1, years: 2 })).toBeCloseTo(0.81, 14)
  expect(growthFactor({ perYear: 0.7, years: 0 })).toBe(1)
})
