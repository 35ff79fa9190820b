/** Numbers as the interface writes them: three significant digits, always with a unit, time in the unit that keeps 1–999. */

/** A number to read, and its unit, which is shown smaller and dimmer. The unit is empty when there is none. */
export interface FigureText {
  readonly text: string
  readonly unit: string
}

/**
 * What a figure is counted in. Known: `ns us ms s min h` (times), `req/s` and every other rate `…/s`, `ratio` (0..1, shown as
 * per cent), `bytes`, `count`, `factor` (times); any other word stands behind the number as it is.
 */
export type Unit = string

export interface FigureOptions {
  /** Of the browser when absent. */
  readonly locale?: string
  /** Writes the value in the unit and with the decimals that this other value would get: for half-widths and bounds. */
  readonly like?: number
}

/** What stands where there is no figure. */
export const NO_FIGURE = '–'

/** One step of a ladder of units: values from `least` base units on are written in it. */
interface Step {
  readonly factor: number
  readonly unit: string
}

/** In ms, the smallest first. */
const timeSteps: readonly Step[] = [
  { factor: 1e-6, unit: 'ns' },
  { factor: 1e-3, unit: 'µs' },
  { factor: 1, unit: 'ms' },
  { factor: 1e3, unit: 's' },
  { factor: 6e4, unit: 'min' },
  { factor: 3.6e6, unit: 'h' },
  { factor: 8.64e7, unit: 'd' },
]

/** Minutes, hours and days begin where the unit before would need a fourth digit. */
const DIGITS_MAX = 1000

const sizeUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const
const BINARY_STEP = 1024

const thousands: readonly { readonly factor: number; readonly prefix: string }[] = [
  { factor: 1, prefix: '' },
  { factor: 1e3, prefix: 'k' },
  { factor: 1e6, prefix: 'M' },
  { factor: 1e9, prefix: 'G' },
]

/** Whole numbers below this are written out: 9,999 requests. */
const WRITTEN_OUT_BELOW = 10_000

/** Smaller numbers than this, other than 0, get a power of ten. */
const TINY = 1e-4

const SIGNIFICANT_DIGITS = 3

/** Ratios from here to 1 show what is missing to 1, so that 99.95 % does not read 100 %. */
const NEARLY_ALL = 0.99

/** As a reader needs no finer availability than 99.99999 %. */
const PERCENT_DECIMALS_MAX = 5

const timeUnitsInMs: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1e3,
  min: 6e4,
  h: 3.6e6,
}

/** Writes a value that is given in base units of `unit`. No figure (null, NaN) is a dash without a unit. */
export function figureText(value: number | null | undefined, unit: Unit, options: FigureOptions = {}): FigureText {
  if (value === null || value === undefined || Number.isNaN(value)) return { text: NO_FIGURE, unit: '' }
  if (!Number.isFinite(value)) return { text: value > 0 ? '∞' : '−∞', unit: plainUnit(unit) }
  const model = options.like !== undefined && Number.isFinite(options.like) ? options.like : value
  const timeFactor = timeUnitsInMs[unit]
  if (timeFactor !== undefined) {
    const step = timeStep(model * timeFactor, unit)
    return { text: scaledText(value, model, timeFactor / step.factor, options), unit: step.unit }
  }
  if (unit === 'ratio') return { text: ratioText(value, model, options), unit: '%' }
  if (unit === 'bytes') return sizeText(value, model, options)
  if (unit === 'bytes/s') {
    const size = sizeText(value, model, options)
    return { ...size, unit: `${size.unit}/s` }
  }
  if (unit === 'factor') {
    const decimals = Math.min(2, decimalsFor(value, model, options.like !== undefined))
    return { text: written(value, decimals, options), unit: '×' }
  }
  return thousandText(value, model, unit, options)
}

/** The value with its unit, as one string: for sentences, labels and screen readers. */
export function figureWords(value: number | null | undefined, unit: Unit, options: FigureOptions = {}): string {
  const figure = figureText(value, unit, options)
  return figure.unit === '' ? figure.text : `${figure.text}${figure.unit === '×' ? '' : '\u00a0'}${figure.unit}`
}

function plainUnit(unit: string): string {
  if (unit === 'ratio') return '%'
  if (unit === 'bytes') return 'B'
  if (unit === 'bytes/s') return 'B/s'
  if (unit === 'factor') return '×'
  return unit === 'count' ? '' : unit
}

