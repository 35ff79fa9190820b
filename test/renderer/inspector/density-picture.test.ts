// Pictures of distributions: what is drawn lies within the picture, and shows what there is.
import { expect, it } from 'vitest'
import type { PictureOptions } from '../../../renderer/inspector/density-picture.ts'
import { densityPicture } from '../../../renderer/inspector/density-picture.ts'
import { readDistribution } from '../../../sim-core/language/distribution-text.ts'

function picture(text: unknown, options: Partial<PictureOptions> = {}) {
  const reading = readDistribution(text, 'number')
  if ('complaint' in reading) throw new Error(reading.complaint.message)
  return densityPicture(reading.value, { curve: 'density', isLogarithmic: false, ...options })
}

it('marks mean and percentiles', () => {
  const { marks } = picture('exponential(2)')
  expect(marks.map(({ id }) => id)).toEqual(['mean', 'p50', 'p95', 'p99'])
  expect(marks[1]?.value).toBeCloseTo(2 * Math.log(2), 12)
})

it.each([
  'exponential(2)',
  'gamma(0.5, 2)',
  'lognormal(mean 2, p99 20)',
  'pareto(1.2, 1, 100000)',
  'uniform(90, 110)',
  'normal(5, 4)',
  '3',
  '0',
  {
    mixture: [
      { weight: 9, of: 1 },
      { weight: 1, of: 'exponential(20)' },
    ],
  },
])('%j fits', (text) => {
  for (const isLogarithmic of [false, true]) {
    for (const curve of ['density', 'cumulative'] as const) {
      const { points, marks, from, to } = picture(text, { curve, isLogarithmic })
      expect(to).toBeGreaterThan(from)
      expect(
        points.every(
          ({ x, height }) => x >= from - Math.abs(from) / 1000 && x <= to * 1.001 && height >= 0 && height <= 1,
        ),
      ).toBe(true)
      for (const { value } of marks) expect(value).toBeLessThanOrEqual(to)
    }
  }
})

it('a distribution function ends near 1, a density has its highest point', () => {
  expect(picture('exponential(2)', { curve: 'cumulative' }).points.at(-1)?.height).toBeGreaterThan(0.99)
  expect(Math.max(...picture('lognormal(mean 2, p99 9)').points.map(({ height }) => height))).toBe(1)
})

it('values with a probability of their own stand alone', () => {
  expect(picture('3')).toMatchObject({ atoms: [{ value: 3, probability: 1 }], from: 0, to: 6 })
  expect(
    picture({
      mixture: [
        { weight: 9, of: 1 },
        { weight: 1, of: 'exponential(20)' },
      ],
    }).atoms,
  ).toEqual([{ value: 1, probability: 0.9 }])
})

it('a scale from zero is kept unless it would leave most of the picture empty', () => {
  expect(picture('exponential(2)').from).toBe(0)
  expect(picture('uniform(90, 110)').from).toBeGreaterThan(80)
})
