// Text to bytes: UTF-8 without the platform's encoder, which the simulator does not have.

/** What stands for half of a surrogate pair: U+FFFD, as in the Encoding Standard. */
const REPLACEMENT = 0xfffd

/**
 * The UTF-8 bytes of a text; a lone surrogate becomes U+FFFD.
 *
 * Source: F. Yergeau, "UTF-8, a transformation format of ISO 10646", RFC 3629, 2003, section 3.
 * Differs from the source: lone surrogates are replaced instead of refused.
 */
export function encodeUtf8(text: string): Uint8Array {
  // A UTF-16 code unit takes at most three bytes; a pair of them takes four.
  const bytes = new Uint8Array(3 * text.length)
  let length = 0
  for (const character of text) {
    const scalar = character.codePointAt(0)!
    const code = scalar >= 0xd800 && scalar <= 0xdfff ? REPLACEMENT : scalar
    if (code < 0x80) {
      bytes[length++] = code
      continue
    }
    if (code < 0x800) bytes[length++] = 0xc0 | (code >>> 6)
    else {
      if (code < 0x1_0000) bytes[length++] = 0xe0 | (code >>> 12)
      else {
        bytes[length++] = 0xf0 | (code >>> 18)
        bytes[length++] = 0x80 | ((code >>> 12) & 0x3f)
      }
      bytes[length++] = 0x80 | ((code >>> 6) & 0x3f)
    }
    bytes[length++] = 0x80 | (code & 0x3f)
  }
  return bytes.slice(0, length)
}
