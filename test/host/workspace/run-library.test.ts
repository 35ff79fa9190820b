// Runs as doors see them: started, kept, watched, paused, cancelled; what cannot be run is refused in words.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { jsonText } from '../../../host/cli/export/json-text.ts'
import type { LiveRun } from '../../../host/contract/live-run.ts'
import { createHost } from '../../../host/create-host.ts'
import { DOOMED_SEED } from '../support/doomed-seed.ts'
import { queueScenario } from '../support/scenarios.ts'
import { temporaryTree } from '../../support/temporary-tree.ts'
import { openRuns } from './run-fixture.ts'

/** Hours of simulated time: as good as endless. */
const ENDLESS = queueScenario('{ duration: 100h, warmup: 0s, bucket: 1s, seed: 7, replications: 2 }')

describe('a run from start to end', () => {
  test('has the numbers that the command line has for the same seed', async () => {
    const text = readFileSync(new URL('../../../scenarios/mmc.yaml', import.meta.url), 'utf8')
    const shape = ['run.duration=20s', 'run.warmup=2s', 'run.replications=3', 'run.seed=11']
    const file = `${temporaryTree({ 'mmc.yaml': text })}/mmc.yaml`
    const host = createHost({ nowMs: () => performance.now(), cores: 2, libraryFolder: '/nowhere' })
    const overrides = shape.map((override) => ({ flag: '--set', text: override }))
    const outcome = await host.studies.start({ file, overrides }, () => {}).outcome
    await host.close()

    const short = text.replace(/^run:.*$/mu, 'run: { duration: 20s, warmup: 2s }')
    expect(short).not.toBe(text)
    const runs = openRuns({ mmc: short })
    const { id } = await runs.start({ scenarioId: 'mmc', seed: 11, replications: 3 })
    const { result, summary, seriesNames } = await runs.until(id, 'done')
    if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome.problems))
    const { columns } = outcome.result.series
    expect(summary).toMatchObject({ status: 'done', fingerprint: outcome.result.fingerprint, seed: 11 })
    expect(seriesNames).toEqual(Object.keys(columns))
    const series = { ...outcome.result.series, columns: {} }
    expect(jsonText({ ...result, speed: null })).toBe(jsonText({ ...outcome.result, speed: null, series }))
    const read = await runs.api.readSeries({ runId: id, names: ['client/p95_ms'], pointsMax: 100_000 })
    expect(read['client/p95_ms']).toEqual({ endS: columns['end_s'], values: columns['client/p95_ms'] })
  })

  test('its pictures, put together, are the series of the result; who comes later sees the same', async () => {
    const runs = openRuns({
      queue: queueScenario('{ duration: 20m, warmup: 0s, bucket: 1s, seed: 3, replications: 1 }'),
    })
    const { id } = await runs.start({ scenarioId: 'queue' })
    await runs.picture(id, ({ fromBucket }) => fromBucket > 0)
    const late = await runs.api.readRun(id)
    const soFar = rowsOf(runs.events.flatMap((event) => (event.event === 'run-live' ? [event.live] : [])))
    expect(late.live?.fromBucket).toBe(0)
    expect(late.live?.rows).toEqual(soFar)
    expect(late.seriesNames).toEqual(Object.keys(soFar))
    const part = await runs.api.readSeries({ runId: id, names: ['client/p95_ms'], pointsMax: 1e6 })
    expect(part['client/p95_ms']?.values.slice(0, soFar['end_s']!.length)).toEqual(soFar['client/p95_ms'])

    const { seriesNames, live } = await runs.until(id, 'done')
    expect(live).toBeNull()
    const pictures = runs.events.flatMap((event) => (event.event === 'run-live' ? [event.live] : []))
    const rows = rowsOf(pictures)
    expect(Object.keys(rows)).toEqual(seriesNames)
    const ends = [...runs.store.series(id, 'end_s')!]
    const last = pictures.at(-1)!
    expect(last).toMatchObject({ runId: id, replication: 0, endS: 1200, snapshot: { nowS: 1200 } })
    expect(last.speedFactor).toBeGreaterThan(1)
    for (const [name, values] of Object.entries(rows)) {
      const kept = Array.from(runs.store.series(id, name)!, (value) => (Number.isNaN(value) ? null : value))
      expect({ name, values }).toEqual({ name, values: kept })
    }
    expect(ends).toHaveLength(1200)
  })

  test('is kept, and served again for the same plan, seed and number of replications unless it shall be fresh', async () => {
    const runs = openRuns({ queue: queueScenario('{ duration: 2s, warmup: 0s, seed: 3, replications: 2 }') })
    const first = await runs.start({ scenarioId: 'queue' })
    await runs.until(first.id, 'done')
    expect(await runs.api.startRun({ scenarioId: 'queue', seed: 3 })).toMatchObject({
      kind: 'kept',
      run: { id: first.id },
    })
    for (const other of [{ seed: 4 }, { replications: 3 }, { precision: 0.5 }, { fresh: true }]) {
      const { id } = await runs.start({ scenarioId: 'queue', ...other })
      expect(id).not.toBe(first.id)
      await runs.until(id, 'done')
    }
    const counts = (await runs.api.listRuns({})).map(({ replications }) => replications)
    expect(counts.slice(-3)).toEqual([3, 2, 2])
  })

  test('with problems does not begin; they are placed at the setting that made them', async () => {
    const runs = openRuns({ queue: queueScenario(), broken: queueScenario().replace('800/s', '800') })
    expect(await runs.api.startRun({ scenarioId: 'broken' })).toMatchObject({
      kind: 'invalid',
      problems: [{ line: 5 }],
    })
    const start = await runs.api.startRun({ scenarioId: 'queue', replications: -1 })
    expect(start).toMatchObject({ kind: 'invalid', problems: [{ file: 'replications', path: 'run.replications' }] })
    expect(await runs.api.listRuns({})).toEqual([])
    await expect(runs.api.startRun({ scenarioId: 'nowhere' })).rejects.toMatchObject({ details: { code: 'not-found' } })
  })
})

