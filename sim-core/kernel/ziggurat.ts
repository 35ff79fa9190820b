/** Unit exponential and unit normal random numbers by the ziggurat method: one word, one table look-up, no logarithm. */

import { exp, log } from './deterministic-math.ts'
import type { RandomStream } from './random.ts'

/*
 * Source: G. Marsaglia, W. W. Tsang, "The Ziggurat Method for Generating Random Variables", J. Stat. Softw. 5(8), 2000:
 * the area under f is covered by 256 layers of equal area v; x(i) = f^-1(v / x(i+1) + f(x(i+1))), x(255) = r, and a point
 * of a layer that lies left of the next layer's edge is taken at once.
 * Differs from the source: the layer number and the position use different bits of the word (J. A. Doornik, "An Improved
 * Ziggurat Method to Generate Normal Random Samples", 2005, shows why they must); positions are centred in their cells, so
 * that means are exact; the tail restarts from r (exponential) or draws exponentials (normal), so that it has no end.
 * Layer 0 is the base with the tail; edges shrink with the layer number.
 */

const LAYERS = 256

/** Right edge of the base layer and area of a layer, from section 3 of the source. */
const EXPONENTIAL_EDGE = 7.697117470131049
const EXPONENTIAL_AREA = 0.003949659822581557
const NORMAL_EDGE = 3.654152885361009
const NORMAL_AREA = 0.004928673233974655

/** Cells of a layer: 24 bits for the exponential; 23 and a sign for the normal. */
const EXPONENTIAL_CELL = 1 / 16_777_216
const NORMAL_CELL = 1 / 8_388_608

/** Layer edges `x` and the density `y` there, [LAYERS + 1]; x[0] is the width a base layer of the same area would have. */
interface Layers {
  readonly x: Float64Array
  readonly y: Float64Array
}

function buildLayers(
  edge: number,
  area: number,
  density: (x: number) => number,
  inverse: (y: number) => number,
): Layers {
  const x = new Float64Array(LAYERS + 1)
  x[0] = area / density(edge)
  x[1] = edge
  for (let layer = 2; layer < LAYERS; layer++) x[layer] = inverse(density(x[layer - 1]!) + area / x[layer - 1]!)
  return { x, y: x.map(density) }
}

const exponentialLayers = buildLayers(
  EXPONENTIAL_EDGE,
  EXPONENTIAL_AREA,
  (x) => exp(-x),
  (y) => -log(y),
)
const EXPONENTIAL_X = exponentialLayers.x
const EXPONENTIAL_Y = exponentialLayers.y

const normalLayers = buildLayers(
  NORMAL_EDGE,
  NORMAL_AREA,
  (x) => exp(-0.5 * x * x),
  (y) => Math.sqrt(-2 * log(y)),
)
const NORMAL_X = normalLayers.x
const NORMAL_Y = normalLayers.y

/** Exponential with mean 1, unbounded above. */
export function unitExponential(stream: RandomStream): number {
  const word = stream.nextInt32()
  const layer = word & 255
  const x = ((word >>> 8) + 0.5) * EXPONENTIAL_CELL * EXPONENTIAL_X[layer]!
  return x < EXPONENTIAL_X[layer + 1]! ? x : exponentialOutside(stream, layer, x)
}

/** As `unitExponential`, but writes the number into `into[at]`, so that it need not be boxed. */
export function drawUnitExponential(stream: RandomStream, into: Float64Array, at: number): void {
  const word = stream.nextInt32()
  const layer = word & 255
  const x = ((word >>> 8) + 0.5) * EXPONENTIAL_CELL * EXPONENTIAL_X[layer]!
  into[at] = x
  if (x >= EXPONENTIAL_X[layer + 1]!) into[at] = exponentialOutside(stream, layer, x)
}

/** The 1 % of draws that fall outside the next layer: the tail, the wedge under the curve, or another try. */
function exponentialOutside(stream: RandomStream, firstLayer: number, firstX: number): number {
  let layer = firstLayer
  let x = firstX
  let offset = 0
  for (;;) {
    if (x < EXPONENTIAL_X[layer + 1]!) return offset + x
    if (layer === 0) {
      // The distribution has no memory: beyond the edge it starts anew.
      offset += EXPONENTIAL_EDGE
    } else {
      const low = EXPONENTIAL_Y[layer]!
      if (low + stream.nextUnit() * (EXPONENTIAL_Y[layer + 1]! - low) < exp(-x)) return offset + x
    }
    const word = stream.nextInt32()
    layer = word & 255
    x = ((word >>> 8) + 0.5) * EXPONENTIAL_CELL * EXPONENTIAL_X[layer]!
  }
}

/** Normal with mean 0 and variance 1, unbounded on both sides. */
export function unitNormal(stream: RandomStream): number {
  const word = stream.nextInt32()
  const layer = word & 255
  const x = ((word >> 8) + 0.5) * NORMAL_CELL * NORMAL_X[layer]!
  return Math.abs(x) < NORMAL_X[layer + 1]! ? x : normalOutside(stream, layer, x)
}

/** As `exponentialOutside`, for the normal. */
function normalOutside(stream: RandomStream, firstLayer: number, firstX: number): number {
  let layer = firstLayer
  let x = firstX
  for (;;) {
    if (Math.abs(x) < NORMAL_X[layer + 1]!) return x
    if (layer === 0) return x < 0 ? -normalTail(stream) : normalTail(stream)
    const low = NORMAL_Y[layer]!
    if (low + stream.nextUnit() * (NORMAL_Y[layer + 1]! - low) < exp(-0.5 * x * x)) return x
    const word = stream.nextInt32()
    layer = word & 255
    x = ((word >> 8) + 0.5) * NORMAL_CELL * NORMAL_X[layer]!
  }
}

/**
 * A normal number beyond the edge r of the base layer.
 * Source: G. Marsaglia, "Generating a Variable from the Tail of the Normal Distribution", Technometrics 6(1), 1964:
 * x = -ln(u1) / r, y = -ln(u2) until 2 y > x^2, then r + x. Differs from the source: the exponentials come from here.
 */
function normalTail(stream: RandomStream): number {
  for (;;) {
    const beyond = unitExponential(stream) / NORMAL_EDGE
    if (2 * unitExponential(stream) > beyond * beyond) return NORMAL_EDGE + beyond
  }
}
