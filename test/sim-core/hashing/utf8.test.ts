// The encoder agrees with the platform's, lone surrogates included.

import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { encodeUtf8 } from '../../../sim-core/hashing/utf8.ts'

it('agrees with TextEncoder on any string of UTF-16 code units', () => {
  const encoder = new TextEncoder()
  const unit = fc.oneof(fc.nat(0xffff), fc.integer({ min: 0xd7fe, max: 0xe001 }), fc.nat(0x900))
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 40 }), (units) => {
      const text = String.fromCharCode(...units)
      expect([...encodeUtf8(text)]).toEqual([...encoder.encode(text)])
    }),
  )
  expect([...encodeUtf8('é日🙂')]).toEqual([...encoder.encode('é日🙂')])
})
