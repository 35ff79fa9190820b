// Queues of entries keep their order, whoever leaves early and comes back.

import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { EntryQueue } from '../../../../../sim-core/components/cache/eviction/entry-queue.ts'

const ENTRIES = 12

const action = fc.record({
  what: fc.constantFrom('add', 'add', 'delete', 'take', 'renew', 'clear'),
  entry: fc.nat(ENTRIES - 1),
})

it('is a list in which the oldest stands first', () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 2_000, minLength: 600 }), (actions) => {
      const queue = new EntryQueue()
      queue.grow(ENTRIES)
      const list: number[] = []
      for (const { what, entry } of actions) {
        if (what === 'add' && !list.includes(entry)) {
          queue.add(entry)
          list.push(entry)
        } else if (what === 'delete' && list.includes(entry)) {
          queue.delete(entry)
          list.splice(list.indexOf(entry), 1)
        } else if (what === 'take' && list.length > 0) {
          queue.takeOldest()
          list.shift()
        } else if (what === 'renew' && list.length > 0) {
          queue.renewOldest()
          list.push(list.shift()!)
        } else if (what === 'clear' && entry === 0) {
          queue.clear()
          list.length = 0
        }
        expect(queue.oldest()).toBe(list[0] ?? -1)
      }
    }),
    { numRuns: 30 },
  )
})

it('grows with its members, and drops the places of those that left', () => {
  const queue = new EntryQueue()
  queue.grow(5_000)
  for (let entry = 0; entry < 5_000; entry++) queue.add(entry)
  for (let entry = 0; entry < 5_000; entry++) if (entry % 3 > 0) queue.delete(entry)
  for (let round = 0; round < 20_000; round++) {
    queue.add(1)
    queue.delete(1)
  }
  for (let entry = 0; entry < 5_000; entry += 3) {
    expect(queue.oldest()).toBe(entry)
    queue.takeOldest()
  }
  expect(queue.oldest()).toBe(-1)
})

it('knows nothing of entries made room for after one has left', () => {
  const queue = new EntryQueue()
  queue.grow(2)
  queue.add(0)
  queue.add(1)
  queue.delete(1)
  queue.grow(4)
  queue.add(3)
  queue.takeOldest()
  expect(queue.oldest()).toBe(3)
})
