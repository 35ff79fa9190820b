/** Reads a quantity with its unit, such as `1m30s`, `64MiB`, `3M/h` or `70%`, into a number of base units. */
import type { Quantity, Unit } from './units.ts'
import { countMultipliers, nearestUnit, quantities, toBase, unitsInWords } from './units.ts'

/** Something wrong with one value: a stable code, a sentence, and how to mend it. */
export interface Complaint {
  readonly code: string
  readonly message: string
  readonly hint: string
}

/** A value in base units, or what is wrong with the text. */
export type Reading<Value = number> = { readonly value: Value } | { readonly complaint: Complaint }

const NUMBER = String.raw`[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?`
const NUMBER_THEN_UNIT = new RegExp(`^(${NUMBER})\\s*(.*)$`, 'u')
const DURATION_PART = new RegExp(`(${NUMBER})\\s*([A-Za-zµ]+)\\s*`, 'uy')
const THOUSANDS = /^[+-]?\d{1,3}(?:[,_' ]\d{3})+(?:\D|$)/u

/** Longest piece of input that a message quotes. */
const MAX_QUOTED = 40

/** A scalar as text; anything else as nothing. */
export function scalarText(input: unknown): string {
  return typeof input === 'string' || typeof input === 'number' || typeof input === 'boolean' ? String(input) : ''
}

/** A value as a message shows it: quoted, one line, cut when long. */
export function quoted(input: unknown): string {
  if (input === null || input === undefined) return 'nothing'
  if (Array.isArray(input)) return 'a list'
  if (typeof input === 'object') return 'a map'
  const text = scalarText(input).replaceAll(/\s+/gu, ' ')
  return `"${text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text}"`
}

/**
 * Reads `input` as a quantity. Complaints: `missing`, `wrong-type`, `missing-unit` (a bare number, with the units that
 * fit), `unknown-unit`, `not-a-number`. Durations come back as whole nanoseconds, sizes as whole bytes.
 */
export function readQuantity(input: unknown, quantity: Quantity): Reading {
  const { label, example } = quantities[quantity]
  if (input === undefined) return complain('missing', `a ${label} is required here`, `write for example ${example}`)
  if (typeof input === 'number') return readBareNumber(input, quantity)
  if (typeof input !== 'string') {
    return complain('wrong-type', `expected a ${label}, found ${quoted(input)}`, `write for example ${example}`)
  }
  const text = input.trim()
  if (THOUSANDS.test(text)) {
    return complain('not-a-number', `${quoted(text)} has separators between its digits`, 'write 1000000, 1e6 or 1M')
  }
  const reading = quantity === 'duration' ? readDuration(text) : readNumberWithUnit(text, quantity)
  return 'complaint' in reading ? reading : finite(reading.value, text, quantity)
}

function readBareNumber(input: number, quantity: Quantity): Reading {
  if (!Number.isFinite(input)) return notFinite(String(input))
  if (quantity === 'number') return { value: input }
  const { label, units } = quantities[quantity]
  const example = units.some((unit) => unit.symbol === 's') ? `${input}s` : `${input}${units[0]?.symbol ?? ''}`
  const written = quantity === 'ratio' && input > 0 && input <= 1 ? `${Number((input * 100).toPrecision(6))}%` : example
  return complain(
    'missing-unit',
    `${input} has no unit; a ${label} needs ${unitsInWords(quantity)}`,
    `write for example ${quantity === 'bytes' ? `${input}KB` : written}`,
  )
}

function readDuration(text: string): Reading {
  let total = 0
  let position = 0
  while (position < text.length) {
    DURATION_PART.lastIndex = position
    const part = DURATION_PART.exec(text)
    if (part === null) return unreadable(text.slice(position), text, 'duration')
    const unit = quantities.duration.units.find((candidate) => candidate.symbol === part[2])
    if (unit === undefined) return unknownUnit(part[2] ?? '', text, 'duration')
    total += toBase(Number(part[1]), unit)
    position = DURATION_PART.lastIndex
  }
  return text === '' ? unreadable('', text, 'duration') : { value: total }
}

function readNumberWithUnit(text: string, quantity: Quantity): Reading {
  const match = NUMBER_THEN_UNIT.exec(text)
  if (match === null) return unreadable(text, text, quantity)
  const amount = Number(match[1])
  const rest = (match[2] ?? '').trim()
  if (rest === '' && quantity !== 'number') return readBareNumber(amount, quantity)
  const multiplier = takesMultiplier(quantity)
    ? countMultipliers.find((unit) => rest.startsWith(unit.symbol))
    : undefined
  const symbol = multiplier === undefined ? rest : rest.slice(multiplier.symbol.length).trim()
  const unit = quantity === 'number' && symbol === '' ? ONE : findUnit(symbol, quantity)
  return unit === undefined
    ? unknownUnit(rest, text, quantity)
    : { value: toBase(amount * (multiplier?.inBase ?? 1), unit) }
}

const ONE: Unit = { symbol: '', inBase: 1 }

function takesMultiplier(quantity: Quantity): boolean {
  return quantity === 'rate' || quantity === 'number'
}

function findUnit(symbol: string, quantity: Quantity): Unit | undefined {
  return quantities[quantity].units.find((unit) => unit.symbol === symbol.replace(/^\/\s+/u, '/'))
}

function finite(value: number, text: string, quantity: Quantity): Reading {
  if (!Number.isFinite(value)) return notFinite(text)
  return { value: quantity === 'duration' || quantity === 'bytes' ? Math.round(value) : value }
}

function notFinite(text: string): Reading {
  return complain(
    'not-a-number',
    `${quoted(text)} is not a finite number`,
    'write a number within the range of the field',
  )
}

function unreadable(rest: string, text: string, quantity: Quantity): Reading {
  const { label, example } = quantities[quantity]
  if (/^[+-]?[\d.]+$/u.test(rest)) return readBareNumber(Number(rest), quantity)
  const what = quantity === 'number' ? 'a number' : `a ${label}`
  return complain('not-a-number', `${quoted(text)} is not ${what}`, `write for example ${example}`)
}

function unknownUnit(symbol: string, text: string, quantity: Quantity): Reading {
  const nearest = nearestUnit(symbol, quantity)
  const { label, example } = quantities[quantity]
  const message =
    quantity === 'number'
      ? `${quoted(text)} is not a number: nothing may follow the digits but ${countMultipliers.map((unit) => unit.symbol).join(', ')}`
      : `"${symbol.slice(0, MAX_QUOTED)}" is not a unit of a ${label}; write ${unitsInWords(quantity)}`
  return complain(
    'unknown-unit',
    message,
    nearest === undefined ? `write for example ${example}` : `did you mean ${nearest}?`,
  )
}

function complain(code: string, message: string, hint: string): { readonly complaint: Complaint } {
  return { complaint: { code, message, hint } }
}
