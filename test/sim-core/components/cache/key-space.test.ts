// The keys of a cache: which of them the source lacks, and how popular they are.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { KeySpace } from '../../../../sim-core/components/cache/key-space.ts'

const sizeBytes = { type: 'constant', value: 1024 } as const
const population = (id: string, count: number, missingRatio?: number) => ({
  id,
  count,
  exponent: 1,
  sizeBytes,
  ...(missingRatio === undefined ? {} : { missingRatio }),
})

test('as many keys are missing as the share says, whatever other populations there are', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 1, noNaN: true }), fc.boolean(), (ratio, isFirst) => {
      const count = 5000
      const space = new KeySpace([population('a', 300), population('b', count, ratio)])
      if (!isFirst) space.add(0)
      const base = space.add(1)
      if (isFirst) space.add(0)
      const missing = Array.from({ length: count }, (_, rank) => rank).filter((rank) => space.isMissing(base + rank))
      const alone = new KeySpace([population('x', 1), population('b', count, ratio)])
      alone.add(1)
      expect(missing.every((rank) => alone.isMissing(rank))).toBe(true)
      expect(Math.abs(missing.length / count - ratio)).toBeLessThan(5 * Math.sqrt(0.25 / count))
      expect(space.isMissing(base === 0 ? count : 0)).toBe(false)
    }),
    { numRuns: 30 },
  )
})

test('tenths differ by one key at most, the most popular first', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 50 }), (count, before) => {
      const space = new KeySpace([population('a', before), population('b', count)])
      space.add(0)
      const base = space.add(1)
      const deciles = Array.from({ length: count }, (_, rank) => space.decileOf(base + rank))
      expect(deciles).toEqual(deciles.toSorted((a, b) => a - b))
      const sizes = Array.from({ length: 10 }, (_, decile) => deciles.filter((each) => each === decile).length)
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
      expect(deciles[0]).toBe(0)
      expect(deciles.at(-1)).toBeLessThan(10)
    }),
    { numRuns: 50 },
  )
})
