// Runs that leave one data folder as a file and enter another: every number arrives, and nothing else does.
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import type { HostApi, HostEvent } from '../../../host/contract/host-api.ts'
import type { Workspace } from '../../../host/contract/host.ts'
import type { RunRecord, RunSummary } from '../../../host/contract/run-records.ts'
import { createHost } from '../../../host/create-host.ts'
import { temporaryTree } from '../../support/temporary-tree.ts'
import { queueScenario } from '../support/scenarios.ts'

const SCENARIO = queueScenario('{ duration: 20s, warmup: 2s, seed: 7, replications: 2 }')

const workspaces: Workspace[] = []
const host = createHost({ nowMs: () => performance.now(), cores: 2, libraryFolder: '/nowhere' })
afterEach(async () => {
  for (const workspace of workspaces.splice(0)) await workspace.close()
})

async function opened(dataFolder = temporaryTree({})): Promise<Workspace> {
  const workspace = await host.openWorkspace({ dataFolder, wallMs: Date.now })
  workspaces.push(workspace)
  return workspace
}

/** Runs a scenario to its end. */
async function finishedRun(workspace: Workspace, text = SCENARIO): Promise<RunSummary> {
  const { api } = workspace
  const { id: scenarioId } = await api.createScenario({ from: 'text', fileName: 'desk.yaml', text })
  const ended = Promise.withResolvers<RunSummary>()
  const unlisten = workspace.onEvent((event: HostEvent) => {
    if (event.event === 'run-changed' && event.run.endedMs !== null) ended.resolve(event.run)
  })
  await api.startRun({ scenarioId })
  const summary = await ended.promise
  unlisten()
  return summary
}

/** A run with all its series. */
async function wholeRun(api: HostApi, id: string): Promise<{ readonly record: RunRecord; readonly series: unknown }> {
  const record = await api.readRun(id)
  return { record, series: await api.readSeries({ runId: id, names: record.seriesNames, pointsMax: 1e6 }) }
}

async function bundleOfOneRun() {
  const source = await opened()
  const { id } = await finishedRun(source)
  const { fileName, base64 } = await source.api.exportBundle([id])
  return { source, id, fileName, base64 }
}

let bundle: string | undefined

/** The bundle of a run, made once. */
async function anyBundle(): Promise<string> {
  bundle ??= (await bundleOfOneRun()).base64
  return bundle
}

/** The bundle with its content changed. */
function changed(base64: string, change: (text: string) => string): string {
  const text = gunzipSync(Buffer.from(base64, 'base64')).toString('utf8')
  return gzipSync(change(text)).toString('base64')
}

