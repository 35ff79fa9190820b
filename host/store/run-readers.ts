/** Reads runs from the database. */
import type Database from 'better-sqlite3'
import type { StudyResult } from '../../sim-core/analysis/study-result.ts'
import type { InjectedFault } from '../contract/run-records.ts'
import { RUN_COLUMNS, summaryOf } from './run-rows.ts'
import type { RunRow } from './run-rows.ts'
import { decodeJson } from './series-codec.ts'
import type { SeriesRows } from './series-rows.ts'
import type { NewRun, RunSpark, RunStore } from './store.ts'

interface DetailRow {
  readonly request: string
  readonly scenario_text: string
  readonly injected_faults: string
  readonly result: Buffer | null
}

/** What a run without a series for its picture shows. */
const NO_SPARK: RunSpark = { loadRps: [], p95Ms: [] }

/** A row whether deleted or not. */
export type AnyRunRow = RunRow & { readonly deleted_ms: number | null }

/** Finds the rows that a change is about. */
export interface RunRows {
  byId(id: string): AnyRunRow | undefined
  byNumber(number: number): RunRow
}

/** Rows of an open database. */
export function runRows(database: Database.Database): RunRows {
  const byId = database.prepare<[string], AnyRunRow>(`SELECT ${RUN_COLUMNS}, deleted_ms FROM run WHERE id = ?`)
  const byNumber = database.prepare<[number], RunRow>(`SELECT ${RUN_COLUMNS} FROM run WHERE number = ?`)
  return { byId: (id) => byId.get(id), byNumber: (number) => byNumber.get(number)! }
}

/** The reading methods of a RunStore, but for its lists. */
export function runReaders(
  database: Database.Database,
  rows: RunRows,
  series: SeriesRows,
): Pick<RunStore, 'summary' | 'read' | 'series' | 'lastOf'> {
  const detail = database.prepare<[number], DetailRow>(
    'SELECT request, scenario_text, injected_faults, result FROM run_detail WHERE run = ?',
  )
  const spark = database.prepare<[number], string | null>('SELECT spark FROM run_detail WHERE run = ?').pluck()
  const last = database.prepare<[string], RunRow>(
    `SELECT ${RUN_COLUMNS} FROM run WHERE scenario_id = ? AND verdict IS NOT NULL AND deleted_ms IS NULL
     ORDER BY number DESC LIMIT 1`,
  )
  return {
    summary(id) {
      const row = rows.byId(id)
      return row === undefined || row.deleted_ms !== null ? undefined : summaryOf(row)
    },
    read(id) {
      const row = rows.byId(id)
      const kept = row === undefined ? undefined : detail.get(row.number)
      if (row === undefined || row.deleted_ms !== null || kept === undefined) return undefined
      return {
        summary: summaryOf(row),
        scenarioText: kept.scenario_text,
        studyKey: row.study_key,
        request: JSON.parse(kept.request) as NewRun['request'],
        result: kept.result === null ? null : (decodeJson(kept.result) as StudyResult),
        seriesNames: series.names(row.number),
        hasSeries: row.series_bytes > 0,
        injectedFaults: JSON.parse(kept.injected_faults) as readonly InjectedFault[],
      }
    },
    series: (id, name) => series.read(id, name),
    lastOf(scenarioId) {
      const row = last.get(scenarioId)
      if (row === undefined) return undefined
      const picture = spark.get(row.number) ?? null
      return { run: summaryOf(row), spark: picture === null ? NO_SPARK : (JSON.parse(picture) as RunSpark) }
    },
  }
}

/** The lists of a RunStore. */
export function runLists(database: Database.Database): Pick<RunStore, 'find' | 'list'> {
  const found = database.prepare<[string, number, string, string], RunRow>(
    `SELECT ${RUN_COLUMNS} FROM run
     WHERE plan_hash = ? AND seed = ? AND engine = ? AND study_key = ?
       AND status = 'done' AND verdict IS NOT NULL AND partial = 0 AND injected = 0 AND deleted_ms IS NULL
     ORDER BY number DESC LIMIT 1`,
  )
  const all = database.prepare<[number], RunRow>(
    `SELECT ${RUN_COLUMNS} FROM run WHERE deleted_ms IS NULL ORDER BY number DESC LIMIT ?`,
  )
  const ofScenario = database.prepare<[string, number], RunRow>(
    `SELECT ${RUN_COLUMNS} FROM run WHERE scenario_id = ? AND deleted_ms IS NULL ORDER BY number DESC LIMIT ?`,
  )
  return {
    find(planHash, seed, engine, studyKey) {
      const row = found.get(planHash, seed, engine, studyKey)
      return row === undefined ? undefined : summaryOf(row)
    },
    // SQLite takes a negative limit for none.
    list: ({ scenarioId, limit = -1 }) =>
      (scenarioId === undefined ? all.all(limit) : ofScenario.all(scenarioId, limit)).map(summaryOf),
  }
}
