// Data folders as they are found: new, used, old, newer, damaged, foreign, held by another, not to be written.
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { HostError } from '../../../host/contract/host-error.ts'
import type { HostErrorDetails } from '../../../host/contract/host-error.ts'
import { migrate, migrations } from '../../../host/store/migrate.ts'
import { openDatabase } from '../../../host/store/open-database.ts'
import { runTable } from '../../../host/store/run-table.ts'
import { guarded } from '../../../host/store/storage-error.ts'
import { openElsewhere } from './processes.ts'
import { Clock, newRun, openTestStore, someFacts, someResult, temporaryFolder } from './store-fixture.ts'

const SAMPLES = fileURLToPath(new URL('./samples/', import.meta.url))

/** Past the first pages, so that the file can still be opened. */
const DAMAGE_FROM = 4_096

function details(action: () => unknown): HostErrorDetails {
  try {
    action()
  } catch (error) {
    if (error instanceof HostError) return error.details
    throw error
  }
  throw new Error('nothing was thrown')
}

/** A folder whose database holds two scenarios. */
function usedFolder(): string {
  const folder = temporaryFolder()
  const store = openTestStore(folder)
  for (const fileName of ['one.yaml', 'two.yaml']) {
    store.scenarios.create({ fileName, text: `${fileName}\n`.repeat(2_000), facts: someFacts })
  }
  store.close()
  return folder
}

const databaseIn = (folder: string): string => join(folder, 'headroom.db')

describe('a new folder', () => {
  test('is created, and begins with the scenarios it is given', () => {
    const folder = join(temporaryFolder(), 'not', 'there')
    const firstScenarios = () => [
      { fileName: 'a.yaml', text: 'a', facts: someFacts },
      { fileName: 'b.yaml', text: 'b', facts: someFacts },
    ]
    const store = openTestStore(folder, { firstScenarios })
    expect(store.scenarios.list().map(({ fileName }) => fileName)).toEqual(['b.yaml', 'a.yaml'])
    store.scenarios.list().forEach(({ id }) => store.remove({ kind: 'scenario', ids: [id] }))
    store.close()
    expect(openTestStore(folder, { firstScenarios }).scenarios.list()).toEqual([])
  })

  test('may hold an empty file, as a process leaves it that is killed at its very first start', () => {
    const folder = temporaryFolder()
    writeFileSync(databaseIn(folder), '')
    expect(openTestStore(folder)).toMatchObject({ readOnlyReason: null, notices: [] })
  })
})

describe('migrations', () => {
  test.each(readdirSync(SAMPLES))('bring %s to the newest version with all that is in it', (sample) => {
    const folder = temporaryFolder()
    copyFileSync(join(SAMPLES, sample), databaseIn(folder))
    const store = openTestStore(folder)
    const [scenario] = store.scenarios.list()
    expect(scenario).toMatchObject({ fileName: 'one-queue.yaml', tags: ['mine'], notes: 'a note', revision: 2 })
    expect(store.scenarios.history(scenario!.id)).toHaveLength(2)
    const [cutOff, done] = store.runs.list({})
    expect(cutOff).toMatchObject({ number: 2, status: 'interrupted' })
    expect(done).toMatchObject({ number: 1, status: 'done', verdict: 'pass' })
    expect(store.runs.read(done!.id)?.result?.fingerprint).toBe(done!.fingerprint)
    expect(store.runs.series(done!.id, 'end_s')).toEqual(Float64Array.of(5, 10, 15, 20))
  })

  test('copy the old database first', () => {
    const folder = usedFolder()
    const database = new Database(databaseIn(folder))
    migrate(database, databaseIn(folder), [...migrations, 'ALTER TABLE scenario ADD COLUMN colour TEXT'])
    expect(database.pragma('user_version', { simple: true })).toBe(migrations.length + 1)
    database.close()
    const copy = new Database(`${databaseIn(folder)}.v${migrations.length}.bak`, { readonly: true })
    expect(copy.pragma('user_version', { simple: true })).toBe(migrations.length)
    expect(copy.prepare('SELECT count(*) FROM scenario').pluck().get()).toBe(2)
    copy.close()
  })

  test('that fail leave everything as it was', () => {
    const folder = usedFolder()
    const database = new Database(databaseIn(folder))
    const broken = 'DROP TABLE series; SELECT * FROM nowhere'
    expect(() => migrate(database, databaseIn(folder), [...migrations, broken])).toThrow('nowhere')
    database.close()
    expect(openTestStore(folder).scenarios.list()).toHaveLength(2)
  })
})