/** Rounds first: 999.5 ms belongs to seconds, because it would read 1000 ms. */
function timeStep(ms: number, unit: string): Step {
  const zeroUnit = unit === 'us' ? 'µs' : unit
  if (ms === 0) return timeSteps.find((step) => step.unit === zeroUnit) ?? { factor: 1, unit: 'ms' }
  const size = Math.abs(ms)
  let chosen = timeSteps[0] ?? { factor: 1, unit: 'ms' }
  for (const step of timeSteps) {
    if (rounded(size / chosen.factor) >= DIGITS_MAX) chosen = step
  }
  return chosen
}

function sizePower(bytes: number): number {
  let power = 0
  let size = Math.abs(bytes)
  while (Math.round(size) >= BINARY_STEP && power < sizeUnits.length - 1) {
    size /= BINARY_STEP
    power++
  }
  return power
}

function sizeText(value: number, model: number, options: FigureOptions): FigureText {
  const power = sizePower(model)
  const scale = BINARY_STEP ** -power
  const whole = power === 0 || Math.abs(model * scale) >= DIGITS_MAX
  const text = whole ? written(value * scale, 0, options) : scaledText(value, model, scale, options)
  return { text, unit: sizeUnits[power] ?? 'B' }
}

/** A value in a larger or smaller unit. */
function scaledText(value: number, model: number, scale: number, options: FigureOptions): string {
  return written(value * scale, decimalsFor(value * scale, model * scale, options.like !== undefined), options)
}

function thousandText(value: number, model: number, unit: Unit, options: FigureOptions): FigureText {
  const shown = unit === 'count' ? '' : unit
  // A kilometre is a thousand of something already.
  if (unit === 'km') return { text: scaledText(value, model, 1, options), unit }
  if (Number.isInteger(model) && Math.abs(model) < (unit.endsWith('/s') ? DIGITS_MAX : WRITTEN_OUT_BELOW)) {
    const digits = Number.isInteger(value) ? 0 : decimalsFor(value, model, true)
    return { text: written(value, digits, options), unit: shown }
  }
  let chosen = { factor: 1, prefix: '' }
  for (const step of thousands) if (rounded(Math.abs(model)) >= step.factor) chosen = step
  const text = scaledText(value, model, 1 / chosen.factor, options)
  return { text, unit: `${chosen.prefix}${chosen.prefix !== '' && shown !== '' ? '\u202f' : ''}${shown}` }
}

function ratioText(value: number, model: number, options: FigureOptions): string {
  const missing = (1 - model) * 100
  if (model > NEARLY_ALL && model < 1) {
    const decimals = Math.min(PERCENT_DECIMALS_MAX, 1 - Math.floor(Math.log10(missing)))
    // Rounds towards zero: what is not all must not read as all.
    const floor = Math.floor(value * 100 * 10 ** decimals + 1e-6) / 10 ** decimals
    return format(options.like === undefined ? floor : value * 100, options.locale, 1, decimals)
  }
  return written(value * 100, Math.min(decimalsFor(value * 100, model * 100, options.like !== undefined), 6), options)
}

function rounded(value: number): number {
  return Number(value.toPrecision(SIGNIFICANT_DIGITS))
}

/** Decimals that leave three significant digits; beside another value, as many as that one has, unless it then reads 0. */
function decimalsFor(value: number, model: number, beside: boolean): number {
  const digits = ownDecimals(model)
  if (!beside || value === 0 || Math.abs(value) >= 0.5 * 10 ** -digits) return digits
  return Math.min(6, -Math.floor(Math.log10(Math.abs(value))))
}

function ownDecimals(value: number): number {
  if (value === 0) return 0
  const exponent = Math.floor(Math.log10(Math.abs(rounded(value))))
  return Math.max(0, SIGNIFICANT_DIGITS - 1 - exponent)
}

/** A number with its decimals; tiny ones as a power of ten. */
function written(value: number, decimals: number, { locale }: FigureOptions): string {
  if (value === 0) return '0'
  if (Math.abs(value) < TINY) {
    const [mantissa = '', exponent = ''] = value.toExponential(1).split('e')
    return `${format(Number(mantissa), locale, 1, 1)}·10${superscript(exponent)}`
  }
  return format(value, locale, decimals, decimals)
}

function superscript(exponent: string): string {
  return exponent
    .replace('+', '')
    .replace('-', '⁻')
    .replace(/\d/gu, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(Number(digit)))
}

const formats = new Map<string, Intl.NumberFormat>()

/** Making a formatter costs a thousand times more than using it. */
function format(value: number, locale: string | undefined, least: number, most: number): string {
  const key = `${locale ?? ''} ${least} ${most}`
  let kept = formats.get(key)
  if (kept === undefined) {
    kept = new Intl.NumberFormat(locale, { minimumFractionDigits: Math.min(least, most), maximumFractionDigits: most })
    formats.set(key, kept)
  }
  return kept.format(value).replace('-', '−')
}
