/** Runs, their results and series, as rows. */
import type Database from 'better-sqlite3'
import type { StudyResult } from '../../sim-core/analysis/study-result.ts'
import type { InjectedFault, RunSummary } from '../contract/run-records.ts'
import { headlineOf, sparkOf } from './headline.ts'
import { newId } from './new-id.ts'
import { runLists, runReaders, runRows } from './run-readers.ts'
import type { AnyRunRow, RunRows } from './run-readers.ts'
import { isEnded, resultColumns, summaryOf } from './run-rows.ts'
import { encodeJson } from './series-codec.ts'
import { seriesRows } from './series-rows.ts'
import type { SeriesRows } from './series-rows.ts'
import { notFound } from './storage-error.ts'
import type { NewRun, RunChange, RunStore, StoredRun } from './store.ts'

type Columns = StudyResult['series']['columns']

interface Writer {
  readonly database: Database.Database
  readonly wallMs: () => number
  readonly seriesBytesMax: number
  readonly rows: RunRows
  readonly series: SeriesRows
}

/** The methods over an open database. */
export function runTable(database: Database.Database, wallMs: () => number, seriesBytesMax: number): RunStore {
  const series = seriesRows(database)
  const rows = runRows(database)
  const writer = { database, wallMs, seriesBytesMax, rows, series }
  return {
    begin: (run) => database.transaction(() => begun(writer, run)).immediate(),
    change: (id, change) => database.transaction(() => changed(writer, id, change)).immediate(),
    adopt: (run, columns) => database.transaction(() => adopted(writer, run, columns)).immediate(),
    ...runReaders(database, rows, series),
    ...runLists(database),
  }
}

function begun({ database, wallMs, rows }: Writer, run: NewRun): RunSummary {
  const number = insertRow(database, { ...run, id: newId(), status: 'queued', createdMs: wallMs() })
  insertDetail(database, number, run)
  return summaryOf(rows.byNumber(number))
}

function changed(writer: Writer, id: string, { status: asked, error, injectedFaults, result }: RunChange): RunSummary {
  const { database, rows, wallMs } = writer
  const row = rows.byId(id)
  if (row === undefined) throw notFound('run', id)
  const status = asked ?? (result === undefined ? row.status : 'done')
  const endedMs = isEnded(status) ? (row.ended_ms ?? wallMs()) : null
  updateRow(database, row.number, { status, ended_ms: endedMs })
  if (error !== undefined) updateRow(database, row.number, { error: JSON.stringify(error) })
  if (injectedFaults !== undefined) keepFaults(database, row.number, injectedFaults)
  if (result !== undefined) keepResult(writer, row.number, result, result.series.columns)
  return summaryOf(rows.byNumber(row.number))
}

function adopted(writer: Writer, { summary, ...run }: StoredRun, columns: Columns): RunSummary | undefined {
  const { database, rows } = writer
  const here = rows.byId(summary.id)
  if (here !== undefined) {
    if (here.deleted_ms === null) return undefined
    updateRow(database, here.number, { deleted_ms: null })
    return summaryOf(rows.byNumber(here.number))
  }
  const scenario = database.prepare('SELECT 1 FROM scenario WHERE id = ?').get(summary.scenarioId)
  const scenarioId = scenario === undefined ? null : summary.scenarioId
  const number = insertRow(database, { ...summary, studyKey: run.studyKey, scenarioId })
  updateRow(database, number, {
    ended_ms: summary.endedMs,
    error: summary.error === null ? null : JSON.stringify(summary.error),
    tags: JSON.stringify(summary.tags),
    notes: summary.notes,
  })
  insertDetail(database, number, run)
  keepFaults(database, number, run.injectedFaults)
  if (run.result !== null) keepResult(writer, number, run.result, columns, summary.headline ?? undefined)
  return summaryOf(rows.byNumber(number))
}

function keepResult(
  { database, series, seriesBytesMax }: Writer,
  number: number,
  result: StudyResult,
  columns: Columns,
  headline = headlineOf(result),
): void {
  const { series: table, ...rest } = result
  updateRow(database, number, resultColumns(result, headline))
  database
    .prepare('UPDATE run_detail SET result = ?, spark = ? WHERE run = ?')
    .run(encodeJson({ ...rest, series: { ...table, columns: {} } }), JSON.stringify(sparkOf(columns)), number)
  series.write(number, columns)
  series.prune(seriesBytesMax, number)
}

function insertDetail(
  database: Database.Database,
  number: number,
  { request, scenarioText }: Pick<NewRun, 'request' | 'scenarioText'>,
): void {
  database
    .prepare(`INSERT INTO run_detail (run, request, scenario_text, injected_faults) VALUES (?, ?, ?, '[]')`)
    .run(number, JSON.stringify(request), scenarioText)
}

type InsertedRun = Pick<
  RunSummary,
  | 'id'
  | 'scenarioId'
  | 'scenarioName'
  | 'revision'
  | 'status'
  | 'createdMs'
  | 'planHash'
  | 'seed'
  | 'engine'
  | 'replications'
> & { readonly studyKey: string }

function insertRow(database: Database.Database, run: InsertedRun): number {
  const inserted = database
    .prepare(
      `INSERT INTO run (id, scenario_id, scenario_name, revision, status, created_ms, plan_hash, seed, engine, study_key,
         replications) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      run.id,
      run.scenarioId,
      run.scenarioName,
      run.revision,
      run.status,
      run.createdMs,
      run.planHash,
      run.seed,
      run.engine,
      run.studyKey,
      run.replications,
    )
  return Number(inserted.lastInsertRowid)
}

/** Sets columns; their names come from this program only. */
function updateRow(database: Database.Database, number: number, columns: Partial<AnyRunRow>): void {
  const names = Object.keys(columns)
  const assignments = names.map((name) => `${name} = @${name}`).join(', ')
  database.prepare(`UPDATE run SET ${assignments} WHERE number = @number`).run({ ...columns, number })
}

function keepFaults(database: Database.Database, number: number, faults: readonly InjectedFault[]): void {
  database.prepare('UPDATE run_detail SET injected_faults = ? WHERE run = ?').run(JSON.stringify(faults), number)
  updateRow(database, number, { injected: faults.length })
}
