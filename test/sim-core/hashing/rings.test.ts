// Rings and tables find what a plain search would find, and change no more than they must.
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { envoyRing } from '../../../sim-core/hashing/envoy-ring.ts'
import { HashRing } from '../../../sim-core/hashing/hash-ring.ts'
import { HashRing64 } from '../../../sim-core/hashing/hash-ring-64.ts'
import { haproxyRing, nearestOwner } from '../../../sim-core/hashing/haproxy-ring.ts'
import { jumpHash } from '../../../sim-core/hashing/jump.ts'
import { maglevTable } from '../../../sim-core/hashing/maglev.ts'
import { murmur2 } from '../../../sim-core/hashing/murmur2.ts'
import { nginxKetamaRing } from '../../../sim-core/hashing/nginx-ketama.ts'
import { encodeUtf8 } from '../../../sim-core/hashing/utf8.ts'

const word = fc.integer({ min: 0, max: 0xffff_ffff })
const points = fc.array(fc.record({ hash: word, owner: fc.nat(4) }), { minLength: 1, maxLength: 40 })

test('a ring finds the first point at or after a hash, wrapping around', () => {
  fc.assert(
    fc.property(points, word, (given, hash) => {
      const ring = HashRing.of(
        given.map((point) => point.hash),
        given.map((point) => point.owner),
      )
      const sorted = given.toSorted((a, b) => a.hash - b.hash)
      const expected = sorted.find((point) => point.hash >= hash) ?? sorted[0]!
      expect(ring.ownerOf(hash)).toBe(given.find((point) => point.hash === expected.hash)!.owner)
    }),
  )
})

test('a ring of 64 bits does the same', () => {
  const wide = fc.array(fc.record({ hash: fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), owner: fc.nat(4) }), {
    minLength: 1,
    maxLength: 40,
  })
  fc.assert(
    fc.property(wide, fc.nat(60), word, word, (given, place, high, low) => {
      // Half of the lookups are for a point itself.
      const hash = given[place]?.hash ?? (BigInt(high) << 32n) + BigInt(low)
      const ring = new HashRing64(
        given.map((point) => point.hash),
        given.map((point) => point.owner),
      )
      const sorted = given.toSorted((a, b) => Number(a.hash > b.hash) - Number(a.hash < b.hash))
      const expected = sorted.find((point) => point.hash >= hash) ?? sorted[0]!
      const got = ring.ownerOf(Number(hash >> 32n), Number(BigInt.asUintN(32, hash)))
      expect(got).toBe(given.find((point) => point.hash === expected.hash)!.owner)
    }),
  )
})

test('what is left of a ring is the ring of those that are left', () => {
  const members = ['a:1', 'b:2', 'c:3', 'd:4'].map((address, member) => ({ member, address, weight: 1 + member }))
  const marks = Uint8Array.from([1, 0, 1, 0])
  const restricted = nginxKetamaRing(members).restrictedTo(marks)
  const fresh = nginxKetamaRing(members.filter(({ member }) => marks[member] === 1))
  expect(restricted).toEqual(fresh)
})

test("HAProxy's ring goes to the nearer of the two points around a hash", () => {
  const ring = HashRing.of([100, 200, 0xffff_fff0], [1, 2, 3])
  expect([149, 150, 151, 200].map((hash) => nearestOwner(ring, hash))).toEqual([1, 1, 2, 2])
  // Around the wrap: 40 after 0xfffffff0 is 24, which is 76 before 100.
  expect([24, 40, 80, 0xffff_ffff].map((hash) => nearestOwner(ring, hash))).toEqual([3, 3, 1, 3])
  expect(haproxyRing([{ member: 0, id: 1, weight: 2 }]).length).toBe(32)
})

test("Envoy's ring gives the lightest host whole points and is bounded", () => {
  const host = (member: number, weight: number) => ({ member, key: `10.0.0.${member}:80`, weight })
  expect(envoyRing([host(0, 1), host(1, 3)], 64, 1_000).length).toBe(64)
  expect(envoyRing([host(0, 1), host(1, 1), host(2, 1)], 64, 1_000).length).toBe(66)
  expect(envoyRing([host(0, 1), host(1, 999)], 64, 100).length).toBe(100)
})

test('a Maglev table is full, in proportion to weights, and changes little when a host goes', () => {
  const hosts = Array.from({ length: 10 }, (_, member) => ({
    member,
    key: `host${member}:80`,
    weight: member < 5 ? 1 : 2,
  }))
  const table = maglevTable(hosts, 1_009)
  const counts = hosts.map(({ member }) => table.filter((owner) => owner === member).length)
  for (const [member, count] of counts.entries()) {
    expect(Math.abs(count - (1_009 * hosts[member]!.weight) / 15)).toBeLessThanOrEqual(2)
  }
  const without = maglevTable(hosts.slice(1), 1_009)
  const moved = table.filter((owner, slot) => owner !== 0 && owner !== without[slot]).length
  expect(moved).toBeLessThan(150)
  expect(maglevTable([], 5)).toEqual(Int32Array.from([-1, -1, -1, -1, -1]))
})

/** Values printed with the algorithms: the paper's own tests by way of its implementations, and Kafka's UtilsTest. */
test('published values', () => {
  expect([jumpHash(1n, 1), jumpHash(42n, 57), jumpHash(0xdead_10ccn, 666), jumpHash(256n, 1024)]).toEqual([
    0, 43, 361, 520,
  ])
  expect(['21', 'foobar', 'a-little-bit-long-string'].map((text) => murmur2(encodeUtf8(text)))).toEqual([
    -973932308, -790332482, -985981536,
  ])
})

test('jump hashing moves keys to the new bucket only', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), fc.integer({ min: 1, max: 500 }), (key, buckets) => {
      const after = jumpHash(key, buckets + 1)
      expect([jumpHash(key, buckets), buckets]).toContain(after)
    }),
  )
})
