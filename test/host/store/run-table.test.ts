// Runs as they are kept: begun, changed, ended with a result, found again, pruned, taken in from elsewhere.
import { describe, expect, test } from 'vitest'
import { encodeColumn } from '../../../host/store/series-codec.ts'
import type { Store, StoredRun } from '../../../host/store/store.ts'
import type { StudyResult } from '../../../sim-core/analysis/study-result.ts'
import { asNumbers, Clock, newRun, openTestStore, someFacts, someResult, temporaryFolder } from './store-fixture.ts'

const DAY_MS = 24 * 3_600_000

function finished(store: Store, result: StudyResult = someResult(), change = {}): string {
  const { id } = store.runs.begin(newRun(change))
  store.runs.change(id, { result })
  return id
}

describe('a run', () => {
  test('goes its way from queued to done', () => {
    const clock = new Clock()
    const store = openTestStore(temporaryFolder(), { wallMs: clock.wallMs })
    const begun = store.runs.begin(newRun())
    expect(begun).toMatchObject({ number: 1, status: 'queued', createdMs: clock.ms, endedMs: null, headline: null })
    expect(store.runs.change(begun.id, { status: 'running' })).toMatchObject({ status: 'running', endedMs: null })
    clock.advance(5_000)
    const done = store.runs.change(begun.id, { result: someResult() })
    expect(done).toMatchObject({ status: 'done', endedMs: clock.ms, verdict: someResult().verdict, partial: false })
    expect(done).toEqual(store.runs.summary(begun.id))
  })

  test('that was cancelled may have a result', () => {
    const store = openTestStore(temporaryFolder())
    const { id } = store.runs.begin(newRun())
    const partial = { ...someResult(), partial: true }
    expect(store.runs.change(id, { status: 'cancelled', result: partial })).toMatchObject({
      status: 'cancelled',
      partial: true,
    })
    expect(store.runs.find('a'.repeat(32), 7, '1.0.0', '{"replications":3}')).toBeUndefined()
  })

  test('that failed says why', () => {
    const store = openTestStore(temporaryFolder())
    const { id } = store.runs.begin(newRun())
    const error = { code: 'worker-crashed', message: 'a worker died', hint: 'run again', retryable: true } as const
    store.runs.change(id, { status: 'failed', error })
    expect(store.runs.summary(id)).toMatchObject({ status: 'failed', error })
  })

  test('keeps its result and its series to the bit, over a restart', () => {
    const folder = temporaryFolder()
    const store = openTestStore(folder)
    const id = finished(store)
    store.close()
    const { runs } = openTestStore(folder)
    const run = runs.read(id)!
    const { columns } = someResult().series
    expect(run.result).toEqual({ ...someResult(), series: { ...someResult().series, columns: {} } })
    expect(run.seriesNames).toEqual(Object.keys(columns))
    expect(run).toMatchObject({ scenarioText: 'version: 1\n', hasSeries: true, request: { seed: 7 } })
    for (const [name, column] of Object.entries(columns)) expect(runs.series(id, name)).toEqual(asNumbers(column))
    expect(runs.series(id, 'no/such')).toBeUndefined()
  })

  test('shows its figures in lists', () => {
    const store = openTestStore(temporaryFolder())
    finished(store)
    const { clients, series } = someResult()
    expect(store.runs.list({})[0]?.headline).toEqual({
      p95Ms: clients.latency_ms.p95.mean,
      errorRatio: 0,
      throughputRps: clients.throughput_rps.mean,
      peakLoadRps: Math.max(...series.columns['client/arrivals_rps']!.map((load) => load ?? 0)),
      objectivesHeld: 1,
      objectives: 1,
      headroom: someResult().headroom,
    })
  })

  test('counts the faults that were put in by hand, and is not found again then', () => {
    const store = openTestStore(temporaryFolder())
    const { id } = store.runs.begin(newRun())
    const injectedFaults = [{ target: 'desk', action: { kind: 'kill' }, atS: 5 }] as const
    store.runs.change(id, { injectedFaults })
    expect(store.runs.change(id, { result: someResult() }).injected).toBe(1)
    expect(store.runs.read(id)?.injectedFaults).toEqual(injectedFaults)
    expect(store.runs.find('a'.repeat(32), 7, '1.0.0', '{"replications":3}')).toBeUndefined()
  })
})

