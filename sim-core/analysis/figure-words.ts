// Figures in the words of a sentence: their name, and their value with its unit.

/** Digits that a value is told with. */
const DIGITS = 3
const MS_PER_SECOND = 1_000

/** Shares below this, other than 0, are told as less than it: one of a million requests. */
const SHARE_LEAST = 1e-6

/** From this many times a figure on, nobody reads per cent. */
const TOLD_IN_TIMES = 10

/** Names that are not the figure's own with spaces. */
const NAMES: Readonly<Record<string, string>> = {
  mean_ms: 'mean latency',
  p99_9_ms: 'p99.9',
  error_ratio: 'errors',
  throughput_rps: 'throughput',
}

/** `p95`, `errors`, `hit ratio`; of everything but all requests, with what it is of: `catalog.get_product p95`. */
export function figureName(subject: string, figure: string): string {
  const name = NAMES[figure] ?? figure.replace(/_ms$/u, '').replaceAll('_', ' ')
  return subject === 'clients' ? name : `${subject.replace('/', ' ')} ${name}`
}

/** `812 ms`, `1.24 s`, `0.4 %`, `1.2 k req/s`. */
export function valueWords(value: number, figure: string): string {
  if (figure.endsWith('_ms')) {
    if (Math.abs(value) >= MS_PER_SECOND) return `${digits(value / MS_PER_SECOND)} s`
    return value !== 0 && Math.abs(value) < 1 ? `${digits(value * MS_PER_SECOND)} µs` : `${digits(value)} ms`
  }
  if (isShare(figure)) return value > 0 && value < SHARE_LEAST ? '< 0.0001 %' : `${digits(value * 100)} %`
  return figure.endsWith('_rps') ? `${thousands(value)} req/s` : thousands(value)
}

/** Whether the figure is a share of a whole, told in percent. */
export function isShare(figure: string): boolean {
  return /(?:ratio|utilisation|probability)$/u.test(figure)
}

/** A relative difference with half the width of its interval, such as `−70 % ± 3 %`; of a large one, `220 times ± 6.7`. */
export function changeWords(relative: number, halfWidth: number | null): string {
  if (1 + relative >= TOLD_IN_TIMES) {
    return `${digits(1 + relative, 2)} times${halfWidth === null ? '' : ` ± ${digits(halfWidth, 2)}`}`
  }
  const spread = halfWidth === null ? '' : ` ± ${digits(halfWidth * 100, 2)} %`
  return `${relative < 0 ? '−' : '+'}${digits(Math.abs(relative) * 100, 2)} %${spread}`
}

/** Items in a row, the last two joined by a word. */
export function enumerated(items: readonly string[]): string {
  return items.length <= 1 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}

function thousands(value: number): string {
  return Math.abs(value) >= 1_000 ? `${digits(value / 1_000)} k` : digits(value)
}

/** Significant digits, whole numbers whole, and no exponent for anything a planner meets. */
function digits(value: number, significant = DIGITS): string {
  const rounded = Number(value.toPrecision(significant))
  return Math.abs(rounded) >= 10 ** significant ? value.toFixed(0) : String(rounded)
}
