// Looking at a run while it goes on: the closed buckets read then are those of the result, and nothing changes by it.
import { expect, test } from 'vitest'
import { seriesTable } from '../../../sim-core/analysis/series-table.ts'
import type { TimelineEvent } from '../../../sim-core/metrics/replication-result.ts'
import { createRun } from '../../../sim-core/run.ts'
import { finishRun, planOf } from '../../support/study.ts'

const TEXT = `
version: 1
name: live
run: { duration: 30s, warmup: 0s, bucket: 700ms }
traffic: { clients: { rate: 300/s, mix: { front.go: 100% } } }
services:
  front: { replicas: 2, endpoints: { go: { steps: [ { cpu: exponential(2ms) }, { read: { cache: near, key: items, miss: [ { cpu: 1ms } ] } } ] } } }
keys: { items: { count: 1000, popularity: zipf(1), size: 100B } }
caches: { near: { tiers: [ { name: process, scope: replica, capacity: 50, eviction: lru, ttl: 300s } ] } }
faults: [ { at: 5s, for: 3s, slow: front, by: 3x }, { at: 12s, kill: front, replicas: 1 }, { at: 14s, restore: front } ]
`

test.each([1, 777, 20_000])(
  'every %i events: slices make up the table of the whole, and the run is the same',
  (events) => {
    const plan = planOf(TEXT)
    const plain = finishRun(createRun(plan, 3, 0))
    const run = createRun(plan, 3, 0)
    const rows: Record<string, (number | null)[]> = {}
    const timeline: TimelineEvent[] = []
    let buckets = 0
    const look = (): void => {
      run.snapshot()
      const slice = run.read(Math.max(0, buckets - 1), timeline.length)
      timeline.push(...slice.timeline)
      const { columns } = seriesTable([slice], plan.measurement.bucketNs, 0)
      for (const [name, values] of Object.entries(columns))
        (rows[name] ??= []).push(...values.slice(Math.min(1, buckets)))
      buckets = run.bucketsClosed
    }
    let steps = 0
    while (run.step(events)) if (events > 1 || steps++ % 500 === 0) look()
    const result = run.finish()
    look()
    expect(result.fingerprint).toBe(plain.fingerprint)
    expect(result).toEqual(plain)
    expect(rows).toEqual(seriesTable([plain], plan.measurement.bucketNs, 0).columns)
    expect(timeline).toEqual(plain.timeline)
  },
)
