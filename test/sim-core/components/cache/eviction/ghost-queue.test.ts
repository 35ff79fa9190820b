// The memory of evicted keys does what a plain list would, holes and growth included.

import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { GhostQueue } from '../../../../../sim-core/components/cache/eviction/ghost-queue.ts'

const step = fc.record({ key: fc.nat(2000), weight: fc.integer({ min: 1, max: 3 }), forget: fc.boolean() })

it.each([false, true])('remembers the same keys as a list, oldest forgotten first (every key indexed: %s)', (all) => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 900 }), fc.array(step, { maxLength: 2000 }), (capacity, steps) => {
      const ghosts = new GhostQueue({ universe: 2001, indexesEveryKey: all }, capacity)
      let model: { key: number; weight: number }[] = []
      for (const { key, weight, forget } of steps) {
        const known = model.some((each) => each.key === key)
        expect(ghosts.find(key) >= 0).toBe(known)
        const isTaken = (known || forget) && ghosts.take(key)
        expect(isTaken).toBe(known)
        if (known || forget) {
          model = model.filter((each) => each.key !== key)
          continue
        }
        ghosts.remember(key, weight, key + 0.5)
        if (weight <= capacity) model.push({ key, weight })
        while (model.reduce((sum, each) => sum + each.weight, 0) > capacity) model.shift()
        expect(ghosts.find(key) < 0 || ghosts.noteOf(ghosts.find(key)) === key + 0.5).toBe(true)
        expect(ghosts.weight).toBe(model.reduce((sum, each) => sum + each.weight, 0))
      }
    }),
    { numRuns: 20 },
  )
})
