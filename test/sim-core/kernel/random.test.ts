// The generator against its published sequence, and the named streams for uniformity and independence.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RandomStream, RandomStreams } from '../../../sim-core/kernel/random.ts'

const stream = (name: string, seed = 7, replication = 0) => new RandomStreams(seed, replication).stream(name)

/** A stream of one word over and over. */
class OneWord extends RandomStream {
  readonly #word: number

  constructor(word: number) {
    super(new Int32Array(4))
    this.#word = word
  }

  override nextInt32(): number {
    return this.#word
  }
}

const draw = (source: RandomStream, count: number) => Array.from({ length: count }, () => source.nextUnit())

/** Pearson correlation of two equally long series. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const meanA = mean(a)
  const meanB = mean(b)
  let product = 0
  let squareA = 0
  let squareB = 0
  for (let index = 0; index < a.length; index++) {
    product += (a[index]! - meanA) * (b[index]! - meanB)
    squareA += (a[index]! - meanA) ** 2
    squareB += (b[index]! - meanB) ** 2
  }
  return product / Math.sqrt(squareA * squareB)
}

/** Standardised chi-square statistic of counts that should be equal: near normal for many cells. */
function chiSquareScore(counts: Float64Array): number {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const expected = total / counts.length
  const statistic = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  const degrees = counts.length - 1
  return (statistic - degrees) / Math.sqrt(2 * degrees)
}

/** Standard errors that a correct generator stays within under a fixed seed. */
const SCORE_MAX = 4

describe('RandomStream', () => {
  it('produces the published sequence of xoshiro128**', () => {
    const source = new RandomStream(new Int32Array([1, 2, 3, 4]))
    const words = Array.from({ length: 10 }, () => source.nextInt32() >>> 0)
    expect(words).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ])
  })

  it('leaves the one state from which nothing but zeros would come', () => {
    const source = new RandomStream(new Int32Array(4))
    expect(draw(source, 20).some((value) => value > 0)).toBe(true)
  })

  it.each(['nextUnit', 'nextOpenUnit'] as const)('%s is uniform', (method) => {
    const source = stream('test/uniform')
    const counts = new Float64Array(1000)
    let outside = 0
    for (let sample = 0; sample < 1_000_000; sample++) {
      const value = source[method]()
      if (!(value >= 0 && value < 1)) outside++
      counts[Math.floor(value * 1000)]!++
    }
    expect(outside).toBe(0)
    expect(Math.abs(chiSquareScore(counts))).toBeLessThan(SCORE_MAX)
  })

  it('nextOpenUnit never reaches its ends', () => {
    expect(new OneWord(0).nextOpenUnit()).toBe(2 ** -53)
    expect(new OneWord(-1).nextOpenUnit()).toBe(1 - 2 ** -53)
    expect(new OneWord(-1).nextUnit()).toBe(1 - 2 ** -53)
    expect(new OneWord(0).nextUnit()).toBe(0)
  })

  it('uses all 53 bits', () => {
    const source = stream('test/bits')
    const ones = new Float64Array(53)
    const samples = 20_000
    for (let sample = 0; sample < samples; sample++) {
      const integer = BigInt(source.nextUnit() * 2 ** 53)
      for (let bit = 0; bit < 53; bit++) if (((integer >> BigInt(bit)) & 1n) === 1n) ones[bit]!++
    }
    const scores = Array.from(ones, (count) => Math.abs(count - samples / 2) / Math.sqrt(samples / 4))
    expect(Math.max(...scores)).toBeLessThan(SCORE_MAX)
  })

  it('has no serial correlation', () => {
    const values = draw(stream('test/serial'), 400_000)
    for (const lag of [1, 2, 3, 7, 100]) {
      const score = correlation(values.slice(lag), values.slice(0, -lag)) * Math.sqrt(values.length - lag)
      expect(Math.abs(score)).toBeLessThan(SCORE_MAX)
    }
  })

  it.each([2, 3, 10, 1000, 1_000_003])('nextBelow(%i) is uniform', (bound) => {
    const source = stream('test/below')
    const cells = Math.min(bound, 1000)
    const counts = new Float64Array(cells)
    let outside = 0
    for (let sample = 0; sample < 300_000; sample++) {
      const value = source.nextBelow(bound)
      if (!Number.isInteger(value) || value < 0 || value >= bound) outside++
      counts[Math.floor((value * cells) / bound)]!++
    }
    expect(outside).toBe(0)
    expect(Math.abs(chiSquareScore(counts))).toBeLessThan(SCORE_MAX)
  })

  it('nextBelow has no bias where the bound does not divide 2^32', () => {
    // With 1.5 * 2^30 cells a plain high word would favour some thirds of the range by 50 %.
    const source = stream('test/bias')
    const bound = 3 * 2 ** 29
    const counts = new Float64Array(3)
    for (let sample = 0; sample < 300_000; sample++) counts[source.nextBelow(bound) % 3]!++
    expect(Math.abs(chiSquareScore(counts))).toBeLessThan(SCORE_MAX)
  })

  it('nextBelow is the high word of the exact product for any word and bound', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 1, max: 2 ** 31 - 1 }), (word, bound) => {
        const product = BigInt(word) * BigInt(bound)
        // A low word below the bound may be redrawn, which a stream of one word cannot be.
        fc.pre((product & 0xffff_ffffn) >= BigInt(bound))
        expect(new OneWord(word | 0).nextBelow(bound)).toBe(Number(product >> 32n))
      }),
      { seed: 1, numRuns: 2000 },
    )
  })

  it('nextBelow refuses bounds that it cannot serve', () => {
    expect(stream('test/x').nextBelow(1)).toBe(0)
    expect(() => stream('test/x').nextBelow(0)).toThrow(/bound/)
    expect(() => stream('test/x').nextBelow(2 ** 31)).toThrow(/bound/)
  })
})