describe('steering', () => {
  test('the second run waits for the first; cancelled it never begins', async () => {
    const runs = openRuns({ endless: ENDLESS, queue: queueScenario('{ duration: 2s, warmup: 0s, replications: 1 }') })
    const first = await runs.start({ scenarioId: 'endless' })
    const second = await runs.start({ scenarioId: 'endless', seed: 2 })
    const third = await runs.start({ scenarioId: 'queue' })
    expect([first.status, second.status, third.status]).toEqual(['running', 'queued', 'queued'])
    await expect(runs.api.controlRun({ id: third.id, action: 'pause' })).rejects.toMatchObject({
      details: { code: 'invalid-call', message: expect.stringContaining('waits') as string },
    })
    await runs.api.controlRun({ id: second.id, action: 'cancel' })
    expect((await runs.api.readRun(second.id)).summary.status).toBe('cancelled')
    await runs.picture(first.id)
    await runs.api.controlRun({ id: first.id, action: 'cancel' })
    const { summary, result } = await runs.until(first.id, 'cancelled')
    expect(summary.partial).toBe(true)
    expect(result?.clients.arrivals).toBeGreaterThan(0)
    await runs.until(third.id, 'done')
  })

  test('paused it stands still, resumed it goes on and finds what it would have found', async () => {
    const text = queueScenario('{ duration: 10m, warmup: 0s, seed: 5, replications: 2 }')
    const runs = openRuns({ queue: text })
    const plain = await runs.start({ scenarioId: 'queue' })
    const { summary: unpaused } = await runs.until(plain.id, 'done')

    const { id } = await runs.start({ scenarioId: 'queue', fresh: true })
    await runs.picture(id)
    await runs.api.controlRun({ id, action: 'pause' })
    const { summary } = await runs.api.readRun(id)
    expect(summary.status).toBe('paused')
    await new Promise((resolve) => setTimeout(resolve, 150))
    const before = await runs.api.readRun(id)
    await new Promise((resolve) => setTimeout(resolve, 250))
    const after = await runs.api.readRun(id)
    expect(after.live?.snapshot).toEqual(before.live?.snapshot)
    expect(after.progress?.simulatedNs).toBe(before.progress?.simulatedNs)
    await runs.api.controlRun({ id, action: 'resume' })
    expect((await runs.until(id, 'done')).summary.fingerprint).toBe(unpaused.fingerprint)
  })

  test('paused, then cancelled, it ends with what it has; what is over can be steered no more', async () => {
    const runs = openRuns({ endless: ENDLESS })
    const { id } = await runs.start({ scenarioId: 'endless' })
    await runs.picture(id, ({ snapshot }) => (snapshot?.nowS ?? 0) > 10)
    await runs.api.controlRun({ id, action: 'pause' })
    await runs.api.controlRun({ id, action: 'cancel' })
    const { summary } = await runs.until(id, 'cancelled')
    expect(summary).toMatchObject({ partial: true })
    await runs.api.controlRun({ id, action: 'resume' })
    expect((await runs.api.readRun(id)).summary.status).toBe('cancelled')
    await expect(runs.api.controlRun({ id: 'nothing', action: 'cancel' })).rejects.toMatchObject({
      details: { code: 'not-found' },
    })
  })

  test.each(['running', 'paused'] as const)(
    'closing marks what is %s and what waits as interrupted',
    async (status) => {
      const runs = openRuns({ endless: ENDLESS })
      const first = await runs.start({ scenarioId: 'endless' })
      const second = await runs.start({ scenarioId: 'endless', seed: 9 })
      await runs.picture(first.id)
      if (status === 'paused') await runs.api.controlRun({ id: first.id, action: 'pause' })
      await runs.close()
      expect(runs.store.list().map((run) => [run.id, run.status])).toEqual([
        [second.id, 'interrupted'],
        [first.id, 'interrupted'],
      ])
    },
  )
})

