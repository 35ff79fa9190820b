/** An exact instant: whole nanoseconds and the remainder below one, so that rounding never adds up over a run. */

/** Where an instant keeps its whole ns. */
export const WHOLE_NS = 0
/** The remainder, from -0.5 to 0.5 ns. */
export const REMAINDER_NS = 1

/** The instant 0, [WHOLE_NS, REMAINDER_NS]. */
export function instantZero(): Float64Array {
  return new Float64Array(2)
}

/** Moves the instant by a gap of at least 0 ns, fractions kept, and returns its nearest whole ns. */
export function moveInstant(instant: Float64Array, gapNs: number): number {
  const remainderNs = instant[REMAINDER_NS]! + gapNs
  const stepNs = Math.floor(remainderNs + 0.5)
  const wholeNs = instant[WHOLE_NS]! + stepNs
  instant[WHOLE_NS] = wholeNs
  instant[REMAINDER_NS] = remainderNs - stepNs
  return wholeNs
}