describe('RandomStreams', () => {
  it('hands out one stream per name', () => {
    const streams = new RandomStreams(1, 0)
    expect(streams.stream('a/service')).toBe(streams.stream('a/service'))
    expect(streams.stream('a/service')).not.toBe(streams.stream('b/service'))
  })

  it('gives a stream the same draws whatever else was asked for', () => {
    const alone = draw(new RandomStreams(5, 2).stream('shop/arrivals'), 5)
    const crowded = new RandomStreams(5, 2)
    draw(crowded.stream('db/service'), 100)
    crowded.stream('cache/keys')
    expect(draw(crowded.stream('shop/arrivals'), 5)).toEqual(alone)
  })

  it('separates names, seeds and replications that differ in one bit', () => {
    const first = new Set<number>()
    const names = [
      '',
      'a',
      'b',
      'ab',
      'ba',
      'a\0',
      '\0a',
      'catalog/service-time',
      'catalog/service-timf',
      'é',
      'e\u0301',
    ]
    for (const name of names) {
      for (const seed of [0, 1, 2, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER]) {
        for (const replication of [0, 1, 2]) first.add(stream(name, seed, replication).nextUnit())
      }
    }
    expect(first.size).toBe(names.length * 6 * 3)
  })

  it('has no correlation between neighbouring names, seeds and replications', () => {
    const count = 100_000
    const base = draw(stream('node-1/service', 1, 0), count)
    const others = [
      stream('node-2/service', 1, 0),
      stream('node-1/servicf', 1, 0),
      stream('node-1/service', 2, 0),
      stream('node-1/service', 1, 1),
      stream('node-1/service', 1 + 2 ** 32, 0),
    ]
    for (const other of others) {
      expect(Math.abs(correlation(base, draw(other, count))) * Math.sqrt(count)).toBeLessThan(SCORE_MAX)
    }
  })

  it('spreads the first draws of many streams uniformly', () => {
    const counts = new Float64Array(100)
    for (let seed = 0; seed < 100; seed++) {
      const streams = new RandomStreams(seed, 0)
      for (let node = 0; node < 300; node++) counts[Math.floor(streams.stream(`node-${node}/x`).nextUnit() * 100)]!++
    }
    expect(Math.abs(chiSquareScore(counts))).toBeLessThan(SCORE_MAX)
  })

  it('refuses seeds that are not whole numbers', () => {
    expect(() => new RandomStreams(1.5, 0)).toThrow(/seed/)
    expect(() => new RandomStreams(-1, 0)).toThrow(/seed/)
    expect(() => new RandomStreams(1, -1)).toThrow(/replication/)
  })
})
