// The packed list of eligible targets behaves like a sorted set.

import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { EligibleTargets } from '../../../../../sim-core/components/service/balancing/eligible-targets.ts'

const TARGETS = 10

it('is a sorted set', () => {
  const step = fc.record({ target: fc.nat(TARGETS - 1), eligible: fc.boolean() })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const targets = new EligibleTargets(TARGETS)
      const model = new Set<number>()
      for (const { target, eligible } of steps) {
        expect(targets.set(target, eligible)).toBe(model.has(target) !== eligible)
        if (eligible) model.add(target)
        else model.delete(target)
        const sorted = [...model].toSorted((a, b) => a - b)
        expect([...targets.members.subarray(0, targets.count)]).toEqual(sorted)
        expect(targets.positionFrom(target)).toBe(sorted.filter((each) => each < target).length)
      }
    }),
  )
})

it('refuses targets that do not exist', () => {
  expect(() => new EligibleTargets(0)).toThrow('at least one target')
  expect(() => new EligibleTargets(3).set(3, true)).toThrow('below the number of targets')
})
