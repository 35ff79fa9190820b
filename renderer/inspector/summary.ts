/** Values in one line, as the language would write them in a line. */
import type { JsonValue } from '../../sim-core/language/field.ts'
import { scalarText } from '../../sim-core/language/quantity.ts'
import { isListValue, isMapValue } from '../stores/document-path.ts'

/** Any value in flow style: `{ mean: 2ms }`. */
export function flowText(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return ''
  if (isListValue(value)) return `[${value.map(flowText).join(', ')}]`
  if (isMapValue(value)) {
    const entries = Object.entries(value).map(([key, part]) => `${key}: ${flowText(part)}`)
    return `{ ${entries.join(', ')} }`
  }
  return scalarText(value)
}

/** Most characters of a summary. */
const MAX_LENGTH = 60

/** The scalars of a value, its first ones first: `over 10m, to 15000/s`. Empty for nothing. */
export function summaryOf(value: JsonValue | undefined): string {
  const text = summaryText(value)
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text
}

function summaryText(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return ''
  if (isListValue(value))
    return value.every((part) => typeof part !== 'object') ? value.map(scalarText).join(', ') : `${value.length}`
  if (!isMapValue(value)) return scalarText(value)
  const scalars = Object.entries(value).filter(([, part]) => typeof part !== 'object')
  const [first] = Object.entries(value)
  if (scalars.length === 0 && first !== undefined) return `${first[0]} ${summaryText(first[1])}`.trim()
  return scalars.map(([key, part]) => (key === 'name' ? scalarText(part) : `${key} ${scalarText(part)}`)).join(', ')
}
