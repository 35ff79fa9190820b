// Groups of keys leave a tier the same way whether each key is looked for or everything that is there is looked at.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EvictionStore } from '../../../../sim-core/components/cache/eviction/eviction.ts'
import { evictionPolicies } from '../../../../sim-core/components/cache/eviction/registry.ts'
import type { GroupTier, Spared } from '../../../../sim-core/components/cache/group-removal.ts'
import { GroupRemoval } from '../../../../sim-core/components/cache/group-removal.ts'
import type { KeyGroups } from '../../../../sim-core/components/cache/key-groups.ts'
import { KeyRuns, SingleKeys, TaggedKeys } from '../../../../sim-core/components/cache/key-groups.ts'
import { KeySpace } from '../../../../sim-core/components/cache/key-space.ts'
import { RandomStreams } from '../../../../sim-core/kernel/random.ts'

const ENTRIES = 12

function keySpace(...counts: readonly number[]): KeySpace {
  const sizeBytes = { type: 'constant', value: 1 } as const
  const populations = counts.map((count, index) => ({ id: `p${index}`, count, exponent: 0, sizeBytes }))
  const keys = new KeySpace(populations)
  for (const index of counts.keys()) keys.add(index)
  return keys
}

/** Stores as a tier has them: one of each instance, or those of nodes between which the keys are divided. */
class TestTier implements GroupTier {
  readonly isShared: boolean
  readonly stores: (EvictionStore | undefined)[]
  asked = 0

  constructor(policy: string, isShared: boolean, universe: number) {
    this.isShared = isShared
    const definition = evictionPolicies.find(({ id }) => id === policy)!
    const stream = new RandomStreams(1, 0).stream('test/eviction')
    const store = (): EvictionStore => definition.create({ capacity: { entries: ENTRIES }, universe, stream })
    // An instance that never asked has no store.
    this.stores = [store(), isShared ? store() : undefined, store()]
  }

  put(key: number, instance: number): void {
    this.stores[this.isShared ? key % 3 : 2 * (instance % 2)]!.insert(key, 1, Infinity, 0)
  }

  invalidate(key: number, spared?: Spared): number {
    this.asked += 1
    const parts = this.isShared ? [key % 3] : [...this.stores.keys()]
    return parts.filter((part) => {
      const entry = this.stores[part]?.find(key) ?? -1
      if (entry < 0 || spared?.(part, entry) === true) return false
      this.stores[part]!.remove(entry)
      return true
    }).length
  }

  /** Which key each entry of each store holds, -1 for free ones, and what was evicted. */
  layout(): unknown {
    return this.stores.map((store) => {
      if (store === undefined) return undefined
      const entries = Array.from({ length: store.slots }, (_, entry) => entry)
      return [store.evictions, entries.map((entry) => (store.isResident(entry) ? store.keyOf(entry) : -1))]
    })
  }
}

const families: readonly (readonly [string, (keys: KeySpace) => KeyGroups])[] = [
  ['event', () => new SingleKeys()],
  ['pattern', (keys) => new KeyRuns(keys, 7)],
  ['tag', (keys) => new TaggedKeys(keys, 5)],
]

describe.each(families)('%s', (_kind, create) => {
  const keys = keySpace(30, 25)
  const groups = create(keys)
  groups.start()

  it('tells the members that it visits, in ascending order', () => {
    for (let key = 0; key < keys.universe; key++) {
      const visited: number[] = []
      groups.visit(key, (member) => visited.push(member))
      const isMember = groups.testOf(key)
      const told = Array.from({ length: keys.universe }, (_, other) => other).filter((other) => isMember(other))
      expect(visited).toEqual(told)
      expect(visited).toContain(key)
    }
  })

  it.each(evictionPolicies.map(({ id }) => id))('both ways leave the same behind under %s', (policy) => {
    const key = fc.nat(keys.universe - 1)
    const puts = fc.array(fc.tuple(key, fc.nat(1)), { maxLength: 60 })
    const rounds = fc.array(fc.tuple(puts, key, fc.boolean()), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(fc.boolean(), rounds, (isShared, given) => {
        const removal = new GroupRemoval(groups)
        const [one, other] = [0, 1].map(() => new TestTier(policy, isShared, keys.universe)) as [TestTier, TestTier]
        for (const [putFirst, written, sparesSome] of given) {
          for (const [each, instance] of putFirst) for (const tier of [one, other]) tier.put(each, instance)
          const spared: Spared = sparesSome ? (part) => part === 0 : undefined
          expect(removal.byResidents(written, one, spared)).toBe(removal.byMembers(written, other, spared))
          expect(one.layout()).toEqual(other.layout())
        }
      }),
      { numRuns: 30 },
    )
  })
})

it('looks for the keys of small groups, and walks through the stores for large ones', () => {
  const keys = keySpace(1000)
  for (const [length, asked] of [
    [3, 3],
    [500, 0],
  ] as const) {
    const removal = new GroupRemoval(new KeyRuns(keys, length))
    const tier = new TestTier('lru', true, keys.universe)
    for (let key = 0; key < 3 * ENTRIES; key++) tier.put(key, 0)
    expect(removal.remove(0, tier, undefined)).toBe(Math.min(length, 3 * ENTRIES))
    expect(tier.asked).toBe(asked)
  }
})

it('takes no room for each key where groups are larger than what the stores hold', () => {
  const keys = keySpace(2_000_000_000)
  const groups = new TaggedKeys(keys, 4)
  groups.start()
  const tier = new TestTier('lru', false, keys.universe)
  for (let key = 0; key < 8; key++) tier.put(key * 250_000_000, 0)
  const removal = new GroupRemoval(groups)
  const removed = [0, 1, 2, 3, 4, 5, 6, 7].map((key) => removal.remove(key * 250_000_000, tier, undefined))
  expect(removed.reduce((a, b) => a + b)).toBe(8)
  expect(tier.asked).toBe(0)
})
