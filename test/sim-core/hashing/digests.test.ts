// Every digest agrees with an independent implementation at the lengths where its algorithm changes course.

import { createHash } from 'node:crypto'
import { crc32 as zlibCrc32 } from 'node:zlib'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crc32 } from '../../../sim-core/hashing/crc32.ts'
import { digests } from '../../../sim-core/hashing/registry.ts'
import { encodeUtf8 } from '../../../sim-core/hashing/utf8.ts'

/** The digest of that id, applied. */
function hexOf(id: string, bytes: Uint8Array): string {
  const definition = digests.find((each) => each.id === id)
  if (definition === undefined) throw new Error(`no digest ${id}`)
  return definition.hex(bytes)
}

/** Byte i is (131 i + 7) mod 256. */
function sampleBytes(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (131 * index + 7) & 255)
}

/** Length of the sample; xxh32, xxh64 and xxh3 by the xxhash library 0.8.3, murmur3a and murmur3f by mmh3 5.3.0. */
const REFERENCE: readonly (readonly [number, string, string, string, string, string])[] = [
  [0, '02cc5d05', 'ef46db3751d8e999', '2d06800538d394c2', '00000000', '00000000000000000000000000000000'],
  [1, '002e0d32', 'a96c7f0ce858bbb7', '4c5cca45d0f4811f', '6882f382', 'c427909d8972bd175c15702a45b199dd'],
  [3, '7d92e8db', 'bed43740ee6332bb', '6e3e2670e61106ac', '64953856', '4d7c37164fa8b60fba01510270323c87'],
  [4, 'f189ec97', 'fa212ae44b3bb23d', '5c4c63133443d03f', '66cfd3f1', 'fd2534791d5c61161852060753f5b484'],
  [8, 'c78aa5cd', '994b676b71ce94dd', 'f9fd4dd0b04d78f5', '6b5d129f', '370e7eb5461d75c11083e0b6d433e8a9'],
  [9, '0d33d200', '572b84c18b983af8', '7c20df9712c26edf', '1f73414c', 'a4c315321c7169ab4ba1acb0f3efcfd4'],
  [16, '64287c90', '94ad0095e72b24d5', '86abf6baccea0858', '59caadcb', 'a323622ab3f03159874d22b863f2dad9'],
  [17, '1c63fdc5', '1464f2eff23b5fe1', 'b58bf5dc5022d071', '83ba57ec', '805d47705da21561c7f0fba9610e725b'],
  [31, '2ab3eb71', '6711d55e306b5d8f', '48442fcd5518b086', 'e54a3441', '41490b6acb87b232c6140fce75b1c563'],
  [32, '1e1bff83', '07f7b8e3bc5d6e25', 'e3712ed84c04a66e', '1b3af857', '4695d67cced3bf334ad0dc3d0865398a'],
  [63, 'ff8fdebd', 'b7c9968c066cb6a5', '30ca01f63dcc223b', 'c084cf27', 'a8024695fc201835834ec7314ffdd2ef'],
  [128, 'e7f121da', '0430e433b792e757', '10d17f72c0ccba41', '5159f26d', '3c53d8651ab2b087e1bfc1b0a440a7b1'],
  [129, '96bbfd0d', '1f9708e5a00618fa', '1648bdc3db49d1a2', '5c022808', 'aec590768247e413f7ea244d99c7893a'],
  [240, '640e7dfd', 'ca0b65cc61295ca7', 'b6cfaf343fab81e6', '8a82056e', '00235c90e55baa7d4fa67735a53f6bac'],
  [241, '8888b3f2', '0ffefe0dfc875cf4', '956cae592c67279e', 'd0104722', '018281a97136c05d4b20f34e34f691a3'],
  [1024, 'd383ffc6', '5960af0c625acfb7', '70bd377d9574f4bb', '57f2b057', '65d4d52cb19e452676e8a3818ad24b0c'],
  [1025, '4a631e73', 'dbd366621190a655', '66c4487c41e127a7', '9ad8f044', '1161253a699047e10c4af07e2ea88be6'],
  [2048, '67625b21', 'afd8cdfc2fae9426', '8b46caa67dab3a30', '7bfb88f4', '75ee014df2ebd7d973bca441d59c8e54'],
  [2500, '4d0876cb', '1f636223f3d29fab', 'a78050676812b02c', '0f173e00', 'a66bf606d03cefc390e8fbb53a73611a'],
]

describe.each(REFERENCE)('%d bytes', (length, xxh32, xxh64, xxh3, murmur3a, murmur3f) => {
  it.each([
    ['xxh32', xxh32],
    ['xxh64', xxh64],
    ['xxh3', xxh3],
    ['murmur3a', murmur3a],
    ['murmur3f', murmur3f],
  ])('%s', (id, hex) => {
    expect(hexOf(id, sampleBytes(length))).toBe(hex)
  })
})

/** Check values printed in the sources: RFC 1952 and 7143 (of "123456789"), RFC 1950's usual example, the FNV draft. */
it.each([
  ['crc32', '123456789', 'cbf43926'],
  ['crc32c', '123456789', 'e3069283'],
  ['adler32', 'Wikipedia', '11e60398'],
  ['fnv1a32', 'foobar', 'bf9cf968'],
  ['fnv1a64', 'foobar', '85944171f73967e8'],
  ['md5', 'message digest', 'f96b697d7cb7938d525a2f31aaf161d0'],
])('%s of %s', (id, text, hex) => {
  expect(hexOf(id, encodeUtf8(text))).toBe(hex)
})

it('crc32 and md5 agree with the platform on any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(crc32(bytes)).toBe(zlibCrc32(bytes))
      expect(hexOf('md5', bytes)).toBe(createHash('md5').update(bytes).digest('hex'))
    }),
  )
})

it('reads a part of a larger buffer as such', () => {
  const whole = sampleBytes(600)
  for (const { id } of digests) expect(hexOf(id, whole.subarray(3, 300))).toBe(hexOf(id, whole.slice(3, 300)))
})

it('every digest has an id of its own, a source, and digits of a fixed number', () => {
  expect(new Set(digests.map(({ id }) => id)).size).toBe(digests.length)
  for (const definition of digests) {
    expect(definition.source).not.toBe('')
    const digits = definition.hex(encodeUtf8('a')).length
    for (let length = 0; length < 40; length++) {
      expect(definition.hex(sampleBytes(length))).toMatch(new RegExp(`^[0-9a-f]{${digits}}$`))
    }
  }
})
