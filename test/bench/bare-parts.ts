// What the bare loops share: random numbers, an event heap and a histogram, as short and fast as JavaScript lets them be.

/** A xoshiro128** generator. */
export class BareRandom {
  private readonly state: Int32Array

  constructor(seed: number) {
    this.state = Int32Array.of(seed, 0x2545_f491, 0x4f6c_dd1d, 0x1234_5678)
    for (let i = 0; i < 32; i++) this.word()
  }

  word(): number {
    const s = this.state
    const s0 = s[0]!
    const s1 = s[1]!
    const s2 = s[2]! ^ s0
    const s3 = s[3]! ^ s1
    const mixed = Math.imul(s1, 5)
    s[1] = s1 ^ s2
    s[0] = s0 ^ s3
    s[2] = s2 ^ (s1 << 9)
    s[3] = (s3 << 11) | (s3 >>> 21)
    return Math.imul((mixed << 7) | (mixed >>> 25), 9)
  }

  unit(): number {
    return (this.word() >>> 0) * 2 ** -32
  }
}

const LAYERS = 256
const EXPONENTIAL_EDGE = 7.697117470131049
const NORMAL_EDGE = 3.654152885361009

/** Right edges of the layers of a ziggurat, and the density there. */
function layersOf(edge: number, area: number, density: (x: number) => number, inverse: (y: number) => number) {
  const x = new Float64Array(LAYERS + 1)
  const y = new Float64Array(LAYERS + 1)
  x[0] = area / density(edge)
  x[1] = edge
  for (let i = 2; i < LAYERS; i++) x[i] = inverse(density(x[i - 1]!) + area / x[i - 1]!)
  for (let i = 0; i <= LAYERS; i++) y[i] = density(x[i]!)
  return { x, y }
}

const decay = layersOf(
  EXPONENTIAL_EDGE,
  0.003949659822581557,
  (x) => Math.exp(-x),
  (y) => -Math.log(y),
)
const DECAY_X = decay.x
const DECAY_Y = decay.y
const bell = layersOf(
  NORMAL_EDGE,
  0.004928673233974655,
  (x) => Math.exp(-0.5 * x * x),
  (y) => Math.sqrt(-2 * Math.log(y)),
)
const BELL_X = bell.x
const BELL_Y = bell.y

/** Exponential with mean 1. */
export function bareExponential(random: BareRandom): number {
  for (;;) {
    const word = random.word()
    const layer = word & 255
    const x = ((word >>> 8) + 0.5) * 2 ** -24 * DECAY_X[layer]!
    if (x < DECAY_X[layer + 1]!) return x
    if (layer === 0) return EXPONENTIAL_EDGE - Math.log(random.unit() + 2 ** -33)
    if (DECAY_Y[layer]! + random.unit() * (DECAY_Y[layer + 1]! - DECAY_Y[layer]!) < Math.exp(-x)) return x
  }
}

/** Normal with mean 0 and variance 1. */
export function bareNormal(random: BareRandom): number {
  for (;;) {
    const word = random.word()
    const layer = word & 255
    const x = ((word >> 8) + 0.5) * 2 ** -23 * BELL_X[layer]!
    if (Math.abs(x) < BELL_X[layer + 1]!) return x
    if (layer === 0) return x < 0 ? -bellTail(random) : bellTail(random)
    if (BELL_Y[layer]! + random.unit() * (BELL_Y[layer + 1]! - BELL_Y[layer]!) < Math.exp(-0.5 * x * x)) return x
  }
}

function bellTail(random: BareRandom): number {
  for (;;) {
    const beyond = -Math.log(random.unit() + 2 ** -33) / NORMAL_EDGE
    if (-2 * Math.log(random.unit() + 2 ** -33) >= beyond * beyond) return NORMAL_EDGE + beyond
  }
}

/** A binary heap of times with an integer each; equal times come out in any order. */
export class BareHeap {
  readonly times: Float64Array
  readonly tags: Int32Array
  length = 0

  constructor(capacity: number) {
    this.times = new Float64Array(capacity)
    this.tags = new Int32Array(capacity)
  }

  push(time: number, tag: number): void {
    const { times, tags } = this
    let at = this.length++
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (times[parent]! <= time) break
      times[at] = times[parent]!
      tags[at] = tags[parent]!
      at = parent
    }
    times[at] = time
    tags[at] = tag
  }

  /** Takes the first event away. */
  drop(): void {
    const { times, tags } = this
    const length = --this.length
    const time = times[length]!
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= length) break
      if (child + 1 < length && times[child + 1]! < times[child]!) child++
      if (times[child]! >= time) break
      times[at] = times[child]!
      tags[at] = tags[child]!
      at = child
    }
    times[at] = time
    tags[at] = tags[length]!
  }
}

const asDouble = new Float64Array(1)
const asWords = new Uint32Array(asDouble.buffer)

/** Counts a value above 0 in one of 2,048 buckets, 32 an octave. */
export function bareRecord(counts: Uint32Array, value: number): void {
  asDouble[0] = value
  const bucket = ((asWords[1]! >>> 15) - ((1023 - 32) << 5)) & 2047
  counts[bucket] = counts[bucket]! + 1
}
