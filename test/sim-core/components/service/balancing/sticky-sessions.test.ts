// Cookies: who has one, for how long, and what becomes of it when the target goes.
import { expect, test } from 'vitest'
import { StickySessions } from '../../../../../sim-core/components/service/balancing/sticky-sessions.ts'

test('a cookie lasts for its duration from when it was set, whether it is used or not', () => {
  const clock = new Float64Array([100])
  const sessions = new StickySessions(3, 50)
  expect(sessions.targetOf(7, clock)).toBe(-1)
  sessions.assign(7, 2, clock)
  clock[0] = 149
  expect(sessions.targetOf(7, clock)).toBe(2)
  clock[0] = 150
  expect(sessions.targetOf(7, clock)).toBe(-1)
  sessions.assign(7, 1, clock)
  clock[0] = 199
  expect(sessions.targetOf(7, clock)).toBe(1)
})

test('cookies of a target that is gone are void, and those of its successor are not', () => {
  const clock = new Float64Array(1)
  const sessions = new StickySessions(3, 50)
  sessions.assign(1, 0, clock)
  sessions.assign(2, 1, clock)
  sessions.forget(0)
  expect([sessions.targetOf(1, clock), sessions.targetOf(2, clock)]).toEqual([-1, 1])
  sessions.assign(1, 0, clock)
  expect(sessions.targetOf(1, clock)).toBe(0)
})

test('there is room for any number of clients', () => {
  const clock = new Float64Array(1)
  const sessions = new StickySessions(10, 50)
  for (let client = 0; client < 5_000; client++) sessions.assign(1_000_003 * client, client % 10, clock)
  for (let client = 0; client < 5_000; client++) {
    expect(sessions.targetOf(1_000_003 * client, clock)).toBe(client % 10)
  }
})
