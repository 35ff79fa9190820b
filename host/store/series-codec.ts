/** Columns of numbers and large JSON as compressed bytes, exact to the bit. */
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/** Level 3 is zstd's own; the checksum shows damage that SQLite cannot see. */
const options = {
  params: { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 },
}

/** A column of numbers as they lie in memory (little-endian on every system that Node has), compressed; null becomes NaN. */
export function encodeColumn(values: readonly (number | null)[]): Buffer {
  // Sorting the bytes by significance before would save six hundredths more, and differences less than that.
  return zstdCompressSync(Buffer.from(Float64Array.from(values, (value) => value ?? NaN).buffer), options)
}

/** What `encodeColumn` was given; NaN for null. */
export function decodeColumn(data: Buffer): Float64Array {
  // Copied, since a view needs an offset that is a multiple of eight.
  return new Float64Array(Uint8Array.from(zstdDecompressSync(data)).buffer)
}

/** A plain value as compressed JSON. */
export function encodeJson(value: unknown): Buffer {
  return zstdCompressSync(Buffer.from(JSON.stringify(value)), options)
}

/** The value of `encodeJson`. */
export function decodeJson(data: Buffer): unknown {
  return JSON.parse(zstdDecompressSync(data).toString('utf8'))
}