test('a newer database is refused, and not a byte of it changes', () => {
  const folder = usedFolder()
  const database = new Database(databaseIn(folder))
  database.pragma('user_version = 999')
  database.close()
  const before = readFileSync(databaseIn(folder))
  expect(details(() => openTestStore(folder))).toMatchObject({
    code: 'storage',
    message: expect.stringContaining('its version is 999'),
    hint: expect.stringContaining('newer Headroom'),
  })
  expect(readFileSync(databaseIn(folder)).equals(before)).toBe(true)
})

test("another program's database is refused, and not a byte of it changes", () => {
  const folder = temporaryFolder()
  const database = new Database(databaseIn(folder))
  database.exec('CREATE TABLE recipe (name TEXT)')
  database.close()
  const before = readFileSync(databaseIn(folder))
  expect(details(() => openTestStore(folder)).message).toContain('another program')
  expect(readFileSync(databaseIn(folder)).equals(before)).toBe(true)
})

describe('a damaged database', () => {
  test('is set aside whole, said so, and a new one is begun', () => {
    const folder = usedFolder()
    const garbage = Buffer.alloc(20_000, 'no database')
    writeFileSync(databaseIn(folder), garbage)
    const store = openTestStore(folder, {
      firstScenarios: () => [{ fileName: 'shipped.yaml', text: 'a', facts: someFacts }],
    })
    const [notice] = store.notices
    const aside = readdirSync(folder).find((name) => name.includes('.corrupt-'))!
    expect(notice).toMatchObject({ level: 'error', message: expect.stringContaining('was damaged') })
    expect(notice?.hint).toContain(join(folder, aside))
    expect(readFileSync(join(folder, aside)).equals(garbage)).toBe(true)
    expect(store.scenarios.list().map(({ fileName }) => fileName)).toEqual(['shipped.yaml'])
    store.close()
    expect(openTestStore(folder).notices).toEqual([])
  })

  test('gives back the scenarios that can still be read', () => {
    const folder = usedFolder()
    const bytes = readFileSync(databaseIn(folder))
    // The history is the last that was written: its pages are at the end.
    bytes.fill(0x5a, bytes.length - DAMAGE_FROM)
    writeFileSync(databaseIn(folder), bytes)
    const store = openTestStore(folder)
    expect(store.notices[0]?.message).toMatch(/(?:One|2) scenarios? could be read/u)
    const rescued = store.scenarios.list()
    expect(rescued.length).toBeGreaterThan(0)
    for (const { id, fileName } of rescued) {
      expect(store.scenarios.read(id)?.text).toBe(`${fileName}\n`.repeat(2_000))
    }
  })

  test('a damaged lock is nothing to worry about', () => {
    const folder = usedFolder()
    writeFileSync(join(folder, 'headroom.lock'), 'x'.repeat(5_000))
    expect(openTestStore(folder)).toMatchObject({ readOnlyReason: null, notices: [] })
  })
})

test('runs that were under way when the process ended are marked as interrupted, and that is said once', () => {
  const folder = temporaryFolder()
  const clock = new Clock()
  const store = openTestStore(folder, { wallMs: clock.wallMs })
  const ids = (['queued', 'running', 'paused', 'done'] as const).map((status) => {
    const { id } = store.runs.begin(newRun())
    store.runs.change(id, { status })
    return id
  })
  store.close()
  clock.advance(1_000)
  const again = openTestStore(folder, { wallMs: clock.wallMs })
  expect(ids.map((id) => again.runs.summary(id)?.status)).toEqual(['interrupted', 'interrupted', 'interrupted', 'done'])
  expect(again.runs.summary(ids[0]!)?.endedMs).toBe(clock.ms)
  expect(again.notices).toMatchObject([{ level: 'warning', message: expect.stringContaining('#1, #2, #3') }])
  again.close()
  expect(openTestStore(folder).notices).toEqual([])
})

