// Zipf popularity: by table, by rejection-inversion, uniform; and the harmonic numbers under it.
import { describe, expect, it } from 'vitest'
import { ZipfTable, createZipf, generalizedHarmonic, zipfPmf } from '../../../sim-core/distributions/zipf.ts'
import { RandomStreams } from '../../../sim-core/kernel/random.ts'

const stream = () => new RandomStreams(9, 0).stream('test/zipf')
const DRAWS = 400_000

/** Standard errors allowed: of the 200 bands judged here, one is beyond 4 every hundredth time, beyond 5 next to never. */
const SCORE_MAX = 5

/** The first of these is tabulated, the second is not. */
const TABULATED = 100_000
const UNTABULATED = 3_000_000

function directHarmonic(count: number, exponent: number): number {
  let sum = 0
  for (let k = count; k >= 1; k--) sum += k ** -exponent
  return sum
}

describe.each([TABULATED, UNTABULATED])('zipf over %i keys', (count) => {
  it.each([0, 0.3, 0.95, 1, 1 + 1e-9, 1.2, 3])('draws exponent %d by its probabilities', (exponent) => {
    const sampler = createZipf(count, exponent, stream())
    // Ranks are judged in bands that double, so that the tail is seen as well.
    const bands = Math.ceil(Math.log2(count + 1))
    const counts = new Float64Array(bands)
    let outside = 0
    for (let draw = 0; draw < DRAWS; draw++) {
      const rank = sampler.next()
      if (!Number.isInteger(rank) || rank < 0 || rank >= count) outside++
      counts[Math.floor(Math.log2(rank + 1))]!++
    }
    expect(outside).toBe(0)
    const total = generalizedHarmonic(count, exponent)
    let below = 0
    for (let band = 0; band < bands; band++) {
      const upTo = generalizedHarmonic(Math.min(count, 2 ** (band + 1) - 1), exponent) / total
      const share = upTo - below
      below = upTo
      const error = Math.abs(counts[band]! - DRAWS * share)
      expect(error, `band ${band}`).toBeLessThanOrEqual(SCORE_MAX * Math.sqrt(DRAWS * share * (1 - share)) + 1)
    }
  })
})

describe('ZipfTable', () => {
  it('is shared by samplers that draw from streams of their own', () => {
    const table = new ZipfTable(1000, 0.9)
    const first = table.sampler(stream())
    const other = table.sampler(new RandomStreams(10, 0).stream('test/zipf'))
    const alone = createZipf(1000, 0.9, stream())
    const draws = Array.from({ length: 100 }, () => [first.next(), other.next(), alone.next()])
    expect(draws.every(([shared, , own]) => shared === own)).toBe(true)
    expect(draws.every(([shared, unrelated]) => shared === unrelated)).toBe(false)
  })

  it('serves a single key', () => {
    for (const exponent of [0, 1, 2]) expect(createZipf(1, exponent, stream()).next()).toBe(0)
  })

  it('refuses what is no population', () => {
    expect(() => new ZipfTable(0, 1)).toThrow(/key count/)
    expect(() => new ZipfTable(2 ** 31, 1)).toThrow(/key count/)
    expect(() => new ZipfTable(10, -1)).toThrow(/exponent/)
  })
})

describe('generalizedHarmonic', () => {
  it.each([0, 0.5, 0.99, 1, 1 + 1e-12, 1.5, 2, 6])('equals the sum for exponent %d', (exponent) => {
    for (const count of [1, 2, 63, 64, 65, 1000, 200_000]) {
      expect(generalizedHarmonic(count, exponent) / directHarmonic(count, exponent)).toBeCloseTo(1, 12)
    }
  })

  it('makes the probabilities sum to one', () => {
    let sum = 0
    for (let rank = 0; rank < 500; rank++) sum += zipfPmf(500, 0.8, rank)
    expect(sum).toBeCloseTo(1, 12)
    expect(zipfPmf(500, 1, 0) / zipfPmf(500, 1, 9)).toBeCloseTo(10, 12)
  })
})
