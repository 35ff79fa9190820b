/** Figures of quantities in base units, as the interface writes numbers. */
import type { DistributedQuantity } from '../../sim-core/language/units.ts'
import { figureWords } from '../widgets/figure-text.ts'

const NS_PER_MS = 1e6

/** Nanoseconds, bytes or plain numbers in words: `2.31 ms`. */
export function quantityWords(value: number, quantity: DistributedQuantity): string {
  if (quantity === 'duration') return figureWords(value / NS_PER_MS, 'ms')
  return figureWords(value, quantity === 'bytes' ? 'bytes' : 'count')
}

/** Units in which times of a run are told, each from twice its size on: nobody counts 960 s. */
const runUnits = [
  { symbol: 'd', ns: 86_400e9 },
  { symbol: 'h', ns: 3_600e9 },
  { symbol: 'min', ns: 60e9 },
] as const

const SIGNIFICANT_DIGITS = 3

/** A time of simulation in words: `16 min`, without decimals that say nothing. */
export function timeWords(ns: number): string {
  const unit = runUnits.find((candidate) => ns >= 2 * candidate.ns)
  if (unit === undefined) return figureWords(ns / NS_PER_MS, 'ms').replace(/[.,]0+(?=\s)/u, '')
  const amount = Number((ns / unit.ns).toPrecision(SIGNIFICANT_DIGITS))
  return `${amount.toLocaleString()}\u00a0${unit.symbol}`
}

/** A load in words: `15.0 k req/s`, or `200 users`. */
export function levelWords(level: number, kind: 'rate' | 'users'): string {
  return figureWords(level, kind === 'rate' ? 'req/s' : 'users')
}