describe('a run that travels', () => {
  test('arrives with every number, its scenario and its labels', async () => {
    const source = await opened()
    const { id } = await finishedRun(source)
    await source.api.label({ kind: 'run', id, tags: ['before'], notes: 'with two desks' })
    const { fileName, base64 } = await source.api.exportBundle([id])
    expect(fileName).toBe('desk-run-1.headroom')
    const target = await opened()
    const imported = await target.api.importFile({ fileName, base64 })
    expect(imported).toEqual({ scenarioIds: [expect.any(String)], runIds: [id], alreadyHere: 0, problems: [] })
    const before = await wholeRun(source.api, id)
    const after = await wholeRun(target.api, id)
    const scenarioId = imported.scenarioIds[0]
    expect(after).toEqual({
      ...before,
      record: { ...before.record, summary: { ...before.record.summary, scenarioId, revision: null } },
    })
    expect(Object.keys(after.series as object).length).toBeGreaterThan(10)
    expect(await target.api.readScenario(scenarioId ?? '')).toMatchObject({
      fileName: 'desk.yaml',
      text: before.record.scenarioText,
    })
  })

  test('comes in once: a second time it is here already', async () => {
    const { base64, fileName, id, source } = await bundleOfOneRun()
    const target = await opened()
    await target.api.importFile({ fileName, base64 })
    const events: HostEvent[] = []
    target.onEvent((event) => events.push(event))
    const again = await target.api.importFile({ fileName, base64 })
    expect(again).toEqual({ scenarioIds: [], runIds: [], alreadyHere: 1, problems: [] })
    expect(events).toEqual([])
    expect(await target.api.listRuns({})).toHaveLength(1)
    expect(await target.api.listScenarios()).toHaveLength(1)
    expect(await source.api.importFile({ fileName, base64 })).toMatchObject({ runIds: [], alreadyHere: 1 })
    await target.api.remove({ kind: 'run', ids: [id] })
    expect(await target.api.importFile({ fileName, base64 })).toMatchObject({ runIds: [id], alreadyHere: 0 })
  })

  test('finds the scenario that gives the same plan, and leaves another of the same name alone', async () => {
    const { base64, fileName } = await bundleOfOneRun()
    const same = await opened()
    const here = await same.api.createScenario({ from: 'text', fileName: 'mine.yaml', text: `# mine\n${SCENARIO}` })
    expect(await same.api.importFile({ fileName, base64 })).toMatchObject({ scenarioIds: [] })
    expect(await same.api.listRuns({})).toMatchObject([{ scenarioId: here.id }])
    const other = await opened()
    const text = SCENARIO.replace('workers: 1', 'workers: 2')
    expect(text).not.toBe(SCENARIO)
    await other.api.createScenario({ from: 'text', fileName: 'desk.yaml', text })
    const { scenarioIds } = await other.api.importFile({ fileName, base64 })
    expect(scenarioIds).toHaveLength(1)
    expect((await other.api.readScenario(scenarioIds[0] ?? '')).fileName).toBe('desk-2.yaml')
  })

  test('runs again there to the same numbers', async () => {
    const { base64, fileName, id } = await bundleOfOneRun()
    const target = await opened()
    const { scenarioIds } = await target.api.importFile({ fileName, base64 })
    const again = await target.api.startRun({ scenarioId: scenarioIds[0] ?? '' })
    // The imported one is the very same study, so it is the answer.
    expect(again).toMatchObject({ kind: 'kept', run: { id } })
  })

  test('several runs share a file; the same runs give the same bytes', async () => {
    const source = await opened()
    const first = await finishedRun(source)
    const second = await finishedRun(source, SCENARIO.replace('seed: 7', 'seed: 8'))
    const ids = [first.id, second.id, first.id]
    const both = await source.api.exportBundle(ids)
    expect(both.fileName).toBe('desk-2-runs.headroom')
    expect(await source.api.exportBundle(ids)).toEqual(both)
    const target = await opened()
    expect(await target.api.importFile(both)).toMatchObject({ runIds: [first.id, second.id] })
  })
})

describe('what cannot be exported says why', () => {
  test('nothing, an unknown run, a run without a result', async () => {
    const workspace = await opened()
    await expect(workspace.api.exportBundle([])).rejects.toMatchObject({ details: { code: 'invalid-call' } })
    await expect(workspace.api.exportBundle(['nobody'])).rejects.toMatchObject({ details: { code: 'not-found' } })
    const text = SCENARIO.replace('duration: 20s', 'duration: 100h')
    const { id: scenarioId } = await workspace.api.createScenario({ from: 'text', fileName: 'long.yaml', text })
    const started = await workspace.api.startRun({ scenarioId })
    const id = started.kind === 'started' ? started.run.id : ''
    await expect(workspace.api.exportBundle([id])).rejects.toThrow('run #1 has no result')
  })
})

