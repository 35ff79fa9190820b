// The ziggurat samplers against the distributions they stand for, body and tail.
import { describe, expect, it } from 'vitest'
import { exp } from '../../../sim-core/kernel/deterministic-math.ts'
import { RandomStream, RandomStreams } from '../../../sim-core/kernel/random.ts'
import { unitExponential, unitNormal } from '../../../sim-core/kernel/ziggurat.ts'
import { normalCdf } from '../../../sim-core/distributions/special-functions.ts'

const SAMPLES = 2_000_000
const CELLS = 1000

/** A correct sampler under a fixed seed stays within this many standard errors. */
const SCORE_MAX = 4

/** A stream that plays the given words, then repeats the last. */
class ScriptedStream extends RandomStream {
  readonly #words: number[]

  constructor(words: number[]) {
    super(new Int32Array(4))
    this.#words = words
  }

  override nextInt32(): number {
    return this.#words.length > 1 ? this.#words.shift()! : this.#words[0]!
  }
}

const samplers = [
  { name: 'unitExponential', sample: unitExponential, cdf: (x: number) => 1 - exp(-x), mean: 1, fourth: 9 },
  { name: 'unitNormal', sample: unitNormal, cdf: normalCdf, mean: 0, fourth: 3 },
]

describe.each(samplers)('$name', ({ sample, cdf, mean, fourth }) => {
  const stream = new RandomStreams(11, 0).stream('test/ziggurat')
  const values = Float64Array.from({ length: SAMPLES }, () => sample(stream))

  it('has the right mean and variance', () => {
    const average = values.reduce((sum, x) => sum + x, 0) / SAMPLES
    const variance = values.reduce((sum, x) => sum + (x - average) ** 2, 0) / SAMPLES
    expect(Math.abs(average - mean) * Math.sqrt(SAMPLES)).toBeLessThan(SCORE_MAX)
    expect(Math.abs(variance - 1) * Math.sqrt(SAMPLES / (fourth - 1))).toBeLessThan(SCORE_MAX)
  })

  it('falls evenly into cells of equal probability', () => {
    const counts = new Float64Array(CELLS)
    for (const x of values) counts[Math.min(CELLS - 1, Math.floor(cdf(x) * CELLS))]!++
    const expected = SAMPLES / CELLS
    const statistic = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
    expect(Math.abs(statistic - (CELLS - 1)) / Math.sqrt(2 * (CELLS - 1))).toBeLessThan(SCORE_MAX)
  })

  it.each([2, 3, 4, 5])('has the right number of values beyond %i', (limit) => {
    const expected = SAMPLES * (1 - cdf(limit))
    const beyond = values.reduce((count, x) => count + (x > limit ? 1 : 0), 0)
    expect(Math.abs(beyond - expected)).toBeLessThan(SCORE_MAX * Math.sqrt(expected) + 1)
  })

  it('is deterministic', () => {
    const again = new RandomStreams(11, 0).stream('test/ziggurat')
    expect(Float64Array.from({ length: 1000 }, () => sample(again))).toEqual(values.slice(0, 1000))
  })
})

describe('the tails', () => {
  /** The base layer's outermost cell: beyond its edge, so the tail is entered. */
  const OUTERMOST = 0xffff_ff00 | 0

  it('of the exponential goes on beyond the 22 means that a 32-bit logarithm reaches', () => {
    const x = unitExponential(new ScriptedStream([OUTERMOST, OUTERMOST, OUTERMOST, OUTERMOST, 0x8000_0080 | 0]))
    expect(x).toBeGreaterThan(30)
    expect(x).toBeLessThan(40)
  })

  it('of the normal goes on beyond the base layer, on both sides', () => {
    const right = unitNormal(new ScriptedStream([0x7fff_ff00, 0x0800_0080, 0x8000_0080 | 0]))
    const left = unitNormal(new ScriptedStream([0x8000_0000 | 0, 0x0800_0080, 0x8000_0080 | 0]))
    expect(right).toBeGreaterThan(3.654)
    expect(left).toBe(-right)
  })

  it('of the exponential is exponential again', () => {
    const stream = new RandomStreams(3, 0).stream('test/tail')
    const edge = 7.697117470131049
    let count = 0
    let excess = 0
    for (let sample = 0; sample < 10_000_000; sample++) {
      const x = unitExponential(stream)
      if (x <= edge) continue
      count++
      excess += x - edge
    }
    expect(Math.abs(count - 1e7 * exp(-edge))).toBeLessThan(SCORE_MAX * Math.sqrt(1e7 * exp(-edge)))
    expect(Math.abs(excess / count - 1) * Math.sqrt(count)).toBeLessThan(SCORE_MAX)
  })
})
