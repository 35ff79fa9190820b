// What a digest is to the catalogue, and how digests are written.

/** One hash function of byte strings. */
export interface DigestDefinition {
  readonly id: string
  readonly label: string
  /** Authors, title, year, section. */
  readonly source: string
  /** The digest as lower-case hexadecimal digits, most significant first. */
  hex(bytes: Uint8Array): string
}

/** Eight hexadecimal digits of an unsigned 32-bit word. */
export function hexOfWord32(word: number): string {
  return word.toString(16).padStart(8, '0')
}

/** Sixteen hexadecimal digits of an unsigned 64-bit word. */
export function hexOfWord64(word: bigint): string {
  return word.toString(16).padStart(16, '0')
}
