// The event queue pops in (time, priority, sequence) order whatever the mix of times, and keeps the clock.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EventQueue, NO_EVENT } from '../../../sim-core/kernel/event-queue.ts'

interface Pending {
  readonly timeNs: number
  readonly priority: number
  readonly sequence: number
}

function before(a: Pending, b: Pending): number {
  return a.timeNs - b.timeNs || a.priority - b.priority || a.sequence - b.sequence
}

/** Runs pushes and pops against a sorted list. Each step is [pops before, delay, priority]. */
function agreesWithSortedList(steps: readonly (readonly [number, number, number])[]): void {
  const queue = new EventQueue()
  const model: Pending[] = []
  let nowNs = 0
  const popBoth = (): void => {
    model.sort(before)
    const expected = model.shift()
    const peek = queue.peekNs()
    const payload = queue.pop()
    expect(payload).toBe(expected?.sequence ?? NO_EVENT)
    if (expected === undefined) return
    expect(peek).toBe(expected.timeNs)
    expect(queue.clock[0]).toBe(expected.timeNs)
    nowNs = expected.timeNs
  }
  for (const [sequence, [pops, delayNs, priority]] of steps.entries()) {
    for (let i = 0; i < pops; i++) popBoth()
    queue.push(nowNs + delayNs, priority, sequence)
    model.push({ timeNs: nowNs + delayNs, priority, sequence })
    expect(queue.length).toBe(model.length)
  }
  while (model.length > 0) popBoth()
  expect(queue.pop()).toBe(NO_EVENT)
}

const priority = fc.integer({ min: 0, max: 3 })

describe('event queue', () => {
  it('agrees with a sorted list for mixed delays', () => {
    const delay = fc.oneof(
      fc.integer({ min: 0, max: 10 }),
      fc.integer({ min: 0, max: 1e6 }),
      fc.integer({ min: 0, max: 2 ** 50 }),
    )
    const step = fc.tuple(fc.integer({ min: 0, max: 2 }), delay, priority)
    fc.assert(fc.property(fc.array(step, { maxLength: 600 }), agreesWithSortedList), { numRuns: 150 })
  })

  it('agrees with a sorted list when most events pile up at few instants', () => {
    const step = fc.tuple(fc.integer({ min: 0, max: 1 }), fc.constantFrom(0, 0, 0, 1000, 1000, 5e9), priority)
    fc.assert(fc.property(fc.array(step, { minLength: 200, maxLength: 1200 }), agreesWithSortedList), { numRuns: 40 })
  })

  it('keeps first in, first out among 20,000 events of one instant', () => {
    const queue = new EventQueue()
    for (let i = 0; i < 20_000; i++) queue.push(7, 1, i)
    for (let i = 0; i < 20_000; i++) expect(queue.pop()).toBe(i)
  })

  it('returns to the plain heap after a burst and stays in order', () => {
    const queue = new EventQueue()
    for (let round = 0; round < 5; round++) {
      for (let i = 0; i < 500; i++) queue.push(queue.clock[0]! + ((i * 7919) % 500) * 3, 1, i)
      let lastNs = -1
      for (let i = 0; i < 500; i++) {
        queue.pop()
        expect(queue.clock[0]).toBeGreaterThanOrEqual(lastNs)
        lastNs = queue.clock[0]!
      }
    }
    expect(queue.length).toBe(0)
  })
})
