// The optimum hits as often as the best of all ways to evict.

import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { createOpt } from '../../../../../sim-core/components/cache/eviction/opt.ts'
import { TraceCache } from '../../../../../sim-core/components/cache/eviction/trace-cache.ts'
import { RandomStreams } from '../../../../../sim-core/kernel/random.ts'

const stream = new RandomStreams(1, 0).stream('test/eviction')

/** Most hits of a trace from a position on, trying every victim. */
function mostHits(trace: readonly number[], from: number, resident: readonly number[], capacity: number): number {
  if (from === trace.length) return 0
  const key = trace[from]!
  if (resident.includes(key)) return 1 + mostHits(trace, from + 1, resident, capacity)
  if (resident.length < capacity) return mostHits(trace, from + 1, [...resident, key], capacity)
  const choices = resident.map((victim) => [...resident.filter((each) => each !== victim), key])
  return Math.max(...choices.map((choice) => mostHits(trace, from + 1, choice, capacity)))
}

it('hits as often as the best of all choices of victims', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3 }), fc.array(fc.nat(4), { maxLength: 11 }), (capacity, trace) => {
      const cache = new TraceCache(createOpt(trace), { capacity, universe: 5, stream })
      expect(cache.replay(Int32Array.from(trace), 0, trace.length)).toBe(mostHits(trace, 0, [], capacity))
    }),
  )
})

it('is made for one trace and refuses to go on after it', () => {
  const cache = new TraceCache(createOpt([1, 2]), { capacity: 1, universe: 3, stream })
  cache.access(1, 0)
  cache.access(2, 0)
  expect(() => cache.access(1, 0)).toThrow('the trace that it was made for')
})
