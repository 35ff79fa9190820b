/** What scenarios and runs have in common: tags, notes, and a bin. */
import type Database from 'better-sqlite3'
import type { LabelChange, RecordKind, RecordSelection } from '../contract/host-api.ts'
import { outdateFacts } from './outdated-facts.ts'
import { notFound } from './storage-error.ts'
import { uniqueFileName } from './unique-file-name.ts'

/** The methods of a store for entries of either kind. */
export interface RecordLabels {
  label(change: LabelChange): void
  remove(selection: RecordSelection): void
  restore(selection: RecordSelection): void
}

/** Over an open database. */
export function recordLabels(database: Database.Database, wallMs: () => number): RecordLabels {
  const onEach = ({ kind, ids }: RecordSelection, apply: (kind: RecordKind, id: string) => void): void =>
    database.transaction(() => ids.forEach((id) => apply(kind, id))).immediate()
  return {
    label: ({ kind, id, tags, notes }) => {
      const labelled = database
        .prepare(
          `UPDATE ${kind} SET tags = coalesce(?, tags), notes = coalesce(?, notes) WHERE id = ? AND deleted_ms IS NULL`,
        )
        .run(tags === undefined ? null : JSON.stringify(tags), notes ?? null, id)
      if (labelled.changes === 0) throw notFound(kind, id)
    },
    remove: (selection) =>
      onEach(selection, (kind, id) => {
        database.prepare(`UPDATE ${kind} SET deleted_ms = ? WHERE id = ? AND deleted_ms IS NULL`).run(wallMs(), id)
        if (kind === 'scenario') outdate(database, id)
      }),
    restore: (selection) =>
      onEach(selection, (kind, id) => {
        if (kind === 'scenario') keepNameUnique(database, id)
        database.prepare(`UPDATE ${kind} SET deleted_ms = NULL WHERE id = ?`).run(id)
        if (kind === 'scenario') outdate(database, id)
      }),
  }
}

/** What extends it reads another file from now on, or none. */
function outdate(database: Database.Database, id: string): void {
  const name = database.prepare<[string], string>('SELECT file_name FROM scenario WHERE id = ?').pluck().get(id)
  if (name !== undefined) outdateFacts(database, name)
}

/** Another scenario may have taken the name in the meantime. */
function keepNameUnique(database: Database.Database, id: string): void {
  const name = database
    .prepare<[string], string>('SELECT file_name FROM scenario WHERE id = ? AND deleted_ms IS NOT NULL')
    .pluck()
    .get(id)
  if (name === undefined) return
  database.prepare('UPDATE scenario SET file_name = ? WHERE id = ?').run(uniqueFileName(database, name), id)
}

/** Forgets for good what was deleted before `beforeMs`, and gives the room back to the disk. */
export function emptyBin(database: Database.Database, beforeMs: number): void {
  database
    .transaction(() => {
      for (const kind of ['run', 'scenario']) database.prepare(`DELETE FROM ${kind} WHERE deleted_ms < ?`).run(beforeMs)
    })
    .immediate()
  database.pragma('incremental_vacuum')
}
