// Longer copies of typed arrays: policies keep arrays by entry, and entries are doubled when they are used up.

/** A copy with room for `length` values, new ones 0. */
export function grownInt32(values: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(length)
  longer.set(values)
  return longer
}

/** A copy with room for `length` values, new ones 0. */
export function grownUint8(values: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(length)
  longer.set(values)
  return longer
}

/** A copy with room for `length` values, new ones 0. */
export function grownFloat64(values: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(length)
  longer.set(values)
  return longer
}
