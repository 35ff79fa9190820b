// The finaliser of MurmurHash3: published values, and that no two words become one.
import { expect, it } from 'vitest'
import { fmix32 } from '../../../sim-core/kernel/fmix32.ts'

it('gives what the source gives', () => {
  // MurmurHash3_x86_32 of the empty text is fmix32(seed).
  expect([0, 1, 0xffff_ffff].map((seed) => fmix32(seed) >>> 0)).toEqual([0, 0x514e_28b7, 0x81f1_6f39])
})

it('maps different words to different ones', () => {
  const found = new Set<number>()
  for (let word = 0; word < 200_000; word++) found.add(fmix32(Math.imul(word, 21_473)))
  expect(found.size).toBe(200_000)
})
