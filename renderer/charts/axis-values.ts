/** The value axis: round ends and ticks, also for sizes in binary units and for logarithms. */
import { figureText } from '../widgets/figure-text.ts'

/** Where the axis ends, and its ticks. */
export interface ValueAxis {
  readonly min: number
  readonly max: number
  readonly ticks: readonly number[]
}

/** Distances between ticks, in powers of the base. */
const DECIMAL_STEPS = [1, 2, 2.5, 5, 10] as const
const WHOLE_STEPS = [1, 2, 5, 10] as const
const BINARY_STEPS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024] as const
const BINARY = 1_024

/** Per cent and more: an axis of ratios does not go beyond everything when the data do not. */
const EVERYTHING = 1

/** Room above the highest value, as a share of all. */
const AIR = 0.02

/** From 0 (or the lowest value below it) to at least `max`. */
export function linearAxis(min: number, max: number, unit: string, ticksMax: number): ValueAxis {
  const from = Math.min(0, min)
  const highest = max > from ? max : from + (unit === 'count' ? 4 : 1)
  // A line along the upper edge would be cut in half.
  const to = highest > max || (unit === 'ratio' && max <= EVERYTHING) ? highest : highest + (highest - from) * AIR
  const step = tickStep(to - from, unit, ticksMax)
  const first = Math.floor(from / step)
  const tight = unit === 'ratio' && to <= EVERYTHING && Math.ceil(to / step) * step > EVERYTHING
  const last = tight ? EVERYTHING / step : Math.ceil(to / step - 1e-9)
  const ticks = Array.from({ length: Math.floor(last - first + 1e-9) + 1 }, (_, index) => tidy((first + index) * step))
  return { min: tidy(first * step), max: tidy(last * step), ticks }
}

/** Whole decades around the values above 0. */
export function logarithmicAxis(min: number, max: number): ValueAxis {
  const low = Math.floor(Math.log10(min > 0 && min < Infinity ? min : 1))
  const high = Math.max(low + 1, Math.ceil(Math.log10(max > 0 ? max : 10) - 1e-9))
  const every = Math.ceil((high - low) / 6)
  const ticks = Array.from({ length: Math.floor((high - low) / every) + 1 }, (_, index) =>
    tidy(10 ** (low + index * every)),
  )
  return { min: tidy(10 ** low), max: tidy(10 ** high), ticks }
}

/** Units as short as this stand at every tick; longer ones stand once, beside the title. */
const TICK_UNIT_LETTERS = 3

/** A tick's label, without digits that say nothing: `1.5 s`, `20 %`, `15 k`. */
export function valueTickText(value: number, unit: string): string {
  return roundFigure(value, axisUnit(unit) === '' ? unit : 'count')
}

/** A figure that somebody chose, as a target: `2 s`, not `2.00 s`. */
export function roundFigure(value: number, unit: string): string {
  const { text, unit: shown } = figureText(value, unit)
  const short = withoutZeros(text)
  if (shown === '') return short
  return shown === '×' ? `${short}×` : `${short}\u00a0${shown}`
}

/** The unit to tell beside the title; empty when the ticks tell it. */
export function axisUnit(unit: string): string {
  return figureText(1, unit).unit.length > TICK_UNIT_LETTERS ? unit : ''
}

/** `1.50` as `1.5`, `2.00` as `2`; `1,000` has no decimals to lose. */
function withoutZeros(text: string): string {
  const separator = decimalSeparator()
  return text.includes(separator) ? text.replace(/0+$/u, '').replace(new RegExp(`\\${separator}$`, 'u'), '') : text
}

let separatorKept: string | undefined

function decimalSeparator(): string {
  separatorKept ??= new Intl.NumberFormat().formatToParts(1.5).find(({ type }) => type === 'decimal')?.value ?? '.'
  return separatorKept
}

function tickStep(span: number, unit: string, ticksMax: number): number {
  const wanted = span / ticksMax
  const least = unit === 'count' && wanted < 1 && span >= 1 ? 1 : wanted
  if (unit === 'bytes') {
    const power = BINARY ** Math.max(0, Math.floor(Math.log2(least) / 10))
    return power * (BINARY_STEPS.find((step) => step * power >= least) ?? BINARY)
  }
  const power = 10 ** Math.floor(Math.log10(least))
  const steps = unit === 'count' ? WHOLE_STEPS : DECIMAL_STEPS
  return tidy(power * (steps.find((step) => step * power >= least * (1 - 1e-9)) ?? 10))
}

function tidy(value: number): number {
  return Number(value.toPrecision(12))
}
