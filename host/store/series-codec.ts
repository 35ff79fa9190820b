/** Columns of numbers and large JSON as compressed bytes, exact to the bit. */
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

const BYTES_PER_NUMBER = 8

/** Level 3 is zstd's own; the checksum shows damage that SQLite cannot see. */
const options = {
  params: { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 },
}

/**
 * A column, compressed. Before that, its bytes are sorted by significance: all first bytes, then all second bytes. Neighbours
 * in time share sign, exponent and leading digits, which so become long repetitions.
 */
export function encodeColumn(values: readonly (number | null)[] | Float64Array): Buffer {
  const column = Float64Array.from(values as readonly number[], (value: number | null) => value ?? NaN)
  return zstdCompressSync(transposed(bytesOf(column), column.length, BYTES_PER_NUMBER), options)
}

/** What `encodeColumn` was given; NaN for null. */
export function decodeColumn(data: Buffer): Float64Array {
  const bytes = zstdDecompressSync(data)
  const count = bytes.length / BYTES_PER_NUMBER
  return new Float64Array(transposed(bytes, BYTES_PER_NUMBER, count).buffer)
}

/** A plain value as compressed JSON. */
export function encodeJson(value: unknown): Buffer {
  return zstdCompressSync(Buffer.from(JSON.stringify(value)), options)
}

/** The value of `encodeJson`. */
export function decodeJson(data: Buffer): unknown {
  return JSON.parse(zstdDecompressSync(data).toString('utf8'))
}

function bytesOf(column: Float64Array): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength)
}

/** A matrix of bytes, turned: `rows` rows of `columns` bytes each. */
function transposed(bytes: Uint8Array, rows: number, columns: number): Uint8Array<ArrayBuffer> {
  const turned = new Uint8Array(bytes.length)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) turned[column * rows + row] = bytes[row * columns + column]!
  }
  return turned
}
