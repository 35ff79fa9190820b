/** Builders of the fields that are written as one scalar: quantities, counts, texts, flags and choices. */
import type { Bounds, ChoiceOption, Description, Field, JsonValue } from './field.ts'
import { leaf } from './field.ts'
import { hintForName } from './nearest-name.ts'
import type { Complaint, Reading } from './quantity.ts'
import { quoted, readQuantity, scalarText } from './quantity.ts'
import type { Quantity } from './units.ts'
import { formatNumber, formatQuantity, quantities } from './units.ts'

/** Options of a number with a unit; bounds are in base units and inclusive unless `above` says otherwise. */
export interface RangeOptions {
  readonly help: string
  readonly min?: number
  readonly max?: number
  /** Exclusive lower bound. */
  readonly above?: number
  /** Why the upper bound is where it is, appended to the hint. */
  readonly reason?: string
  readonly examples?: readonly JsonValue[]
}

type SuffixOf<Q extends Quantity> = (typeof quantities)[Q]['suffix']

/** Patterns by which an editor checks a quantity while typing; the parser is the authority. */
const jsonByQuantity: Readonly<Record<Quantity, Readonly<Record<string, unknown>>>> = {
  duration: { type: 'string', pattern: String.raw`^\s*([\d.]+(e[+-]?\d+)?\s*(w|d|h|m|s|ms|us|µs|ns)\s*)+$` },
  rate: { type: 'string', pattern: String.raw`^\s*[\d.]+(e[+-]?\d+)?\s*[kMG]?\s*/\s*(s|min|h|d)\s*$` },
  bytes: { type: 'string', pattern: String.raw`^\s*[\d.]+(e[+-]?\d+)?\s*([KMGT]i?)?B\s*$` },
  ratio: { type: 'string', pattern: String.raw`^\s*[\d.]+(e[+-]?\d+)?\s*%\s*$` },
  factor: { type: 'string', pattern: String.raw`^\s*[\d.]+(e[+-]?\d+)?\s*x\s*$` },
  number: { type: ['number', 'string'], pattern: String.raw`^\s*[+-]?[\d.]+(e[+-]?\d+)?\s*[kMG]?\s*$` },
}

/** No duration may be longer than this: ten years, far beyond any simulated span, so that sums stay exact enough. */
const MAX_DURATION_NS = 10 * 365 * 86_400e9

/** Upper bound of any rate: the clock ticks in nanoseconds, so more than one arrival a tick cannot be told apart. */
const MAX_RATE_PER_SECOND = 1e9

/** Upper bound of any size: the largest integer that a double holds exactly. */
const MAX_BYTES = Number.MAX_SAFE_INTEGER

function quantityField<Q extends Quantity>(quantity: Q, options: RangeOptions): Field<number, SuffixOf<Q>> {
  const { label, suffix, example } = quantities[quantity]
  const description: Description<SuffixOf<Q>> = {
    type: label,
    help: options.help,
    suffix,
    range: rangeInWords(ownBounds(options, quantity), quantity),
    examples: options.examples ?? [example],
    json: { ...jsonByQuantity[quantity], examples: options.examples ?? [example] },
    input: { kind: 'quantity', quantity, isWhole: false, bounds: boundsOf(options) },
  }
  return leaf((input) => withinRange(readQuantity(input, quantity), options, quantity), description)
}

/** The bounds alone, of options that have more. */
function boundsOf({ min, max, above }: RangeOptions): Bounds {
  return {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(above === undefined ? {} : { above }),
  }
}

/** Bounds without the upper one that every value of the quantity has, which would only be noise in documentation. */
function ownBounds(options: RangeOptions, quantity: Quantity): RangeOptions {
  const general: Readonly<Partial<Record<Quantity, number>>> = {
    duration: MAX_DURATION_NS,
    rate: MAX_RATE_PER_SECOND,
    bytes: MAX_BYTES,
  }
  const { max, ...rest } = options
  return max === undefined || max === general[quantity] ? rest : options
}

/** A duration such as `250ms` or `1m30s`; parsed to whole nanoseconds, zero or more, at most ten years. */
export function duration(options: RangeOptions): Field<number, 'Ns'> {
  return quantityField('duration', { min: 0, max: MAX_DURATION_NS, ...options })
}

/** A rate such as `5000/s`, `10/min` or `3M/h`; parsed to events per second, zero or more. */
export function rate(options: RangeOptions): Field<number, 'PerSecond'> {
  return quantityField('rate', {
    min: 0,
    max: MAX_RATE_PER_SECOND,
    reason: 'the simulated clock ticks in nanoseconds',
    ...options,
  })
}

/** A size such as `2KB` or `64MiB` (KB and KiB are both 1024 bytes); parsed to whole bytes. */
export function bytes(options: RangeOptions): Field<number, 'Bytes'> {
  return quantityField('bytes', { min: 0, max: MAX_BYTES, ...options })
}

/** A share such as `70%`; parsed to a ratio from 0 to 1. */
export function ratio(options: RangeOptions): Field<number, 'Ratio'> {
  return quantityField('ratio', { min: 0, max: 1, ...options })
}

/** A factor such as `5x`; parsed to the plain number. */
export function factor(options: RangeOptions): Field<number> {
  return quantityField('factor', { above: 0, max: 1e6, ...options })
}

/** A plain number without unit. */
export function number(options: RangeOptions): Field<number> {
  return quantityField('number', options)
}

