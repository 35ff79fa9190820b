// The figures of single replications must be those that the intervals of a study are made of.
import { describe, expect, it } from 'vitest'
import { tInterval } from '../../../sim-core/analysis/confidence.ts'
import { halfWidthOf } from '../../../sim-core/analysis/estimate.ts'
import { figuresOf } from '../../../sim-core/analysis/replication-figures.ts'
import type { StudyResult } from '../../../sim-core/analysis/study-result.ts'
import { BUSY_SCENARIO } from './busy-scenario.ts'
import { expectRelative } from './expect-relative.ts'
import { studyOfText } from './study-fixture.ts'

const result = studyOfText(BUSY_SCENARIO, { replications: 4, seed: 3 })
const figures = figuresOf(result)

function valuesOf({ per_replication: replications }: StudyResult, id: string): number[] {
  return replications.map(({ figures: own }) => own[id]).filter((value) => typeof value === 'number')
}

/** Every estimate of a result with the path to it, in the order of the result. */
function estimatesIn(value: unknown): number[] {
  if (typeof value !== 'object' || value === null) return []
  if ('mean' in value && 'low' in value) return typeof value.mean === 'number' ? [value.mean] : []
  return Object.values(value).flatMap(estimatesIn)
}

describe('figures by name', () => {
  it('are all that have an interval, each once', () => {
    const { clients, endpoints, components } = result
    const all = [clients.latency_ms, clients, ...Object.values(endpoints), ...Object.values(components)]
    const [latencies, ...rest] = all.map((part) => estimatesIn(part).length)
    expect(latencies).toBe(6)
    expect(figures.size).toBe(rest.reduce((sum, count) => sum + count, 0))
    expect(figures.get('clients.p95_ms')?.estimate).toBe(clients.latency_ms.p95)
    expect(figures.get('shop.buy.error_ratio')?.estimate).toBe(endpoints['shop.buy']!.error_ratio)
    expect(figures.get('memory.hit_ratio')?.estimate).toBe(components['memory']!.metrics['hit_ratio'])
    expect(figures.get('stock/cpu.wait_p95_ms')?.estimate).toBe(components['stock']!.stations['cpu']!.wait_ms.p95)
  })
})

describe('figures of each replication', () => {
  it('say which replication they are of', () => {
    expect(result.per_replication.map(({ replication }) => replication)).toEqual([0, 1, 2, 3])
    expect(new Set(result.per_replication.map(({ fingerprint }) => fingerprint)).size).toBe(4)
    expect(result.per_replication.map(({ end_s: endS }) => endS)).toEqual([40, 40, 40, 40])
    const events = result.per_replication.reduce((sum, replication) => sum + replication.events, 0)
    expect(events).toBe(result.speed.events)
    for (const { figures: own } of result.per_replication) expect(Object.keys(own)).toEqual([...figures.keys()])
  })

  it('have the spread that the interval of their figure shows', () => {
    let judged = 0
    for (const [id, { estimate }] of figures) {
      const { low, high } = tInterval(valuesOf(result, id), result.confidence)
      const halfWidth = halfWidthOf(estimate)
      // A share whose interval is cut off at 0 and at 1 no longer shows its width.
      if (halfWidth === null || (estimate.low === 0 && estimate.high === 1)) continue
      judged += 1
      expect(Math.abs(halfWidth - (high - low) / 2), id).toBeLessThan(1e-9 * Math.max(1, Math.abs(estimate.mean!)))
    }
    expect(judged).toBeGreaterThan(100)
  })

  it('average to the figure of the study, exactly where it is an average over time', () => {
    for (const id of ['clients.throughput_rps', 'clients.in_flight', 'stock.queue_length', 'shop/cpu.busy']) {
      const values = valuesOf(result, id)
      expectRelative(
        values.reduce((sum, value) => sum + value, 0) / values.length,
        figures.get(id)!.estimate.mean!,
        1e-12,
      )
    }
  })

  it('average to about the figure of the study where it is one of all requests, such as a percentile', () => {
    for (const id of ['clients.p95_ms', 'clients.error_ratio', 'memory.hit_ratio', 'shop.buy.p99_ms']) {
      const values = valuesOf(result, id)
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      expect(Math.abs(mean / figures.get(id)!.estimate.mean! - 1), id).toBeLessThan(0.05)
    }
  })

  it('are one set for a single stationary run, whose interval is of batches', () => {
    const single = studyOfText(
      `
version: 1
name: One long run
run: { duration: 60s, warmup: 5s, bucket: 1s }
traffic: { clients: { rate: 50/s, mix: { serve: 100% } } }
services: { app: { cpu: 1, endpoints: { serve: { steps: [{ cpu: exponential(5ms) }] } } } }
`,
      { replications: 1 },
    )
    const p95 = figuresOf(single).get('clients.p95_ms')!.estimate
    expect(p95.low).not.toBeNull()
    expect(single.per_replication).toHaveLength(1)
    expect(single.per_replication[0]!.figures['clients.p95_ms']).toBe(p95.mean)
  })
})
