// The target heap always names the smallest member by (key, tie, number), whatever was moved or removed.

import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { TargetHeap } from '../../../../../sim-core/components/service/balancing/target-heap.ts'

const TARGETS = 12

const step = fc.record({
  kind: fc.constantFrom('add', 'delete', 'set'),
  target: fc.nat(TARGETS - 1),
  key: fc.nat(3),
  tie: fc.nat(2),
})

it('agrees with sorting', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      const heap = new TargetHeap(TARGETS)
      const members = new Set<number>()
      const order = Array.from({ length: TARGETS }, () => [0, 0] as [number, number])
      for (const { kind, target, key, tie } of steps) {
        if (kind === 'add') {
          heap.add(target)
          members.add(target)
        } else if (kind === 'delete') {
          heap.delete(target)
          members.delete(target)
        } else {
          heap.setKey(target, key, tie)
          order[target] = [key, tie]
        }
        const sorted = [...members].toSorted(
          (a, b) => order[a]![0] - order[b]![0] || order[a]![1] - order[b]![1] || a - b,
        )
        expect(heap.first()).toBe(sorted[0] ?? -1)
        expect([heap.key(target), heap.tie(target)]).toEqual(order[target])
      }
    }),
  )
})
