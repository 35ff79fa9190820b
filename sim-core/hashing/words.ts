// Reading and turning 32-bit and 64-bit words, as the block hashes do.

/** A view of the bytes from which little-endian words can be read at any position. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** Rotates a 32-bit word left by 1 to 31 bits; the result is signed. */
export function rotateLeft32(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}

/** The low 64 bits, unsigned. */
export function low64(value: bigint): bigint {
  return BigInt.asUintN(64, value)
}

/** Rotates an unsigned 64-bit word left by 1 to 63 bits. */
export function rotateLeft64(word: bigint, bits: bigint): bigint {
  return low64(word << bits) | (word >> (64n - bits))
}
