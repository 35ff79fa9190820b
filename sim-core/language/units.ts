/** Units of the scenario language: one table per quantity, and the way back from base units to text. */
import {
  NS_PER_DAY,
  NS_PER_HOUR,
  NS_PER_MINUTE,
  NS_PER_MS,
  NS_PER_SECOND,
  NS_PER_US,
  NS_PER_WEEK,
} from '../kernel/time.ts'

import { nearestName } from './nearest-name.ts'

/** A physical quantity that a field, or a distribution, may be of. `number` has no unit. */
export type Quantity = 'duration' | 'rate' | 'bytes' | 'ratio' | 'factor' | 'number'

/** Quantities that a distribution in a scenario may be of. */
export type DistributedQuantity = 'duration' | 'bytes' | 'number'

/** One way to write a unit: the text, and how many base units it is worth. */
export interface Unit {
  readonly symbol: string
  readonly inBase: number
  /** Base units are divided by this instead, where the unit is a fraction: 70% is exactly 70 / 100. */
  readonly perBase?: number
}

/** Every decimal number of so many digits survives the way into a double and back. */
const EXACT_DIGITS = 15

/** An amount of a unit in base units. Quotients are rounded to the digits that were meant: 99.9% is 0.999. */
export function toBase(amount: number, { inBase, perBase }: Unit): number {
  return perBase === undefined ? amount * inBase : Number((amount / perBase).toPrecision(EXACT_DIGITS))
}

/** What the language knows about a quantity: base unit in words, suffix of parsed keys, units and an example. */
export interface QuantityDefinition {
  readonly label: string
  readonly base: string
  readonly suffix: string
  readonly units: readonly Unit[]
  readonly example: string
}

/** Bytes in a kilobyte. `KB` and `KiB` both mean 1024 bytes, as in the settings of databases and caches. */
const BYTES_PER_KB = 1024

const SECONDS_PER_MINUTE = 60
const SECONDS_PER_HOUR = 3_600
const SECONDS_PER_DAY = 86_400

/** Every quantity with its units, largest first, so that formatting finds the largest unit that fits. */
export const quantities = {
  duration: {
    label: 'duration',
    base: 'nanoseconds',
    suffix: 'Ns',
    units: [
      { symbol: 'w', inBase: NS_PER_WEEK },
      { symbol: 'd', inBase: NS_PER_DAY },
      { symbol: 'h', inBase: NS_PER_HOUR },
      { symbol: 'm', inBase: NS_PER_MINUTE },
      { symbol: 's', inBase: NS_PER_SECOND },
      { symbol: 'ms', inBase: NS_PER_MS },
      { symbol: 'us', inBase: NS_PER_US },
      { symbol: 'µs', inBase: NS_PER_US },
      { symbol: 'ns', inBase: 1 },
    ],
    example: '250ms',
  },
  rate: {
    label: 'rate',
    base: 'per second',
    suffix: 'PerSecond',
    units: [
      { symbol: '/s', inBase: 1 },
      { symbol: '/min', inBase: 1 / SECONDS_PER_MINUTE, perBase: SECONDS_PER_MINUTE },
      { symbol: '/h', inBase: 1 / SECONDS_PER_HOUR, perBase: SECONDS_PER_HOUR },
      { symbol: '/d', inBase: 1 / SECONDS_PER_DAY, perBase: SECONDS_PER_DAY },
    ],
    example: '5000/s',
  },
  bytes: {
    label: 'size',
    base: 'bytes',
    suffix: 'Bytes',
    units: [
      { symbol: 'TB', inBase: BYTES_PER_KB ** 4 },
      { symbol: 'TiB', inBase: BYTES_PER_KB ** 4 },
      { symbol: 'GB', inBase: BYTES_PER_KB ** 3 },
      { symbol: 'GiB', inBase: BYTES_PER_KB ** 3 },
      { symbol: 'MB', inBase: BYTES_PER_KB ** 2 },
      { symbol: 'MiB', inBase: BYTES_PER_KB ** 2 },
      { symbol: 'KB', inBase: BYTES_PER_KB },
      { symbol: 'KiB', inBase: BYTES_PER_KB },
      { symbol: 'B', inBase: 1 },
    ],
    example: '64MB',
  },
  ratio: {
    label: 'share',
    base: 'ratio, 1 = 100%',
    suffix: 'Ratio',
    units: [{ symbol: '%', inBase: 0.01, perBase: 100 }],
    example: '70%',
  },
  factor: { label: 'factor', base: 'times', suffix: '', units: [{ symbol: 'x', inBase: 1 }], example: '5x' },
  number: { label: 'number', base: 'no unit', suffix: '', units: [], example: '3' },
} as const satisfies Record<Quantity, QuantityDefinition>