describe('what goes wrong', () => {
  test('a thread that dies fails its run in words, with what it takes to replay it; the next run works', async () => {
    const program = new URL('../support/doomed.worker.ts', import.meta.url)
    const runs = openRuns({ queue: queueScenario('{ duration: 2s, warmup: 0s, replications: 3 }') }, { program })
    const { id } = await runs.start({ scenarioId: 'queue', seed: DOOMED_SEED })
    const waiting = await runs.start({ scenarioId: 'queue', seed: DOOMED_SEED + 1 })
    const { summary, result } = await runs.until(id, 'failed')
    expect(summary.error).toMatchObject({
      code: 'worker-crashed',
      retryable: true,
      origin: { file: 'queue.yaml', seed: DOOMED_SEED },
    })
    expect(result).toBeNull()
    await runs.until(waiting.id, 'done')
  })

  test('a store that cannot be written to refuses new runs, and still gives what is kept', async () => {
    const runs = openRuns({ queue: queueScenario() }, { readOnlyReason: 'another Headroom has the folder' })
    await expect(runs.api.startRun({ scenarioId: 'queue' })).rejects.toMatchObject({
      details: { code: 'read-only', message: expect.stringContaining('another Headroom') as string },
    })
  })

  test('a result that cannot be kept makes the run fail in words, and the next one works', async () => {
    const runs = openRuns({ queue: queueScenario('{ duration: 2m, warmup: 0s, replications: 1 }') })
    const { id } = await runs.start({ scenarioId: 'queue' })
    await runs.picture(id)
    runs.store.failing = new Error('the disk is full')
    const failed = await runs.next((event) => event.event === 'run-changed' && event.run.status === 'failed')
    expect(failed).toMatchObject({
      run: { error: { code: 'storage', message: expect.stringContaining('disk is full') as string } },
    })
    runs.store.failing = undefined
    const next = await runs.start({ scenarioId: 'queue', seed: 2 })
    await runs.until(next.id, 'done')
  })
})

function rowsOf(pictures: readonly LiveRun[]): Record<string, (number | null)[]> {
  const rows: Record<string, (number | null)[]> = {}
  for (const picture of pictures) {
    expect(picture.fromBucket).toBe(rows['end_s']?.length ?? 0)
    for (const [name, values] of Object.entries(picture.rows)) (rows[name] ??= []).push(...values)
  }
  return rows
}