describe('a file from elsewhere', () => {
  test('a scenario comes in as it is, mistakes included', async () => {
    const { api } = await opened()
    const base64 = Buffer.from(SCENARIO).toString('base64')
    const { scenarioIds } = await api.importFile({ fileName: '/srv/me/My desk.yaml', base64 })
    expect(await api.readScenario(scenarioIds[0] ?? '')).toMatchObject({ fileName: 'My-desk.yaml', text: SCENARIO })
    expect((await api.importFile({ fileName: 'My desk.yaml', base64 })).scenarioIds).toEqual(scenarioIds)
    const wrong = SCENARIO.replace('workers: 1', 'workers: none')
    const imported = await api.importFile({ fileName: 'wrong.yaml', base64: Buffer.from(wrong).toString('base64') })
    expect(imported.scenarioIds).toHaveLength(1)
    expect(imported.problems).toMatchObject([{ path: 'services.desk.workers', severity: 'error' }])
  })

  const text = (value: string): string => Buffer.from(value).toString('base64')

  test.each([
    ['nothing', () => ''],
    ['a picture', () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]).toString('base64')],
    ['prose', () => text('Dear Sir or Madam')],
    ['a list', () => text('[1, 2]')],
    ['six megabytes of text', () => text('# long\n'.repeat(1_000_000))],
    ['gzip of something else', () => gzipSync('hello').toString('base64')],
    ['a bundle cut in half', (good: string) => good.slice(0, good.length / 2)],
    ['a bundle with a broken byte', (good: string) => `${good.slice(0, 400)}AAAA${good.slice(404)}`],
    ['JSON of another kind', () => gzipSync('{ "schema": "headroom.result/1" }').toString('base64')],
    [
      'a bundle of nothing',
      () => gzipSync('{"schema":"headroom.bundle/1","application":"1","runs":[]}').toString('base64'),
    ],
    ['unknown keys', (good: string) => changed(good, (json) => json.replace('"fileName":', '"extra":1,"fileName":'))],
    [
      'a key that names the prototype',
      (good: string) => changed(good, (json) => json.replace('"fileName":', '"__proto__":{"x":1},"fileName":')),
    ],
    ['a path for an id', (good: string) => changed(good, (json) => json.replace(/"id":"\w+"/u, '"id":"../../x"'))],
    [
      'a run that is under way',
      (good: string) => changed(good, (json) => json.replace('"status":"done"', '"status":"running"')),
    ],
    [
      'a result of another plan',
      (good: string) => changed(good, (json) => json.replace(/"plan_hash":"\w/u, '"plan_hash":"x')),
    ],
    [
      'another fingerprint',
      (good: string) => changed(good, (json) => json.replace(/"fingerprint":"\w/u, '"fingerprint":"x')),
    ],
    [
      'a scenario that is not what ran',
      (good: string) => changed(good, (json) => json.replaceAll(/workers: 1/gu, 'workers: 2')),
    ],
    [
      'text in a series',
      (good: string) => changed(good, (json) => json.replace(/"columns":\{"([^"]+)":\[/u, '"columns":{"$1":["x",')),
    ],
    ['a hundred thousand levels', () => gzipSync(`${'['.repeat(100_000)}${']'.repeat(100_000)}`).toString('base64')],
    ['a bomb of 200 MB', () => gzipSync(Buffer.alloc(200 * 1024 * 1024, 0x20)).toString('base64')],
  ])('%s is refused, with a reason, and changes nothing', async (_, make) => {
    const base64 = await anyBundle()
    const target = await opened()
    const imported = await target.api.importFile({ fileName: 'x.headroom', base64: make(base64) })
    expect(imported).toMatchObject({ scenarioIds: [], runIds: [], alreadyHere: 0 })
    expect(imported.problems).not.toEqual([])
    for (const { message, hint, severity } of imported.problems) {
      expect(severity).toBe('error')
      expect(message).not.toMatch(/undefined|\[object/u)
      expect(hint).not.toBe('')
    }
    expect(await target.api.listRuns({})).toEqual([])
    expect(await target.api.listScenarios()).toEqual([])
    expect(({} as { readonly x?: number }).x).toBeUndefined()
  })

  test('a key of the prototype within a record is left out', async () => {
    const base64 = await anyBundle()
    const hostile = changed(base64, (json) => json.replace('"columns":{"', '"columns":{"__proto__":[1],"'))
    const target = await opened()
    const { runIds } = await target.api.importFile({ fileName: 'x', base64: hostile })
    const { record } = await wholeRun(target.api, runIds[0] ?? '')
    expect(record.seriesNames).not.toContain('__proto__')
  })

  test('a bundle of a later version says so', async () => {
    const base64 = await anyBundle()
    const later = changed(base64, (json) => json.replace('headroom.bundle/1', 'headroom.bundle/2'))
    const { problems } = await (await opened()).api.importFile({ fileName: 'x', base64: later })
    expect(problems).toMatchObject([{ code: 'newer-bundle', hint: 'update Headroom, then import it again' }])
  })

  test('a run of another engine comes in as it is', async () => {
    const base64 = await anyBundle()
    const other = changed(base64, (json) => json.replaceAll(/"engine":"[^"]+"/gu, '"engine":"0.0.9"'))
    const target = await opened()
    expect(await target.api.importFile({ fileName: 'x', base64: other })).toMatchObject({ problems: [] })
    expect(await target.api.listRuns({})).toMatchObject([{ engine: '0.0.9' }])
  })
})
