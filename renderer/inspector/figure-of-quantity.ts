/** Figures of quantities in base units, as the interface writes numbers. */
import type { DistributedQuantity } from '../../sim-core/language/units.ts'
import { figureWords } from '../widgets/figure-text.ts'

const NS_PER_MS = 1e6

/** Nanoseconds, bytes or plain numbers in words: `2.31 ms`. */
export function quantityWords(value: number, quantity: DistributedQuantity): string {
  if (quantity === 'duration') return figureWords(value / NS_PER_MS, 'ms')
  return figureWords(value, quantity === 'bytes' ? 'bytes' : 'count')
}

/** A time of simulation in words: `14 min`, without decimals that say nothing. */
export function timeWords(ns: number): string {
  return figureWords(ns / NS_PER_MS, 'ms').replace(/[.,]0+(?=\s)/u, '')
}

/** A load in words: `15.0 k req/s`, or `200 users`. */
export function levelWords(level: number, kind: 'rate' | 'users'): string {
  return figureWords(level, kind === 'rate' ? 'req/s' : 'users')
}