/** A whole number; `5k`, `1M` and `2G` are thousands, millions and billions. One or more unless `min` says otherwise. */
export function count(options: RangeOptions): Field<number> {
  const bounds = { min: 1, max: Number.MAX_SAFE_INTEGER, ...options }
  const read = (input: unknown): Reading => {
    const reading = withinRange(readQuantity(input, 'number'), bounds, 'number')
    return 'value' in reading && !Number.isInteger(reading.value)
      ? complain('not-whole', `${quoted(input)} is not a whole number`, 'write a whole number such as 3, 5k or 1M')
      : reading
  }
  return leaf(read, {
    type: 'count',
    help: options.help,
    suffix: '',
    range: rangeInWords(bounds, 'number'),
    json: {
      type: ['integer', 'string'],
      pattern: String.raw`^\s*[\d.]+\s*[kMG]?\s*$`,
      minimum: bounds.min,
      ...(bounds.max === Number.MAX_SAFE_INTEGER ? {} : { maximum: bounds.max }),
    },
    input: { kind: 'quantity', quantity: 'number', isWhole: true, bounds: boundsOf(bounds) },
  })
}

/** Longest text that a scenario may carry in one field, in characters. */
const MAX_TEXT_LENGTH = 10_000

/** A text for people; numbers and flags written without quotes count as text. */
export function text(options: { readonly help: string; readonly maxLength?: number }): Field<string> {
  const maxLength = options.maxLength ?? MAX_TEXT_LENGTH
  const read = (input: unknown): Reading<string> => {
    if (input === undefined) return complain('missing', 'a text is required here', options.help)
    if (input === null || typeof input === 'object') {
      return complain('wrong-type', `expected a text, found ${quoted(input)}`, 'put the text in quotes')
    }
    const value = scalarText(input)
    if (value.length <= maxLength) return { value }
    return complain('out-of-range', `the text has ${value.length} characters`, `use at most ${maxLength}`)
  }
  return leaf(read, {
    type: 'text',
    help: options.help,
    suffix: '',
    json: { type: ['string', 'number', 'boolean'] },
    input: { kind: 'text', maxLength },
  })
}

/** Yes or no, written `true` or `false`. */
export function flag(options: { readonly help: string }): Field<boolean> {
  const read = (input: unknown): Reading<boolean> =>
    typeof input === 'boolean'
      ? { value: input }
      : complain(
          input === undefined ? 'missing' : 'wrong-type',
          `expected true or false, found ${quoted(input)}`,
          'write true or false',
        )
  return leaf(read, {
    type: 'flag',
    help: options.help,
    suffix: '',
    json: { type: 'boolean' },
    input: { kind: 'flag' },
  })
}

/** One value of a closed list of names; `entries` tells of them more than their names. */
export function choice<const Name extends string>(
  names: readonly Name[],
  options: { readonly help: string; readonly entries?: readonly ChoiceOption[] },
): Field<Name> {
  const read = (input: unknown): Reading<Name> => {
    const found = names.find((name) => name === input)
    if (found !== undefined) return { value: found }
    const code = input === undefined ? 'missing' : 'unknown-name'
    const message = input === undefined ? 'a name is required here' : `${quoted(input)} is not one of the choices`
    return complain(code, message, hintForName(typeof input === 'string' ? input : '', names, 'there is no choice'))
  }
  return leaf(read, {
    type: names.length === 1 ? `\`${names[0]}\`` : `one of ${names.map((name) => `\`${name}\``).join(', ')}`,
    help: options.help,
    suffix: '',
    json: { type: 'string', enum: names },
    input: {
      kind: 'choice',
      options: names.map((id) => options.entries?.find((entry) => entry.id === id) ?? { id }),
    },
  })
}

/** Checks a reading against bounds in base units; the complaint shows them as a user would write them. */
function withinRange(reading: Reading, bounds: Omit<RangeOptions, 'help'>, quantity: Quantity): Reading {
  if (!('value' in reading)) return reading
  const { value } = reading
  const { min = -Infinity, max = Infinity, above = -Infinity } = bounds
  if (value >= min && value <= max && value > above) return reading
  const hint = `allowed is ${rangeInWords(bounds, quantity)}${bounds.reason === undefined ? '' : `, since ${bounds.reason}`}`
  if (value < 0 && (min >= 0 || above >= 0)) {
    return complain('out-of-range', `a ${quantities[quantity].label} must not be negative here`, hint)
  }
  const side = value > max ? 'too large' : 'too small'
  return complain('out-of-range', `${formatQuantity(value, quantity)} is ${side}`, hint)
}

/** Bounds in words: `from 1 to 1000`, `more than 0s`, `any`. */
function rangeInWords(bounds: Omit<RangeOptions, 'help'>, quantity: Quantity): string {
  const shown = (value: number): string =>
    quantity === 'number' ? formatNumber(value) : formatQuantity(value, quantity)
  const isCapped = bounds.max !== undefined && bounds.max !== Number.MAX_SAFE_INTEGER
  const upper = isCapped && bounds.max !== undefined ? shown(bounds.max) : undefined
  if (bounds.above !== undefined)
    return `more than ${shown(bounds.above)}${upper === undefined ? '' : `, at most ${upper}`}`
  if (bounds.min !== undefined)
    return upper === undefined ? `${shown(bounds.min)} or more` : `from ${shown(bounds.min)} to ${upper}`
  return upper === undefined ? 'any' : `at most ${upper}`
}

function complain(code: string, message: string, hint: string): { readonly complaint: Complaint } {
  return { complaint: { code, message, hint } }
}
