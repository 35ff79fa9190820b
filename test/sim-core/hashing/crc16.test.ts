// Redis slots: the check value of the specification and the hash-tag rule.

import { describe, expect, it } from 'vitest'
import { crc16, redisSlot } from '../../../sim-core/hashing/crc16.ts'
import { encodeUtf8 } from '../../../sim-core/hashing/utf8.ts'

function slotOf(key: string): number {
  return redisSlot(encodeUtf8(key))
}

it('crc16 of "123456789" is 0x31c3, as the Redis Cluster specification prints', () => {
  expect(crc16(encodeUtf8('123456789'))).toBe(0x31c3)
})

describe('hash tags', () => {
  it.each([
    ['{user1000}.following', 'user1000'],
    ['foo{bar}{zap}', 'bar'],
    ['foo{{bar}}zap', '{bar'],
    ['a}b{c}', 'c'],
  ])('%s is hashed as %s', (key, tag) => {
    expect(slotOf(key)).toBe(crc16(encodeUtf8(tag)) % 16_384)
  })

  it.each(['foo{}{bar}', '{', '}', '{}', 'a{b', '}{'])('%s is hashed whole', (key) => {
    expect(slotOf(key)).toBe(crc16(encodeUtf8(key)) % 16_384)
  })
})
