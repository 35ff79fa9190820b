/** A quantity as an input shows it: the amount that is typed, and its unit beside it. */
import type { AnyField, JsonValue } from '../../sim-core/language/field.ts'
import { scalarText } from '../../sim-core/language/quantity.ts'
import type { Quantity, Unit } from '../../sim-core/language/units.ts'
import { countMultipliers, quantities } from '../../sim-core/language/units.ts'

/** A text taken apart; a text that is no simple quantity, such as `1m30s`, is an amount without unit. */
export interface AmountAndUnit {
  readonly amount: string
  readonly unit: string
}

/** Units offered, the smallest first, each meaning once. */
export function unitSymbols(quantity: Quantity): readonly string[] {
  const units: readonly Unit[] = quantities[quantity].units
  const distinct = units.filter(({ inBase }, index) => units.findIndex((other) => other.inBase === inBase) === index)
  return distinct.map(({ symbol }) => symbol).toReversed()
}

const NUMBER = String.raw`[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?`

/** Takes a text apart. */
export function splitQuantity(text: string, quantity: Quantity): AmountAndUnit {
  const takesMultiplier = quantity === 'rate' || quantity === 'number'
  const multipliers = takesMultiplier ? countMultipliers.map(({ symbol }) => symbol).join('') : '_'
  const match = new RegExp(`^(${NUMBER}\\s*[${multipliers}]?)\\s*(\\D*)$`, 'u').exec(text.trim())
  const unit = (match?.[2] ?? '').trim().replace(/^\/\s+/u, '/')
  const units: readonly Unit[] = quantities[quantity].units
  const isUnit = units.some(({ symbol }) => symbol === unit)
  if (match === null || (unit !== '' && !isUnit)) return { amount: text.trim(), unit: '' }
  return { amount: (match[1] ?? '').trim(), unit }
}

/** Whether a text is a number alone, to which a unit can be given. */
export function isPlainAmount(text: string): boolean {
  return new RegExp(`^${NUMBER}\\s*[kMG]?$`, 'u').test(text.trim())
}

/** What is written for an amount and the unit beside it: text, or a plain number where there is no unit. */
export function joinQuantity({ amount, unit }: AmountAndUnit): JsonValue {
  const text = amount.trim()
  if (!isPlainAmount(text)) return text
  if (unit !== '') return `${text}${unit}`
  return new RegExp(`^${NUMBER}$`, 'u').test(text) ? Number(text) : text
}

/** The unit that a bare number gets: that of the value, of the default, of an example. */
export function usualUnit(field: AnyField, quantity: Quantity, value: JsonValue | undefined): string {
  if (value !== undefined && value !== '') return splitQuantity(scalarText(value), quantity).unit
  const { defaultValue, byDefault, examples = [] } = field.field
  const texts = [defaultValue, byDefault, ...examples, quantities[quantity].example]
  const units = texts.map((text) => splitQuantity(scalarText(text), quantity).unit)
  return units.find((unit) => unit !== '') ?? ''
}

/** The amount one notch up or down: its second digit changes, so that 5000 becomes 5100 and 64 becomes 65. */
export function steppedAmount(amount: string, direction: 1 | -1, isWhole: boolean): string | undefined {
  const match = new RegExp(`^(${NUMBER})(\\s*[kMG]?)$`, 'u').exec(amount.trim())
  if (match === null) return undefined
  const value = Number(match[1])
  const exponent = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value))) - 1
  const least = isWhole && match[2] === '' ? 0 : -6
  const step = 10 ** Math.max(least, exponent)
  return `${Number((value + direction * step).toPrecision(12))}${match[2]}`
}
