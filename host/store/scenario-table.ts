/** Scenarios and their history, as rows. */
import type Database from 'better-sqlite3'
import { HostError } from '../contract/host-error.ts'
import type { CanvasLayout, ScenarioRevision, ScenarioSaved } from '../contract/scenario-library.ts'
import { newId } from './new-id.ts'
import { outdateFacts } from './outdated-facts.ts'
import { notFound } from './storage-error.ts'
import type { FreshScenario, ListedScenario, ScenarioFacts, ScenarioStore, StoredScenario } from './store.ts'
import { uniqueFileName } from './unique-file-name.ts'

/** Texts saved within this time of the first of them share a line of the history, in ms. */
const HISTORY_LINE_MS = 60_000

/** Most lines of a history that are given out. */
const HISTORY_LINES_MAX = 200

interface ListRow {
  readonly id: string
  readonly file_name: string
  readonly revision: number
  readonly updated_ms: number
  readonly tags: string
  readonly notes: string
  readonly facts: string
}

interface Row extends ListRow {
  readonly layout: string
  readonly text: string
}

interface LineRow {
  readonly revision: number
  readonly begun_ms: number
}

type Change = Parameters<ScenarioStore['save']>[0]

const LIST_COLUMNS = 'id, file_name, revision, updated_ms, tags, notes, facts'

/** The methods over an open database. */
export function scenarioTable(database: Database.Database, wallMs: () => number): ScenarioStore {
  const listed = database.prepare<[], ListRow>(
    `SELECT ${LIST_COLUMNS} FROM scenario WHERE deleted_ms IS NULL ORDER BY updated_ms DESC, rowid DESC`,
  )
  const byId = database.prepare<[string], Row>(
    `SELECT ${LIST_COLUMNS}, layout, text FROM scenario WHERE id = ? AND deleted_ms IS NULL`,
  )
  const byFileName = database.prepare<[string], Row>(
    `SELECT ${LIST_COLUMNS}, layout, text FROM scenario WHERE file_name = ? AND deleted_ms IS NULL`,
  )
  const lines = database.prepare<[string, number], ScenarioRevision>(
    `SELECT revision, saved_ms AS savedMs, text FROM revision WHERE scenario_id = ? ORDER BY revision DESC LIMIT ?`,
  )
  const learned = database.prepare('UPDATE scenario SET facts = ? WHERE id = ?')
  const read = (id: string): StoredScenario | undefined => scenarioOf(byId.get(id))

  return {
    list: () => listed.all().map(listedOf),
    read,
    byFileName: (fileName) => scenarioOf(byFileName.get(fileName)),
    create: (scenario) => database.transaction(() => created(database, scenario, wallMs())).immediate(),
    save: (change) =>
      database
        .transaction(() => {
          const scenario = read(change.id)
          if (scenario === undefined) throw notFound('scenario', change.id)
          return saved(database, scenario, change, wallMs())
        })
        .immediate(),
    history: (id) => lines.all(id, HISTORY_LINES_MAX),
    learn: (id, facts) => void learned.run(JSON.stringify(facts), id),
  }
}

function created(database: Database.Database, { fileName, text, facts }: FreshScenario, nowMs: number): StoredScenario {
  const id = newId()
  const name = uniqueFileName(database, fileName)
  database
    .prepare(
      `INSERT INTO scenario (id, file_name, revision, created_ms, updated_ms, facts, text) VALUES (?, ?, 1, ?, ?, ?, ?)`,
    )
    .run(id, name, nowMs, nowMs, JSON.stringify(facts), text)
  beginLine(database, id, 1, nowMs, text)
  outdateFacts(database, name)
  return {
    id,
    fileName: name,
    name: facts.name,
    text,
    layout: {},
    revision: 1,
    updatedMs: nowMs,
    tags: [],
    notes: '',
    facts,
  }
}

function saved(database: Database.Database, before: StoredScenario, change: Change, nowMs: number): ScenarioSaved {
  const layout = JSON.stringify(change.layout)
  const hasText = before.text === change.text
  // What is kept already is no conflict either: it is how an editor asks again whose answer was lost.
  if (hasText && JSON.stringify(before.layout) === layout) {
    return { revision: before.revision, savedMs: before.updatedMs }
  }
  if (before.revision !== change.baseRevision) throw conflict(before, change.baseRevision)
  const revision = before.revision + 1
  database
    .prepare('UPDATE scenario SET text = ?, layout = ?, facts = ?, revision = ?, updated_ms = ? WHERE id = ?')
    .run(change.text, layout, JSON.stringify(change.facts), revision, nowMs, change.id)
  if (!hasText) {
    writeLine(database, change, revision, nowMs)
    outdateFacts(database, before.fileName)
  }
  return { revision, savedMs: nowMs }
}

/** Goes on with the last line of the history where that loses no text that was created, run, or stood for a while. */
function writeLine(database: Database.Database, { id, text }: Change, revision: number, nowMs: number): void {
  const last = database
    .prepare<[string], LineRow>(
      'SELECT revision, begun_ms FROM revision WHERE scenario_id = ? ORDER BY revision DESC LIMIT 1',
    )
    .get(id)
  if (last === undefined || last.revision === 1 || !isWithinLine(last.begun_ms, nowMs)) {
    return beginLine(database, id, revision, nowMs, text)
  }
  // A run of this revision or a later one, whose text was the same, used it.
  const wasRun = database.prepare('SELECT 1 FROM run WHERE scenario_id = ? AND revision >= ?').get(id, last.revision)
  if (wasRun !== undefined) return beginLine(database, id, revision, nowMs, text)
  database
    .prepare('UPDATE revision SET revision = ?, saved_ms = ?, text = ? WHERE scenario_id = ? AND revision = ?')
    .run(revision, nowMs, text, id, last.revision)
}

function isWithinLine(begunMs: number, nowMs: number): boolean {
  return nowMs >= begunMs && nowMs - begunMs < HISTORY_LINE_MS
}

function beginLine(database: Database.Database, id: string, revision: number, nowMs: number, text: string): void {
  database
    .prepare('INSERT INTO revision (scenario_id, revision, begun_ms, saved_ms, text) VALUES (?, ?, ?, ?, ?)')
    .run(id, revision, nowMs, nowMs, text)
}

function conflict({ fileName, revision }: StoredScenario, baseRevision: number): HostError {
  return new HostError({
    code: 'conflict',
    message: `${fileName} was changed elsewhere: it is at revision ${revision}, this change began at ${baseRevision}`,
    hint: 'load the other text, or save yours as a copy',
    retryable: false,
  })
}

function listedOf(row: ListRow): ListedScenario {
  const facts = JSON.parse(row.facts) as ScenarioFacts
  return {
    id: row.id,
    fileName: row.file_name,
    name: facts.name,
    revision: row.revision,
    updatedMs: row.updated_ms,
    tags: JSON.parse(row.tags) as readonly string[],
    notes: row.notes,
    facts,
  }
}

function scenarioOf(row: Row | undefined): StoredScenario | undefined {
  if (row === undefined) return undefined
  return { ...listedOf(row), text: row.text, layout: JSON.parse(row.layout) as CanvasLayout }
}
