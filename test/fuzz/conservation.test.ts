// Random small scenarios: nothing is lost, counted twice or left held, and steps change nothing.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Kernel } from '../../sim-core/kernel/kernel.ts'
import { createRun } from '../../sim-core/run.ts'
import type { Plan } from '../../sim-core/model/plan.ts'
import type { ReplicationResult } from '../../sim-core/metrics/replication-result.ts'
import { planOf } from '../support/study.ts'
import { smallScenario } from './small-scenario.ts'

/** Scenarios tried; both figures may be given from outside for a longer search. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 60)
const SEED = Number(process.env['FUZZ_SEED'] ?? 1)

function planFrom(document: unknown): Plan {
  const plan = planOf(JSON.stringify(document))
  return { ...plan, measurement: { ...plan.measurement, traceStride: 1 } }
}

function finish(plan: Plan, eventsPerStep: number): { readonly result: ReplicationResult; readonly kernel: Kernel } {
  const run = createRun(plan, 7, 0)
  const { kernel } = run as unknown as { readonly kernel: Kernel }
  while (run.step(eventsPerStep))
    if (!Number.isInteger(run.nowNs)) throw new Error(`the time ${run.nowNs} is not whole`)
  return { result: run.finish(), kernel }
}

function expectNothingLeft({ result, kernel }: { readonly result: ReplicationResult; readonly kernel: Kernel }): void {
  for (const { id, columns } of result.endpoints) {
    const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0)
    expect([id, total(columns.completed) + total(columns.failed)]).toEqual([id, total(columns.arrivals)])
  }
  for (const { component, name, columns } of result.stations) {
    const left = [columns.endBusy.at(-1), columns.endQueued.at(-1)]
    expect([component, name, ...left]).toEqual([component, name, 0, 0])
  }
  expect(kernel.frames.inUse).toBe(0)
}

function expectWholeParts({ traces }: ReplicationResult): void {
  for (const [trace, endNs] of traces.endNs.entries()) {
    if (Number.isNaN(endNs)) continue
    const parts = traces.parts.slice(trace * 5, trace * 5 + 5)
    expect(parts.filter((part) => part < 0 || !Number.isInteger(part))).toHaveLength(0)
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(endNs - traces.startNs[trace]!)
  }
}

test('every request ends once, and nothing stays held', { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(smallScenario, (document) => {
      const ended = finish(planFrom(document), 1_000_000)
      expect(ended.result.partial).toBe(false)
      expectNothingLeft(ended)
      expectWholeParts(ended.result)
    }),
    { numRuns: RUNS, seed: SEED },
  )
})

test('the same run for any size of step, and when it is looked at in between', { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(smallScenario, (document) => {
      const plan = planFrom(document)
      const whole = finish(plan, 50_000).result
      for (const size of [1, 13]) expect(finish(plan, size).result.fingerprint).toBe(whole.fingerprint)
      const looked = createRun(plan, 7, 0)
      while (looked.step(997)) looked.snapshot()
      expect(looked.finish()).toEqual(whole)
    }),
    { numRuns: Math.ceil(RUNS / 4), seed: SEED },
  )
})