describe('two processes', () => {
  test('the second says who is there and only reads; after a kill the next one writes', async () => {
    const folder = usedFolder()
    const first = await openElsewhere(folder, 'hold')
    expect(first.found).toMatchObject({ readOnlyReason: null, scenarios: ['two.yaml', 'one.yaml'] })
    const second = openTestStore(folder)
    expect(second.readOnlyReason).toContain(`another Headroom (process ${first.pid}, since 20`)
    expect(second.scenarios.list()).toHaveLength(2)
    const create = { fileName: 'a.yaml', text: 'a', facts: someFacts }
    expect(details(() => second.scenarios.create(create)).code).toBe('read-only')
    expect(details(() => second.runs.begin(newRun())).code).toBe('read-only')
    expect(details(() => second.remove({ kind: 'run', ids: [] })).code).toBe('read-only')
    second.close()
    await first.kill()
    const third = openTestStore(folder)
    expect(third.readOnlyReason).toBeNull()
    expect(third.scenarios.create(create).fileName).toBe('a.yaml')
  })
})

describe('a folder that cannot be written', () => {
  test('can be read', async () => {
    const folder = usedFolder()
    chmodSync(databaseIn(folder), 0o444)
    chmodSync(folder, 0o555)
    const { found } = await openElsewhere(folder, 'look', true)
    expect(found).toMatchObject({
      readOnlyReason: expect.stringContaining('cannot be written'),
      scenarios: ['two.yaml', 'one.yaml'],
    })
    chmodSync(folder, 0o755)
  })

  test('can be read also when the last process there was killed', async () => {
    const folder = usedFolder()
    chmodSync(folder, 0o755)
    const killed = await openElsewhere(folder, 'hold')
    await killed.kill()
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o444)
    chmodSync(folder, 0o555)
    const { found } = await openElsewhere(folder, 'look', true)
    expect(found).toMatchObject({ scenarios: ['two.yaml', 'one.yaml'], notices: 0 })
    chmodSync(folder, 0o755)
  })

  test('and holds nothing shows what ships, and keeps nothing', () => {
    const folder = temporaryFolder()
    // Stands in the way of the lock, for every user.
    mkdirSync(join(folder, 'headroom.lock'))
    const store = openTestStore(folder, {
      firstScenarios: () => [{ fileName: 'shipped.yaml', text: 'a', facts: someFacts }],
    })
    expect(store.readOnlyReason).toContain(folder)
    expect(store.scenarios.list()).toHaveLength(1)
    expect(existsSync(databaseIn(folder))).toBe(false)
    expect(details(() => store.runs.begin(newRun()))).toMatchObject({ code: 'read-only', hint: expect.any(String) })
  })
})

test('a full disk is said so, and nothing is half written', () => {
  const folder = temporaryFolder()
  const opened = openDatabase(folder, new Clock().wallMs, () => undefined)
  const runs = guarded(runTable(opened.database, new Clock().wallMs, 1e9), [], null)
  const { id } = runs.begin(newRun())
  const pages = opened.database.pragma('page_count', { simple: true }) as number
  opened.database.pragma(`max_page_count = ${pages + 1}`)
  expect(details(() => runs.change(id, { result: someResult() }))).toMatchObject({
    code: 'storage',
    message: expect.stringContaining('disk is full'),
    retryable: true,
  })
  expect(runs.read(id)).toMatchObject({ summary: { status: 'queued', verdict: null }, result: null, seriesNames: [] })
  opened.database.pragma('max_page_count = 1000000')
  expect(runs.change(id, { result: someResult() }).status).toBe('done')
  opened.close()
})
