// LFU evicts the entry with the fewest accesses, of several the one that has had its count longest.

import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { lfu } from '../../../../../sim-core/components/cache/eviction/lfu.ts'
import { RandomStreams } from '../../../../../sim-core/kernel/random.ts'

it('hits exactly when a list of counts does, removals included', () => {
  const step = fc.record({ key: fc.nat(30), remove: fc.boolean() })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.array(step, { maxLength: 300 }), (capacity, steps) => {
      const stream = new RandomStreams(1, 0).stream('test/eviction')
      const store = lfu.create({ capacity: { entries: capacity }, universe: 31, stream })
      const model = new Map<number, { count: number; since: number }>()
      for (const [index, { key, remove }] of steps.entries()) {
        const entry = store.find(key)
        const known = model.get(key)
        expect(entry >= 0).toBe(known !== undefined)
        if (remove) {
          if (entry >= 0) store.remove(entry)
          model.delete(key)
        } else if (known === undefined) {
          store.insert(key, 1, Infinity, 0)
          if (model.size === capacity) {
            const [victim] = [...model].sort(([, a], [, b]) => a.count - b.count || a.since - b.since)
            model.delete(victim![0])
          }
          model.set(key, { count: 1, since: index })
        } else {
          store.touch(entry, 0)
          model.set(key, { count: known.count + 1, since: index })
        }
      }
    }),
  )
})
