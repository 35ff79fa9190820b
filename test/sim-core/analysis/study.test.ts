// What must be true of the result of any study: sums that sum, figures that are numbers, columns that match totals.
import { describe, expect, it } from 'vitest'
import type { EndpointSummary, StudyResult } from '../../../sim-core/analysis/study-result.ts'
import { BUSY_SCENARIO } from './busy-scenario.ts'
import { studyOfText } from './study-fixture.ts'

/** Both ways between clients and shop, which its endpoints do not see; staff have none, but are few. */
const CLIENT_NETWORK_MS = 2

const result = studyOfText(BUSY_SCENARIO, { replications: 3, seed: 3 })

/** Every number in a value with the path to it. */
function numbersIn(value: unknown, path = ''): { readonly path: string; readonly number: number }[] {
  if (typeof value === 'number') return [{ path, number: value }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) => numbersIn(part, `${path}/${key}`))
}

function partsOf({ queue, service, network, retry, lock }: EndpointSummary['time_ms']): number {
  return queue + service + network + retry + lock
}

function sumMs(hops: readonly { readonly ms: number }[]): number {
  return hops.reduce((sum, { ms }) => sum + ms, 0)
}

describe('the result of a study', () => {
  it('has every way of losing time in it', () => {
    const { shop, store, memory } = result.components
    expect(Object.keys(result.endpoints['shop.buy']!.errors)).toEqual(
      expect.arrayContaining(['timeout', 'failed', 'instance_killed']),
    )
    for (const part of ['queue', 'service', 'network', 'retry'] as const) {
      expect(result.endpoints['shop.buy']!.time_ms[part]).toBeGreaterThan(0)
    }
    expect(result.endpoints['shop.browse']!.time_ms.lock).toBeGreaterThan(0)
    expect([shop, store, memory].every((component) => component !== undefined)).toBe(true)
  })

  it('holds numbers only, and survives a trip through JSON', () => {
    const numbers = numbersIn(result)
    expect(numbers.length).toBeGreaterThan(3_000)
    expect(numbers.filter(({ number }) => !Number.isFinite(number))).toEqual([])
    expect(JSON.parse(JSON.stringify(result))).toEqual(result)
  })

  it('has parts of time that sum to the mean latency', () => {
    for (const { latency_ms: latency, time_ms: time } of [result.clients, ...Object.values(result.endpoints)]) {
      expect(Math.abs(partsOf(time) - latency.mean.mean!)).toBeLessThan(1e-9)
      expect(Math.min(...Object.values(time))).toBeGreaterThanOrEqual(0)
    }
  })

  it('counts every request once', () => {
    const { arrivals, completed, failed, errors } = result.clients
    expect(Object.values(errors).reduce((sum, count) => sum + count, 0)).toBe(failed)
    expect(Math.abs(arrivals - completed - failed)).toBeLessThan(100)
    expect(result.clients.error_ratio.mean).toBeCloseTo(failed / (completed + failed), 12)
  })

  it('has utilisations, ratios and probabilities between 0 and 1, limits included', () => {
    const ratios = numbersIn(result.components).filter(({ path }) => /utilisation|probability|ratio/u.test(path))
    expect(ratios.length).toBeGreaterThan(20)
    expect(ratios.filter(({ number }) => !(number >= 0 && number <= 1 + 1e-12))).toEqual([])
  })
})

describe('cohorts', () => {
  it('are explained to the last nanosecond by hops and by parts', () => {
    expect(result.cohorts.map(({ cohort }) => cohort)).toEqual(['p50', 'p95', 'p99', 'p50', 'p95', 'p99'])
    for (const { latency_ms: latency, hops, time_ms: time } of result.cohorts) {
      expect(Math.abs(sumMs(hops) - latency)).toBeLessThan(1e-9)
      expect(Math.abs(partsOf(time) - latency)).toBeLessThan(1e-9)
    }
  })

  it('say the same by hops as by parts, of what waiting, the network, locks and retries take', () => {
    for (const { hops, time_ms: time, endpoint, cohort } of result.cohorts) {
      for (const part of ['queue', 'service', 'network', 'retry', 'lock'] as const) {
        const ms = sumMs(hops.filter((hop) => hop.part === part))
        expect(ms, `${endpoint} ${cohort} ${part}`).toBeCloseTo(time[part], 6)
      }
    }
  })

  it('lie around their percentile, the way of clients to the system and back included', () => {
    for (const { endpoint, cohort, latency_ms: latency } of result.cohorts) {
      const { p50, p95, p99 } = result.endpoints[endpoint]!.latency_ms
      const percentile = { p50, p95, p99 }[cohort].mean! + CLIENT_NETWORK_MS
      // The last cohort is everything beyond its percentile.
      expect(latency).toBeGreaterThan(percentile * 0.85)
      expect(latency).toBeLessThan(percentile * (cohort === 'p99' ? 5 : 1.15))
    }
  })
})

