/** Figures as people read them: three significant digits in the unit that keeps them between 1 and 999. */
import type { Estimate } from '../../contract/study-api.ts'

/** A quantity's units, largest first, each with its worth in the base unit. */
type Units = readonly { readonly symbol: string; readonly inBase: number }[]

/** How a metric is told. `base` figures come out of results. */
export type FigureKind = 'latency' | 'rate' | 'ratio' | 'count' | 'bytes'

const UNITS: Readonly<Record<FigureKind, Units>> = {
  // Base: ms.
  latency: [
    { symbol: 's', inBase: 1_000 },
    { symbol: 'ms', inBase: 1 },
    { symbol: 'µs', inBase: 1e-3 },
    { symbol: 'ns', inBase: 1e-6 },
  ],
  rate: [
    { symbol: 'G', inBase: 1e9 },
    { symbol: 'M', inBase: 1e6 },
    { symbol: 'k', inBase: 1e3 },
    { symbol: '', inBase: 1 },
  ],
  ratio: [{ symbol: '%', inBase: 0.01 }],
  // As scenarios count them.
  bytes: [
    { symbol: 'TB', inBase: 1024 ** 4 },
    { symbol: 'GB', inBase: 1024 ** 3 },
    { symbol: 'MB', inBase: 1024 ** 2 },
    { symbol: 'KB', inBase: 1024 },
    { symbol: 'B', inBase: 1 },
  ],
  count: [
    { symbol: 'G', inBase: 1e9 },
    { symbol: 'M', inBase: 1e6 },
    { symbol: 'k', inBase: 1e3 },
    { symbol: '', inBase: 1 },
  ],
}

/** Digits that are shown of a figure. */
const DIGITS = 3

/** Between a figure and its unit, where no line is broken. The finished report has plain spaces. */
export const FIXED_SPACE = '\u00a0'

/** Digits of a target, which is exact. */
const TARGET_DIGITS = 6

/** Units of lengths of time, each from where it reads better than the next. */
const SPANS = [
  { symbol: 'h', inBase: 3_600, from: 3_600 },
  { symbol: 'min', inBase: 60, from: 120 },
  { symbol: 's', inBase: 1, from: 1 },
] as const

/** A ratio closer to 1 than this is shown with more digits: 99.95 % and 99.99 % are different promises. */
const NEAR_ONE = 0.99

/** What stands where there is no figure. */
export const NO_FIGURE = '–'

/** A figure and half the width of its interval, the latter empty where there is none. */
export interface FigureText {
  readonly value: string
  /** `± 3`, in the unit of the value. */
  readonly spread: string
}

/** One figure with its unit. */
export function figureText(value: number | null, kind: FigureKind): string {
  return estimateText({ mean: value, low: null, high: null }, kind).value
}

/** An estimate: the half-width is rounded to the decimals of the value; where that would leave nothing it is `<0.01`. */
export function estimateText({ mean, low, high }: Estimate, kind: FigureKind): FigureText {
  if (mean === null) return { value: NO_FIGURE, spread: '' }
  const unit = unitOf(mean, kind)
  const decimals = decimalsOf(mean, unit.inBase, kind)
  const value = withUnit((mean / unit.inBase).toFixed(decimals), unit.symbol)
  if (low === null || high === null || (mean === 0 && low === high)) return { value, spread: '' }
  return { value, spread: `±${FIXED_SPACE}${halfWidthText((high - low) / 2 / unit.inBase, decimals)}` }
}

/** `182 ms ± 3` in one piece; what never varies stands alone. */
export function estimateInline(estimate: Estimate, kind: FigureKind): string {
  const { value, spread } = estimateText(estimate, kind)
  return spread === '' || estimate.low === estimate.high ? value : `${value}${FIXED_SPACE}${spread}`
}

/** A length of time from seconds, as short as it can be told exactly to three digits: `100 s`, `1 h`, `2.5 min`. */
export function lengthText(seconds: number): string {
  if (seconds <= 0) return '0 s'
  const { symbol, inBase } = SPANS.find((span) => seconds >= span.from) ?? { symbol: 'ms', inBase: 1e-3 }
  return `${Number((seconds / inBase).toPrecision(DIGITS))} ${symbol}`
}

/** A target as somebody wrote it: `20 ms`, `99.95 %`. */
export function targetText(value: number, kind: FigureKind): string {
  const { symbol, inBase } = unitOf(value, kind)
  return withUnit(String(Number((value / inBase).toPrecision(TARGET_DIGITS))), symbol)
}

function unitOf(value: number, kind: FigureKind): Units[number] {
  const units = UNITS[kind]
  const last = units.at(-1)!
  if (value === 0) return units.find(({ inBase }) => inBase === 1) ?? last
  // What rounds up to 1000 of a unit is 1 of the next.
  const size = Number(Math.abs(value).toPrecision(DIGITS))
  return units.find(({ inBase }) => size >= inBase) ?? last
}

function decimalsOf(value: number, inBase: number, kind: FigureKind): number {
  if (value === 0) return 0
  const size = Math.abs(value / inBase)
  if (kind === 'ratio') return value > NEAR_ONE && value < 1 ? 2 : decimalsOfRatio(size)
  if (kind === 'count' && inBase === 1 && Number.isInteger(value)) return 0
  const before = Math.floor(Math.log10(Number(size.toPrecision(DIGITS)))) + 1
  return Math.min(DIGITS, Math.max(0, DIGITS - Math.max(1, before)))
}

/** Percentages: 12.3 %, 1.23 %, 0.123 %, and small ones with two digits that mean something. */
function decimalsOfRatio(percent: number): number {
  if (percent >= 99.95) return 0
  if (percent >= 10) return 1
  return percent >= 1 ? 2 : Math.min(6, Math.max(2, 1 - Math.floor(Math.log10(percent))))
}

function halfWidthText(halfWidth: number, decimals: number): string {
  const rounded = halfWidth.toFixed(decimals)
  return halfWidth === 0 || Number(rounded) !== 0 ? rounded : `<${(10 ** -decimals).toFixed(decimals)}`
}

function withUnit(text: string, symbol: string): string {
  return symbol === '' ? text : `${text}${FIXED_SPACE}${symbol}`
}

/** A moment of simulated time, from seconds: `14:20`, `1:02:05`; `0.35 s` in runs of less than a minute. */
export function momentText(seconds: number, durationSeconds: number): string {
  if (durationSeconds < 60) return `${Number(seconds.toPrecision(3))} s`
  const whole = Math.floor(seconds)
  const two = (value: number): string => String(value).padStart(2, '0')
  const [hours, minutes, rest] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60, whole % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}
