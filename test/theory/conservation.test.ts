// Laws that hold for every system and every run: nothing is lost, and Little's law.
import { describe, expect, it } from 'vitest'
import type { ReplicationResult } from '../../sim-core/metrics/replication-result.ts'
import { observe } from '../sim-core/run/observed-run.ts'
import { runStudy } from '../support/study.ts'
import { systems } from './systems.ts'

const NS_PER_MS = 1e6

function sum(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}

function first(results: readonly ReplicationResult[]): ReplicationResult {
  const [result] = results
  if (result === undefined) throw new Error('no replication')
  return result
}

describe.each(systems)('%s', (_name, text) => {
  const { requests, result } = observe(text)

  it('has requests enough to say something, some of which fail or are still under way at the end', () => {
    expect(requests.length).toBeGreaterThan(5_000)
    expect(requests.some(({ endMs }) => Number.isNaN(endMs))).toBe(true)
    expect(sum(result.endpoints.at(-1)?.columns.failed ?? [])).toBeGreaterThan(0)
  })

  it("keeps Little's law to the nanosecond: the integral of the number in flight is the sum of the times in flight", () => {
    const endMs = result.endNs / NS_PER_MS
    const timesMs = requests.map((request) => (Number.isNaN(request.endMs) ? endMs : request.endMs) - request.startMs)
    const areaMs = sum(result.endpoints.at(-1)?.columns.inFlightArea ?? []) / NS_PER_MS
    expect(Math.abs(areaMs - sum(timesMs))).toBeLessThan(1e-6 * requests.length)
  })

  it('has every request completed, failed or in flight at every endpoint', () => {
    const inFlight = result.endpoints.map(({ id, columns }) => {
      return [id, sum(columns.arrivals) - sum(columns.completed) - sum(columns.failed)] as const
    })
    for (const [id, count] of inFlight) expect(count, id).toBeGreaterThanOrEqual(0)
    const client = Object.fromEntries(inFlight)['client']
    expect(client).toBe(requests.filter(({ endMs }) => Number.isNaN(endMs)).length)
  })

  it('never works more at a station than its servers can, and fills no bucket beyond its length', () => {
    for (const { component, name, columns } of result.stations) {
      for (const [bucket, area] of columns.busyArea.entries()) {
        expect(area, `${component}/${name}`).toBeLessThanOrEqual((columns.serverArea[bucket] ?? 0) * (1 + 1e-12))
        expect(area).toBeGreaterThanOrEqual(0)
        expect(columns.queueArea[bucket]).toBeGreaterThanOrEqual(0)
      }
    }
  })
})

describe('a long run', () => {
  const result = first(
    runStudy(
      `
version: 1
name: three stations
run: { duration: 400s, bucket: 40s }
traffic: { clients: { rate: 2000/s, mix: { enter.go: 100% } } }
services:
  enter: { endpoints: { go: { steps: [{ call: one.serve }, { call: two.serve }, { call: three.serve }] } } }
  one: { cpu: { cores: 3, scheduling: fifo }, endpoints: { serve: { steps: [{ cpu: exponential(1ms) }] } } }
  two: { cpu: { cores: 2, scheduling: lifo }, endpoints: { serve: { steps: [{ cpu: 800us }] } } }
  three: { cpu: { cores: 5, scheduling: fifo, capacity: 4 }, endpoints: { serve: { steps: [{ cpu: exponential(2ms) }] } } }
`,
      1,
    ),
  )

  it('has L = lambda W to 0.1 % at every station and for each endpoint that never fails', () => {
    for (const { id, columns } of result.endpoints) {
      if (sum(columns.failed) > 0) continue
      const ratio = sum(columns.latencySumNs) / sum(columns.inFlightArea)
      expect(Math.abs(ratio - 1), id).toBeLessThan(1e-3)
    }
    for (const { component, columns } of result.stations) {
      if (sum(columns.waited) === 0) continue
      expect(Math.abs(sum(columns.waitSumNs) / sum(columns.queueArea) - 1), component).toBeLessThan(1e-3)
    }
  })

  it('has every visit to a station served, refused, waiting or in service', () => {
    for (const { component, columns } of result.stations) {
      const present = (columns.endBusy.at(-1) ?? 0) + (columns.endQueued.at(-1) ?? 0)
      const gone = sum(columns.completed) + sum(columns.rejected) + sum(columns.abandoned)
      expect(sum(columns.visits) - gone, component).toBe(present)
    }
  })

  it('loses at the third station and nowhere else, and what it loses never completes', () => {
    const rejected = result.stations.map(({ component, columns }) => [component, sum(columns.rejected)] as const)
    const refused = Object.fromEntries(rejected)
    expect(refused).toMatchObject({ one: 0, two: 0 })
    expect(refused['three']).toBeGreaterThan(0)
    const client = result.endpoints.at(-1)?.columns
    expect(sum(client?.failed ?? [])).toBe(refused['three'])
  })
})
