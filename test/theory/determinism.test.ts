// One seed, one run: the step size changes nothing, another seed or replication changes everything.
import { describe, expect, it } from 'vitest'
import { createRun } from '../../sim-core/run.ts'
import { finishRun, planOf, replicate } from '../support/study.ts'
import { systems } from './systems.ts'

describe.each(systems)('%s', (_name, text) => {
  const plan = planOf(text)
  const reference = replicate(plan, 1, 0)

  it.each([1, 7, 50_000])('ends with the same fingerprint and the same figures in steps of %i', (eventsPerStep) => {
    const { fingerprint, events, endpoints, stations } = finishRun(createRun(plan, 1, 0), eventsPerStep)
    expect(fingerprint).toBe(reference.fingerprint)
    expect(events).toBe(reference.events)
    expect(endpoints).toEqual(reference.endpoints)
    expect(stations).toEqual(reference.stations)
  })

  it('differs under another seed and in another replication', () => {
    const others = [replicate(plan, 2, 0), replicate(plan, 1, 1)].map(({ fingerprint }) => fingerprint)
    expect(new Set([reference.fingerprint, ...others]).size).toBe(3)
  })
})
