/** The integral of a rate that is a straight line, and its inverse: how long until so many arrivals are due. */

/**
 * Time until the area under a straight line reaches `area`: the root x of rate * x + slope * x^2 / 2 = area, written as
 * 2 * area / (rate + sqrt(rate^2 + 2 * slope * area)), which loses no digits for either sign of the slope.
 * @param rate per second, where the time starts. @param slope per second and ns.
 * @param area in per second times ns, at most what the line holds until it reaches zero.
 * @returns ns, fractions kept.
 */
export function timeToArea(rate: number, slope: number, area: number): number {
  if (slope === 0) return area / rate
  const divisor = rate + Math.sqrt(Math.max(rate * rate + 2 * slope * area, 0))
  return divisor > 0 ? (2 * area) / divisor : 0
}

/** Area under a line from `rate` to `endRate` that takes `lengthNs`, in per second times ns; 0 for no rate without an end. */
export function areaOf(rate: number, endRate: number, lengthNs: number): number {
  const mean = (rate + endRate) / 2
  return mean > 0 ? mean * lengthNs : 0
}