describe('lists', () => {
  test('have the newest first, of all scenarios or one', () => {
    const store = openTestStore(temporaryFolder())
    const scenario = store.scenarios.create({ fileName: 'a.yaml', text: 'a', facts: someFacts })
    for (const scenarioId of [scenario.id, null, scenario.id]) store.runs.begin(newRun({ scenarioId }))
    const numbers = (filter: object): readonly number[] => store.runs.list(filter).map(({ number }) => number)
    expect(numbers({})).toEqual([3, 2, 1])
    expect(numbers({ limit: 2 })).toEqual([3, 2])
    expect(numbers({ scenarioId: scenario.id })).toEqual([3, 1])
  })

  test('find the last run of a scenario that has a result, with a picture of it', () => {
    const store = openTestStore(temporaryFolder())
    const { id: scenarioId } = store.scenarios.create({ fileName: 'a.yaml', text: 'a', facts: someFacts })
    expect(store.runs.lastOf(scenarioId)).toBeUndefined()
    const id = finished(store, someResult(), { scenarioId })
    store.runs.begin(newRun({ scenarioId }))
    const last = store.runs.lastOf(scenarioId)!
    expect(last.run.id).toBe(id)
    expect(last.spark.loadRps).toHaveLength(60)
    const p95s = someResult().series.columns['client/p95_ms']!.map((p95) => p95 ?? 0)
    expect(Math.max(...last.spark.p95Ms.map((p95) => p95 ?? 0))).toBe(Math.max(...p95s))
  })

  test('find the same study again, and no other', () => {
    const store = openTestStore(temporaryFolder())
    const id = finished(store)
    const key = ['a'.repeat(32), 7, '1.0.0', '{"replications":3}'] as const
    expect(store.runs.find(...key)?.id).toBe(id)
    expect(store.runs.find(key[0], 8, key[2], key[3])).toBeUndefined()
    expect(store.runs.find(key[0], 7, '1.0.1', key[3])).toBeUndefined()
    expect(store.runs.find(key[0], 7, key[2], 'other')).toBeUndefined()
    store.remove({ kind: 'run', ids: [id] })
    expect(store.runs.find(...key)).toBeUndefined()
  })
})

describe('deleted runs', () => {
  test('come back, and their numbers are never given again', () => {
    const folder = temporaryFolder()
    const clock = new Clock()
    const store = openTestStore(folder, { wallMs: clock.wallMs })
    const id = finished(store)
    store.remove({ kind: 'run', ids: [id, 'no such run'] })
    expect(store.runs.list({})).toEqual([])
    expect(store.runs.read(id)).toBeUndefined()
    expect(store.runs.series(id, 'end_s')).toBeUndefined()
    store.restore({ kind: 'run', ids: [id] })
    expect(store.runs.read(id)?.hasSeries).toBe(true)
    store.remove({ kind: 'run', ids: [id] })
    store.close()
    clock.advance(31 * DAY_MS)
    const later = openTestStore(folder, { wallMs: clock.wallMs })
    later.restore({ kind: 'run', ids: [id] })
    expect(later.runs.summary(id)).toBeUndefined()
    expect(later.runs.begin(newRun()).number).toBe(2)
  })
})

describe('when series take too much room', () => {
  test('the oldest runs without a tag lose theirs, never their results', () => {
    const store = openTestStore(temporaryFolder(), { seriesBytesMax: 1 })
    const tagged = finished(store)
    store.label({ kind: 'run', id: tagged, tags: ['board'] })
    const [first, second] = [finished(store), finished(store)]
    const kept = [tagged, first, second].map((id) => store.runs.read(id)!)
    expect(kept.map(({ hasSeries }) => hasSeries)).toEqual([true, false, true])
    expect(kept.map(({ seriesNames }) => seriesNames.length > 0)).toEqual([true, false, true])
    expect(kept.every(({ result }) => result?.fingerprint === someResult().fingerprint)).toBe(true)
    expect(store.runs.series(first, 'end_s')).toBeUndefined()
  })

  test('no more is dropped than has to be', () => {
    const store = openTestStore(temporaryFolder(), { seriesBytesMax: 2.5 * seriesBytes() })
    const ids = [finished(store), finished(store), finished(store)]
    expect(ids.map((id) => store.runs.read(id)?.hasSeries)).toEqual([false, true, true])
  })
})

describe('a run from elsewhere', () => {
  const elsewhere = (): StoredRun => {
    const store = openTestStore(temporaryFolder())
    const id = finished(store)
    store.label({ kind: 'run', id, tags: ['board'], notes: 'the good one' })
    return store.runs.read(id)!
  }

  test('is taken in with all it had, under the next number', () => {
    const run = elsewhere()
    const store = openTestStore(temporaryFolder())
    store.runs.begin(newRun())
    const { columns } = someResult().series
    const adopted = store.runs.adopt({ ...run, summary: { ...run.summary, scenarioId: 'not here' } }, columns)
    expect(adopted).toEqual({ ...run.summary, number: 2 })
    expect(store.runs.read(run.summary.id)).toEqual({ ...run, summary: adopted })
    expect(store.runs.series(run.summary.id, 'client/p95_ms')).toEqual(asNumbers(columns['client/p95_ms']!))
  })

  test('is not taken in twice, and comes back when it was deleted', () => {
    const run = elsewhere()
    const store = openTestStore(temporaryFolder())
    const { columns } = someResult().series
    store.runs.adopt(run, columns)
    expect(store.runs.adopt(run, columns)).toBeUndefined()
    store.remove({ kind: 'run', ids: [run.summary.id] })
    expect(store.runs.adopt(run, columns)).toMatchObject({ id: run.summary.id, number: 1 })
    expect(store.runs.list({})).toHaveLength(1)
  })
})

/** Compressed bytes of the series of one run. */
function seriesBytes(): number {
  return Object.values(someResult().series.columns).reduce((sum, column) => sum + encodeColumn(column).length, 0)
}