/** Multipliers that may follow a plain count or the number of a rate: `5k`, `3M/h`. Decimal, as counts are. */
export const countMultipliers: readonly Unit[] = [
  { symbol: 'k', inBase: 1e3 },
  { symbol: 'M', inBase: 1e6 },
  { symbol: 'G', inBase: 1e9 },
]

/** What people write instead of a unit, for hints; spellings that differ in case alone are found without it. */
const otherSpellings: Readonly<Record<string, string>> = {
  msec: 'ms',
  millis: 'ms',
  milliseconds: 'ms',
  sec: 's',
  secs: 's',
  second: 's',
  seconds: 's',
  min: 'm',
  mins: 'm',
  minute: 'm',
  minutes: 'm',
  hr: 'h',
  hour: 'h',
  hours: 'h',
  day: 'd',
  days: 'd',
  rps: '/s',
  'req/s': '/s',
  '/sec': '/s',
  '/second': '/s',
  '/m': '/min',
  '/minute': '/min',
  '/hour': '/h',
  '/day': '/d',
  percent: '%',
}

/** The unit that somebody most likely meant, if that can be told. */
export function nearestUnit(text: string, quantity: Quantity): string | undefined {
  const symbols: readonly string[] = quantities[quantity].units.map((unit) => unit.symbol)
  const meant = otherSpellings[text.toLowerCase()]
  return meant !== undefined && symbols.includes(meant) ? meant : nearestName(text, symbols)
}

/** The units of a quantity in words, for messages: `one of w, d, h, m, s, ms, us or ns`, or just `%`. */
export function unitsInWords(quantity: Quantity): string {
  const symbols = quantities[quantity].units.map((unit) => unit.symbol).filter((symbol) => symbol !== 'µs')
  return symbols.length > 1 ? `one of ${symbols.slice(0, -1).join(', ')} or ${symbols.at(-1)}` : symbols.join('')
}

/** Longest decimal expansion printed: enough for any double written by a person, short of binary noise. */
const SIGNIFICANT_DIGITS = 12

/** A number without binary noise: `0.1 + 0.2` prints as 0.3, and integers print whole. */
export function formatNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(SIGNIFICANT_DIGITS)))
}

/**
 * A value in base units as text that parses back to the same value, in the largest unit in which it is a short number:
 * 90e9 ns is `90s`, 1.5e9 ns is `1500ms`, 0.7 is `70%`, 1048576 B is `1MB`.
 */
export function formatQuantity(value: number, quantity: Quantity): string {
  if (quantity === 'duration') return formatDuration(value)
  const units: readonly Unit[] = quantities[quantity].units
  if (quantity === 'ratio') return formatRatio(value)
  const whole = units.find((unit) => unit.inBase >= 1 && value !== 0 && Number.isInteger(value / unit.inBase))
  const unit = whole ?? (quantity === 'bytes' ? units.at(-1) : units[0])
  return unit === undefined ? formatNumber(value) : `${formatNumber(value / unit.inBase)}${unit.symbol}`
}

/** Integer nanoseconds as text: the largest unit that divides them, except that whole days stay below weeks. */
export function formatDuration(durationNs: number): string {
  if (durationNs === 0) return '0s'
  for (const unit of quantities.duration.units) {
    if (unit.symbol !== 'w' && Number.isInteger(durationNs / unit.inBase)) {
      return `${formatNumber(durationNs / unit.inBase)}${unit.symbol}`
    }
  }
  return `${formatNumber(durationNs)}ns`
}

/** A rate per second as text: `5000/s`. */
export function formatRate(perSecond: number): string {
  return `${formatNumber(perSecond)}/s`
}

/** Whole bytes as text, in the largest unit that divides them. */
export function formatBytes(sizeBytes: number): string {
  return formatQuantity(sizeBytes, 'bytes')
}

/** A ratio as text: 0.7 is `70%`. */
export function formatRatio(ratio: number): string {
  return `${formatNumber(ratio * 100)}%`
}
