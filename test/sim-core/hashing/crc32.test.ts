// Hashing an integer's decimal text without making the text gives what hashing the text gives.

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crc32, crc32OfDecimal } from '../../../sim-core/hashing/crc32.ts'
import { redisSlot, redisSlotOfDecimal } from '../../../sim-core/hashing/crc16.ts'
import { encodeUtf8 } from '../../../sim-core/hashing/utf8.ts'

const EDGES = [0, 9, 10, 99, 100, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 9_999_999_999, Number.MAX_SAFE_INTEGER]

describe.each([
  ['crc32OfDecimal', crc32OfDecimal, crc32],
  ['redisSlotOfDecimal', redisSlotOfDecimal, redisSlot],
] as const)('%s', (_name, ofDecimal, ofBytes) => {
  it('equals the hash of the text', () => {
    for (const id of EDGES) expect(ofDecimal(id)).toBe(ofBytes(encodeUtf8(String(id))))
    fc.assert(
      fc.property(fc.maxSafeNat(), (id) => {
        expect(ofDecimal(id)).toBe(ofBytes(encodeUtf8(String(id))))
      }),
    )
  })

  it.each([-1, 1.5, 2 ** 53])('refuses %d', (id) => {
    expect(() => ofDecimal(id)).toThrow('non-negative safe integers')
  })
})
