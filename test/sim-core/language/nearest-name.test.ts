// The name somebody most likely meant.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { editDistance, hintForName, nearestName } from '../../../sim-core/language/nearest-name.ts'

test.each([
  ['timeout', 'timeout', 0],
  ['tiemout', 'timeout', 1],
  ['timout', 'timeout', 1],
  ['kitten', 'sitting', 3],
  ['', 'abc', 3],
])('%s and %s are %d edits apart', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance)
})

test('the distance is symmetric, zero only for equals, and bounded by the longer word', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
      const distance = editDistance(a, b)
      expect(distance).toBe(editDistance(b, a))
      expect(distance === 0).toBe(a === b)
      expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length))
    }),
  )
})

test('case and dashes do not count', () => {
  expect(nearestName('Least-Connections', ['round_robin', 'least_connections'])).toBe('least_connections')
})

test('nothing is suggested when nothing is near', () => {
  expect(nearestName('banana', ['round_robin', 'least_connections'])).toBeUndefined()
  expect(hintForName('banana', ['a_long_name', 'another'], 'none')).toBe('use one of a_long_name, another')
  expect(hintForName('banana', [], 'there are none')).toBe('there are none')
})

test('a hint lists no more than a reader can use', () => {
  const many = Array.from({ length: 30 }, (_, index) => `candidate_number_${index}`)
  expect(hintForName('x', many, '')).toContain('and 18 more')
})
