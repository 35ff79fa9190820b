/** The field builder for how unevenly the keys of a population are asked for. */
import type { Field } from './field.ts'
import { leaf } from './field.ts'
import type { Reading } from './quantity.ts'
import { quoted, readQuantity } from './quantity.ts'

/** Popularity of keys by rank: all alike, or proportional to rank^-exponent. */
export type PopularitySpec = { readonly type: 'uniform' } | { readonly type: 'zipf'; readonly exponent: number }

const ZIPF = /^zipf\s*\(([^()]*)\)$/u

/** Steepest exponent accepted: beyond it the first key alone takes practically every request. */
const MAX_EXPONENT = 5

const HINT = `write uniform or zipf(0.95), with an exponent above 0 and at most ${MAX_EXPONENT}`

/** `uniform` or `zipf(exponent)`. */
export function popularity(options: { readonly help: string }): Field<PopularitySpec> {
  return leaf(readPopularity, {
    type: 'popularity',
    help: options.help,
    suffix: '',
    range: `uniform, or zipf with an exponent above 0 and at most ${MAX_EXPONENT}`,
    examples: ['uniform', 'zipf(0.95)'],
    json: { type: 'string', pattern: String.raw`^\s*(uniform|zipf\s*\([^()]*\))\s*$`, examples: ['zipf(0.95)'] },
  })
}

function readPopularity(input: unknown): Reading<PopularitySpec> {
  const text = typeof input === 'string' ? input.trim() : ''
  if (text === 'uniform') return { value: { type: 'uniform' } }
  const zipf = ZIPF.exec(text)
  if (zipf === null) {
    return { complaint: { code: 'unknown-name', message: `${quoted(input)} is not a popularity`, hint: HINT } }
  }
  const exponent = readQuantity(zipf[1] ?? '', 'number')
  if ('complaint' in exponent) return exponent
  if (exponent.value > 0 && exponent.value <= MAX_EXPONENT) return { value: { type: 'zipf', exponent: exponent.value } }
  return {
    complaint: { code: 'out-of-range', message: `zipf(${exponent.value}) has an impossible exponent`, hint: HINT },
  }
}
