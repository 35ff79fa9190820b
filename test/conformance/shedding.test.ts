// What every adaptive limit and every queue shedder must hold: bounds, the same again, less under trouble, recovery.

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CONCURRENCY_DEFAULTS, concurrencyParameters } from '../../sim-core/kernel/shedding/concurrency-limit.ts'
import type { ConcurrencyLimit } from '../../sim-core/kernel/shedding/concurrency-limit.ts'
import { concurrencyLimits } from '../../sim-core/kernel/shedding/concurrency-registry.ts'
import { QUEUE_SHEDDER_DEFAULTS, queueShedderParameters } from '../../sim-core/kernel/shedding/queue-shedder.ts'
import { createQueueShedder, queueShedders } from '../../sim-core/kernel/shedding/queue-shedder-registry.ts'
import { NS_PER_MS, NS_PER_SECOND } from '../../sim-core/kernel/time.ts'

it('everything has an id of its own, and says what it does, where it is from and what it reads', () => {
  for (const list of [concurrencyLimits, queueShedders]) {
    expect(new Set(list.map(({ id }) => id)).size).toBe(list.length)
    for (const { id, label, help, source } of list) {
      expect(id).toMatch(/^[a-z][a-z0-9_]*$/)
      for (const text of [label, help, source]) expect(text).not.toBe('')
    }
  }
  for (const { parameters } of concurrencyLimits) {
    for (const parameter of parameters) expect(concurrencyParameters[parameter]).toBeDefined()
  }
  for (const { parameters } of queueShedders) {
    for (const parameter of parameters) expect(queueShedderParameters[parameter]).toBeDefined()
  }
})

const samples = fc.array(
  fc.record({
    gapMs: fc.constantFrom(0, 1, 20, 500),
    durationMs: fc.integer({ min: 0, max: 20_000 }),
    underWay: fc.integer({ min: 1, max: 400 }),
    dropped: fc.boolean(),
  }),
  { maxLength: 400 },
)

describe.each(concurrencyLimits.map((definition) => [definition.id, definition] as const))('%s', (_id, definition) => {
  const create = (given: object = {}): ConcurrencyLimit =>
    definition.create({ ...CONCURRENCY_DEFAULTS, ...definition.defaults, min: 5, max: 100, ...given })

  it('stays a whole number between its bounds, and does the same again', () => {
    fc.assert(
      fc.property(samples, (history) => {
        const [one, other] = [create(), create()]
        let nowNs = 0
        for (const { gapMs, durationMs, underWay, dropped } of history) {
          nowNs += gapMs * NS_PER_MS
          for (const limit of [one, other]) limit.onEnd(nowNs, durationMs * NS_PER_MS, underWay, dropped)
          expect(Number.isInteger(one.limit)).toBe(true)
          expect(one.limit).toBeGreaterThanOrEqual(5)
          expect(one.limit).toBeLessThanOrEqual(100)
          expect(one.limit).toBe(other.limit)
        }
      }),
    )
  })

  it('grows while it is used and nothing slows down, falls when requests take longer, and grows again', () => {
    const limit = create({ slowNs: 50 * NS_PER_MS, memory: 10_000, probeNs: 3600 * NS_PER_SECOND })
    let nowNs = 0
    const feed = (durationMs: number, requests: number): number => {
      for (let i = 0; i < requests; i++) {
        nowNs += NS_PER_MS
        limit.onEnd(nowNs, durationMs * NS_PER_MS, limit.limit, false)
      }
      return limit.limit
    }
    const grown = feed(10, 2000)
    expect(grown).toBeGreaterThan(20)
    const fallen = feed(200, 1000)
    expect(fallen).toBeLessThan(grown)
    expect(feed(10, 4000)).toBeGreaterThan(fallen)
  })
})

describe.each(queueShedders.map(({ id }) => id))('%s', (kind) => {
  const create = () => createQueueShedder({ kind, parameters: QUEUE_SHEDDER_DEFAULTS })

  it('drops nobody who waited no longer than the target, nor the last in line', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 200 }), fc.boolean())),
        (history) => {
          const manager = create()
          let nowNs = 0
          for (const [gapMs, waitedMs, isLast] of history) {
            nowNs += gapMs * NS_PER_MS
            const drops = manager.drops(nowNs, waitedMs * NS_PER_MS, isLast, true)
            expect(drops && (waitedMs < 5 || isLast)).toBe(false)
          }
        },
      ),
    )
  })

  it('drops more and more often while waits stay too long, and none once they are short', () => {
    const manager = create()
    const dropsIn = (fromMs: number, waitedMs: number): number => {
      let drops = 0
      for (let ms = fromMs; ms < fromMs + 1000; ms++) {
        for (let isFirst = true; manager.drops(ms * NS_PER_MS, waitedMs * NS_PER_MS, false, isFirst); isFirst = false)
          drops++
      }
      return drops
    }
    const first = dropsIn(0, 50)
    const second = dropsIn(1000, 50)
    expect(first).toBeGreaterThan(5)
    expect(second).toBeGreaterThan(first)
    expect(dropsIn(2000, 1)).toBe(0)
  })
})
