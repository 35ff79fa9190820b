/** Series of runs, as rows; and which of them make room for new ones. */
import type Database from 'better-sqlite3'
import type { StudyResult } from '../../sim-core/analysis/study-result.ts'
import { decodeColumn, encodeColumn } from './series-codec.ts'

/** The series of the runs of one database. */
export interface SeriesRows {
  /** Keeps the columns of a run in their order. */
  write(run: number, columns: StudyResult['series']['columns']): void
  /** In the order in which they were written. */
  names(run: number): readonly string[]
  read(runId: string, name: string): Float64Array | undefined
  /** Drops the series of the oldest runs without a tag until all the others take `bytesMax`; those of `keep` stay. */
  prune(bytesMax: number, keep: number): void
}

/** Over an open database. */
export function seriesRows(database: Database.Database): SeriesRows {
  const insert = database.prepare('INSERT INTO series (run, position, name, data) VALUES (?, ?, ?, ?)')
  const weigh = database.prepare('UPDATE run SET series_bytes = ? WHERE number = ?')
  const names = database.prepare<[number], string>('SELECT name FROM series WHERE run = ? ORDER BY position').pluck()
  const data = database
    .prepare<[string, string], Buffer>(
      `SELECT data FROM series JOIN run ON run.number = series.run
       WHERE run.id = ? AND series.name = ? AND run.deleted_ms IS NULL`,
    )
    .pluck()
  const total = database.prepare<[], number>('SELECT coalesce(sum(series_bytes), 0) FROM run').pluck()
  const candidates = database.prepare<[number], { readonly number: number; readonly series_bytes: number }>(
    `SELECT number, series_bytes FROM run WHERE series_bytes > 0 AND tags = '[]' AND number <> ?
     ORDER BY deleted_ms IS NULL, number`,
  )
  const drop = database.prepare('DELETE FROM series WHERE run = ?')

  return {
    write(run, columns) {
      let bytes = 0
      for (const [position, [name, column]] of Object.entries(columns).entries()) {
        const blob = encodeColumn(column)
        bytes += blob.length
        insert.run(run, position, name, blob)
      }
      weigh.run(bytes, run)
    },
    names: (run) => names.all(run),
    read(runId, name) {
      const blob = data.get(runId, name)
      return blob === undefined ? undefined : decodeColumn(blob)
    },
    prune(bytesMax, keep) {
      let excess = (total.get() ?? 0) - bytesMax
      if (excess <= 0) return
      for (const { number, series_bytes: bytes } of candidates.all(keep)) {
        if (excess <= 0) break
        drop.run(number)
        weigh.run(0, number)
        excess -= bytes
      }
    },
  }
}
