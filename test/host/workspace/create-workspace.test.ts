// A data folder as a whole: what it says of itself, over restarts, and its log.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hostMethods } from '../../../host/contract/host-api.ts'
import { ENGINE_VERSION } from '../../../sim-core/kernel/engine-version.ts'
import { queueScenario } from '../support/scenarios.ts'
import { openTestWorkspace } from './open-test-workspace.ts'

const databaseIn = (folder: string): string => join(folder, 'data', 'headroom.db')

function logOf(folder: string): readonly Record<string, unknown>[] {
  const lines = readFileSync(join(folder, 'data', 'logs', 'headroom.log'), 'utf8')
    .trimEnd()
    .split('\n')
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>)
}

describe('a workspace', () => {
  test('has every method of the contract, and says who it is', async () => {
    const { api, folder } = await openTestWorkspace()
    expect(Object.keys(api).toSorted()).toEqual(hostMethods.toSorted())
    expect(await api.hello()).toMatchObject({
      engineVersion: ENGINE_VERSION,
      applicationVersion: expect.stringMatching(/^\d+\.\d+\.\d+/u),
      dataFolder: join(folder, 'data'),
      readOnlyReason: null,
      notices: [],
    })
  })

  test('is another one after a restart, with everything that was kept', async () => {
    const first = await openTestWorkspace()
    const run = await first.run({ scenarioId: await first.idOf('black-friday.yaml'), replications: 1 })
    const before = await first.api.readRun(run.id)
    const { startId } = await first.api.hello()
    await first.close()
    const { api } = await openTestWorkspace(first.folder)
    expect((await api.hello()).startId).not.toBe(startId)
    expect(await api.readRun(run.id)).toEqual(before)
  })

  test('marks a run that was under way when it was closed', async () => {
    const first = await openTestWorkspace()
    const long = queueScenario('{ duration: 200h, warmup: 1h, seed: 7, replications: 3 }')
    const { id } = await first.api.createScenario({ from: 'text', fileName: 'long.yaml', text: long })
    const start = await first.api.startRun({ scenarioId: id })
    expect(start.kind).toBe('started')
    await first.close()
    const { api } = await openTestWorkspace(first.folder)
    expect((await api.listRuns({})).map(({ status }) => status)).toEqual(['interrupted'])
  })

  test('opened twice, only reads the second time: everything can be looked at, nothing is kept', async () => {
    const { folder, run, idOf } = await openTestWorkspace()
    const { id } = await run({ scenarioId: await idOf('black-friday.yaml'), replications: 1 })
    const { api } = await openTestWorkspace(folder)
    expect((await api.hello()).readOnlyReason).toContain('another Headroom')
    expect(await api.listScenarios()).toHaveLength(3)
    expect((await api.readRun(id)).result?.verdict).toBe('pass')
    const scenarioId = await idOf('a-quiet-day.yaml')
    const refused = { details: { code: 'read-only' } }
    await expect(api.startRun({ scenarioId })).rejects.toMatchObject(refused)
    await expect(api.createScenario({ from: 'copy', id: scenarioId })).rejects.toMatchObject(refused)
    await expect(api.label({ kind: 'run', id, notes: 'x' })).rejects.toMatchObject(refused)
  })

  test('ends a run that is deleted while it is under way', async () => {
    const { api, events } = await openTestWorkspace()
    const long = queueScenario('{ duration: 200h, warmup: 1h, seed: 7, replications: 3 }')
    const { id: scenarioId } = await api.createScenario({ from: 'text', fileName: 'long.yaml', text: long })
    const start = await api.startRun({ scenarioId })
    const runId = start.kind === 'started' ? start.run.id : ''
    await api.remove({ kind: 'run', ids: [runId] })
    expect(await api.listRuns({})).toEqual([])
    expect(events).toContainEqual({ event: 'runs-changed' })
    await expect(api.readRun(runId)).rejects.toMatchObject({ details: { code: 'not-found' } })
    // The next run gets the workers.
    const next = await api.createScenario({ from: 'text', fileName: 'short.yaml', text: queueScenario() })
    await api.startRun({ scenarioId: next.id })
    await expect.poll(async () => (await api.listRuns({}))[0]?.status, { timeout: 20_000 }).toBe('done')
  })

  test('begins anew when its database is damaged, and says where the old one is', async () => {
    const first = await openTestWorkspace()
    await first.close()
    writeFileSync(databaseIn(first.folder), 'x'.repeat(10_000))
    const { api } = await openTestWorkspace(first.folder)
    const { notices } = await api.hello()
    expect(notices).toMatchObject([{ level: 'error', hint: expect.stringContaining('headroom.db.corrupt-') }])
    expect((await api.listScenarios())[0]?.name).toBe('Black Friday')
  })
})

test('the log has starts, migrations and runs, one object per line, and no text of a scenario', async () => {
  const workspace = await openTestWorkspace()
  const { id } = await workspace.run({ scenarioId: await workspace.idOf('black-friday.yaml'), replications: 1 })
  await workspace.close()
  const log = logOf(workspace.folder)
  expect(log.map(({ event, status }) => status ?? event)).toEqual([
    'start',
    'database-migrated',
    'running',
    'done',
    'end',
  ])
  expect(log.every(({ time, level }) => !Number.isNaN(Date.parse(String(time))) && level === 'info')).toBe(true)
  expect(log[3]).toMatchObject({ event: 'run', id, number: 1, seed: 7 })
  expect(JSON.stringify(log)).not.toContain('exponential')
})
