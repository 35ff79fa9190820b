// Amount and unit: taken apart and joined again, a text stays what was typed.
import { expect, it } from 'vitest'
import {
  joinQuantity,
  splitQuantity,
  steppedAmount,
  unitSymbols,
  usualUnit,
} from '../../../renderer/inspector/quantity-text.ts'
import { withDefault } from '../../../sim-core/language/field.ts'
import type { JsonValue } from '../../../sim-core/language/field.ts'
import { duration } from '../../../sim-core/language/scalar-fields.ts'
import type { Quantity } from '../../../sim-core/language/units.ts'

it.each<[string, Quantity, string, string, JsonValue]>([
  ['2ms', 'duration', '2', 'ms', '2ms'],
  ['1.50 s', 'duration', '1.50', 's', '1.50s'],
  ['1m30s', 'duration', '1m30s', '', '1m30s'],
  ['3M/h', 'rate', '3M', '/h', '3M/h'],
  ['5000/s', 'rate', '5000', '/s', '5000/s'],
  ['70%', 'ratio', '70', '%', '70%'],
  ['64', 'number', '64', '', 64],
  ['5k', 'number', '5k', '', '5k'],
  ['16GB', 'bytes', '16', 'GB', '16GB'],
  ['soon', 'duration', 'soon', '', 'soon'],
  ['12 parsecs', 'duration', '12 parsecs', '', '12 parsecs'],
])('%s', (text, quantity, amount, unit, joined) => {
  expect(splitQuantity(text, quantity)).toEqual({ amount, unit })
  expect(joinQuantity({ amount, unit })).toEqual(joined)
})

it('a bare number gets the unit beside it; other text is left for the language to judge', () => {
  expect(joinQuantity({ amount: '250', unit: 'ms' })).toBe('250ms')
  expect(joinQuantity({ amount: '2s', unit: 'ms' })).toBe('2s')
  expect(joinQuantity({ amount: 'fast', unit: 'ms' })).toBe('fast')
})

it('the unit is that of the value, else of the default', () => {
  const field = withDefault(duration({ help: 'Help.' }), '3s')
  expect(usualUnit(field, 'duration', '250us')).toBe('us')
  expect(usualUnit(field, 'duration', undefined)).toBe('s')
  expect(unitSymbols('duration')).toEqual(['ns', 'us', 'ms', 's', 'm', 'h', 'd', 'w'])
})

it('one notch changes the second digit', () => {
  expect(steppedAmount('5000', 1, false)).toBe('5100')
  expect(steppedAmount('64', 1, true)).toBe('65')
  expect(steppedAmount('3', 1, true)).toBe('4')
  expect(steppedAmount('2', -1, false)).toBe('1.9')
  expect(steppedAmount('3M', 1, false)).toBe('3.1M')
  expect(steppedAmount('1m30s', 1, false)).toBeUndefined()
})
