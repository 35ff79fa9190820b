// Distances over the globe: known ones, and what must hold for all.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { greatCircleKm } from '../../../../sim-core/components/cdn/great-circle.ts'
import type { Coordinates } from '../../../../sim-core/components/cdn/great-circle.ts'

const at = (latitude: number, longitude: number): Coordinates => ({ latitude, longitude })

/** Half of the circumference of a sphere with the earth's mean radius. */
const HALF_WAY_KM = Math.PI * 6371.0088

/** Relative error of a sum of a few rounded doubles. */
const ROUNDING = 1e-12

describe('known distances', () => {
  test.each([
    // The example of the Python package haversine 2, which has the same radius.
    ['Lyon to Paris', at(45.7597, 4.8422), at(48.8567, 2.3508), 392.2172595594006],
    // The example of Rosetta Code, "Haversine formula", there for a radius of 6371.0 km.
    ['Nashville to Los Angeles', at(36.12, -86.67), at(33.94, -118.4), (2886.444442837983 * 6371.0088) / 6371],
  ])('%s', (_, from, to, km) => {
    expect(Math.abs(greatCircleKm(from, to) / km - 1)).toBeLessThan(ROUNDING)
  })

  test('Riyadh to Jeddah is about 850 km', () => {
    expect(Math.abs(greatCircleKm(at(24.7136, 46.6753), at(21.4858, 39.1925)) - 850)).toBeLessThan(5)
  })

  test('a degree of a meridian, and quarters and halves of the circle', () => {
    expect(greatCircleKm(at(10, 20), at(11, 20))).toBeCloseTo(HALF_WAY_KM / 180, 9)
    expect(greatCircleKm(at(0, 0), at(90, 0))).toBeCloseTo(HALF_WAY_KM / 2, 9)
    expect(greatCircleKm(at(0, -90), at(0, 90))).toBeCloseTo(HALF_WAY_KM, 9)
    expect(greatCircleKm(at(30, 10), at(-30, -170))).toBeCloseTo(HALF_WAY_KM, 4)
  })

  test('the poles have no longitude, and the date line is no border', () => {
    expect(greatCircleKm(at(90, 12), at(90, -150))).toBeCloseTo(0, 9)
    expect(greatCircleKm(at(0, 179.5), at(0, -179.5))).toBeCloseTo(HALF_WAY_KM / 180, 9)
  })
})

const place = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
})

describe('any places', () => {
  test('are as far there as back, at most half of the way round, and no detour is shorter', () => {
    fc.assert(
      fc.property(place, place, place, (a, b, c) => {
        const km = greatCircleKm(a, b)
        expect(km).toBeGreaterThanOrEqual(0)
        expect(km).toBeLessThanOrEqual(HALF_WAY_KM * (1 + 1e-12))
        expect(greatCircleKm(b, a)).toBeCloseTo(km, 6)
        expect(greatCircleKm(a, c) + greatCircleKm(c, b)).toBeGreaterThanOrEqual(km - 1e-3)
      }),
    )
  })

  test('are as far apart as the angle between their directions from the centre says', () => {
    const direction = ({ latitude, longitude }: Coordinates): readonly [number, number, number] => {
      const [north, east] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180]
      return [Math.cos(north) * Math.cos(east), Math.cos(north) * Math.sin(east), Math.sin(north)]
    }
    fc.assert(
      fc.property(place, place, (a, b) => {
        const [u, v] = [direction(a), direction(b)]
        const cross = Math.hypot(u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0])
        const angle = Math.atan2(cross, u[0] * v[0] + u[1] * v[1] + u[2] * v[2])
        expect(Math.abs(greatCircleKm(a, b) - 6371.0088 * angle)).toBeLessThan(1e-3)
      }),
    )
  })
})