describe('sampled requests', () => {
  it('are hops from the first nanosecond to the last, without gap or overlap', () => {
    expect(result.samples).toHaveLength(20)
    for (const { latency_ms: latency, hops } of result.samples) {
      let atMs = 0
      for (const { from_ms: fromMs, ms } of hops) {
        expect(fromMs).toBeCloseTo(atMs, 6)
        atMs = fromMs + ms
      }
      expect(atMs).toBeCloseTo(latency, 6)
    }
  })

  it('of failed and retried requests say where the time went', () => {
    const failed = result.samples.filter(({ cause }) => cause !== null)
    expect(failed.length).toBeGreaterThan(0)
    for (const { hops } of result.samples) {
      expect(hops.filter(({ ms }) => ms <= 0)).toEqual([])
    }
  })
})

describe('series', () => {
  const { columns, bucket_s: bucketS, warmup_s: warmupS } = result.series
  const ends = columns['end_s']!
  const measured = (name: string): number[] =>
    columns[name]!.filter((_, i) => ends[i]! > warmupS).map((value) => value ?? 0)
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

  it('have one value per bucket', () => {
    expect(ends).toHaveLength(40)
    for (const column of Object.values(columns)) expect(column).toHaveLength(40)
  })

  it('add up to the totals of the measured time', () => {
    for (const [id, summary] of [['client', result.clients] as const, ...Object.entries(result.endpoints)]) {
      const { arrivals, completed, failed, latency_ms: latency, in_flight: inFlight } = summary
      const counted = (name: string): number => sum(measured(`${id}/${name}`)) * bucketS * result.replications
      expect(counted('arrivals_rps')).toBeCloseTo(arrivals, 5)
      expect(counted('completed_rps')).toBeCloseTo(completed, 5)
      expect(counted('failed_rps')).toBeCloseTo(failed, 5)
      expect(sum(measured(`${id}/in_flight`)) / 35).toBeCloseTo(inFlight.mean!, 8)
      const weighted = measured(`${id}/completed_rps`).map((rate, i) => rate * measured(`${id}/mean_ms`)[i]!)
      expect(sum(weighted) / sum(measured(`${id}/completed_rps`))).toBeCloseTo(latency.mean.mean!, 8)
    }
  })

  it('match the utilisation and the queues of stations', () => {
    const { stations } = result.components['stock']!
    expect(sum(measured('stock/cpu/utilisation')) / 35).toBeCloseTo(stations['cpu']!.utilisation.mean!, 8)
    expect(sum(measured('stock/cpu/queue_length')) / 35).toBeCloseTo(stations['cpu']!.queue_length.mean!, 8)
  })

  it("obey Little's law at stations that all are served at: waiting is rate times wait", () => {
    const { shop, store, memory } = result.components
    const pools = ['shard[0].primary.pool', 'shard[1].primary.pool'].map((name) => store!.stations[name]!)
    const stations = [shop!.stations['cpu']!, shop!.stations['workers']!, memory!.stations['shared.node']!, ...pools]
    for (const { queue_length: queue, throughput_rps: rate, wait_ms: wait } of stations) {
      expect(queue.mean).toBeGreaterThan(0)
      const ratio = queue.mean! / ((rate.mean! * wait.mean.mean!) / 1000)
      expect(Math.abs(ratio - 1)).toBeLessThan(0.005)
    }
  })
})

describe('the same study twice', () => {
  it('gives the same result, but for its speed', () => {
    const again: StudyResult = studyOfText(BUSY_SCENARIO, { replications: 3, seed: 3 })
    expect({ ...again, speed: null }).toEqual({ ...result, speed: null })
  })
})
