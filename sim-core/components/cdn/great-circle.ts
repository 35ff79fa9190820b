// Distances on the globe between places given by their coordinates.
import { cos, sin } from '../../kernel/deterministic-math.ts'

/** A place on the globe, in degrees: north and east are positive. */
export interface Coordinates {
  readonly latitude: number
  readonly longitude: number
}

/** Mean radius of the earth in km, as the IUGG defines it: (2a + b) / 3 of the ellipsoid GRS 80. */
const EARTH_RADIUS_KM = 6371.0088

const RADIANS_PER_DEGREE = Math.PI / 180

/** Steps after which the iteration for the arc sine has all the digits of a double: each doubles the four of the start. */
const NEWTON_STEPS = 4

/**
 * Length of the shortest way over the surface in km.
 *
 * Source: R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68(2), 1984, p. 159:
 * a = sin^2(dlat / 2) + cos(lat1) * cos(lat2) * sin^2(dlon / 2), c = 2 * arcsin(min(1, sqrt(a))), d = R * c.
 * Differs from the source: beyond a quarter of the circle c is pi minus that of the opposite place, which keeps the digits.
 * The earth is a sphere here, which is at most 0.5 % off.
 */
export function greatCircleKm(from: Coordinates, to: Coordinates): number {
  const ofLatitude = sin(((to.latitude - from.latitude) / 2) * RADIANS_PER_DEGREE)
  const ofLongitude = sin(((to.longitude - from.longitude) / 2) * RADIANS_PER_DEGREE)
  const parallels = cos(from.latitude * RADIANS_PER_DEGREE) * cos(to.latitude * RADIANS_PER_DEGREE)
  const a = Math.min(1, ofLatitude * ofLatitude + parallels * ofLongitude * ofLongitude)
  const c = a <= 0.5 ? 2 * arcSine(Math.sqrt(a)) : Math.PI - 2 * arcSine(Math.sqrt(1 - a))
  return EARTH_RADIUS_KM * c
}

/** The arc sine of 0 to sqrt(1/2) in radians, by Newton's iteration, the same on every machine. */
function arcSine(value: number): number {
  let angle = value + (value * value * value) / 6
  for (let step = 0; step < NEWTON_STEPS; step++) angle -= (sin(angle) - value) / cos(angle)
  return angle
}
