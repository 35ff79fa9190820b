/** Opens the database of a data folder, for writing where that is possible. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { HostNotice } from '../contract/host-api.ts'
import { HostError } from '../contract/host-error.ts'
import { inspect, quarantine, quarantineNotice } from './database-file.ts'
import { lockFolder } from './folder-lock.ts'
import { migrate, migrations, tooNew, versionOf } from './migrate.ts'
import { rescueScenarios } from './rescue.ts'
import type { RescuedScenario } from './rescue.ts'
import { codeOf } from './storage-error.ts'

/** Tells the log what was done with a database; plain fields. */
export type OnStoreEvent = (event: string, fields: Readonly<Record<string, unknown>>) => void

/** An open database, and how it was found. */
export interface OpenDatabase {
  readonly database: Database.Database
  readonly readOnlyReason: string | null
  readonly notices: readonly HostNotice[]
  /** Whether nothing was ever put into it. */
  readonly isNew: boolean
  readonly rescued: readonly RescuedScenario[]
  close(): void
}

const DATABASE_FILE = 'headroom.db'

/** How long a write waits for a backup program that holds the file, in ms. */
const BUSY_MS = 5_000

/** Largest write-ahead log that stays on disk once it was copied into the database, in bytes. */
const WAL_BYTES = 64 * 1024 * 1024

/** Opens or creates. Throws a HostError when the file is not ours, too new, or cannot be read at all. */
export function openDatabase(folder: string, wallMs: () => number, onEvent: OnStoreEvent): OpenDatabase {
  const path = join(folder, DATABASE_FILE)
  const lock = lockFolder(folder, wallMs)
  if ('readOnlyReason' in lock) return openForReading(path, lock.readOnlyReason, onEvent)
  try {
    const opened = openForWriting(path, wallMs, onEvent)
    return { ...opened, close: () => closeBoth(opened.database, lock.release) }
  } catch (error) {
    lock.release()
    const code = codeOf(error)
    if (!/^(?:SQLITE_(?:CANTOPEN|READONLY|FULL|IOERR)|E[A-Z]+$)/u.test(code)) throw error
    return openForReading(path, `the database ${path} cannot be written (${code})`, onEvent)
  }
}

function openForWriting(path: string, wallMs: () => number, onEvent: OnStoreEvent): Omit<OpenDatabase, 'close'> {
  const notices: HostNotice[] = []
  let rescued: readonly RescuedScenario[] = []
  const state = inspect(path)
  if (state === 'damaged') {
    const aside = quarantine(path, wallMs())
    rescued = rescueScenarios(aside)
    notices.push(quarantineNotice(aside, rescued.length))
    onEvent('database-quarantined', { aside, rescued: rescued.length })
  }
  const database = new Database(path, { timeout: BUSY_MS })
  try {
    prepareForWriting(database)
    const before = migrate(database, path)
    if (before < migrations.length) onEvent('database-migrated', { from: before, to: migrations.length })
    return { database, readOnlyReason: null, notices, isNew: before === 0, rescued }
  } catch (error) {
    database.close()
    throw error
  }
}

/** A commit is on the disk when it returns: `FULL` syncs the log, and on macOS `fullfsync` the disk behind it. */
function prepareForWriting(database: Database.Database): void {
  // Only has an effect before the first table.
  database.pragma('auto_vacuum = INCREMENTAL')
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma('fullfsync = ON')
  database.pragma('checkpoint_fullfsync = ON')
  database.pragma('foreign_keys = ON')
  database.pragma('trusted_schema = OFF')
  database.pragma(`journal_size_limit = ${WAL_BYTES}`)
  // Shows now, and not at the first change, whether the file may be written.
  database.exec('BEGIN IMMEDIATE; COMMIT')
}

function openForReading(path: string, reason: string, onEvent: OnStoreEvent): OpenDatabase {
  onEvent('database-read-only', { reason })
  const database = readableDatabase(path)
  const common = { readOnlyReason: reason, notices: [], rescued: [] }
  const version = database === undefined ? 0 : versionOf(database)
  if (database === undefined || version === 0) {
    database?.close()
    // Nothing was ever saved here: the program can be looked at, and says that nothing is kept.
    const memory = new Database(':memory:')
    migrate(memory, null)
    return { ...common, database: memory, isNew: true, close: () => memory.close() }
  }
  if (version === migrations.length) return { ...common, database, isNew: false, close: () => database.close() }
  database.close()
  if (version > migrations.length) throw tooNew(path, version)
  throw new HostError({
    code: 'storage',
    message: `${path} is of version ${version} and must be brought to ${migrations.length}, but ${reason}`,
    hint: 'make the folder writable, or copy it to one that is and give that with --data',
    retryable: false,
  })
}

/** Undefined when there is no database, or nothing in it. */
function readableDatabase(path: string): Database.Database | undefined {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size === 0) return undefined
  return new Database(path, { readonly: true, fileMustExist: true, timeout: BUSY_MS })
}

/** The lock goes last, and in any case: closing copies the log into the database, for which a disk may be too full. */
function closeBoth(database: Database.Database, release: () => void): void {
  try {
    leavePlain(database)
    database.close()
  } finally {
    release()
  }
}

/**
 * Leaves one plain file, which can be copied, and read where nothing can be written: a database with a write-ahead log needs
 * files beside it. Somebody who reads it at this moment keeps it as it is.
 */
function leavePlain(database: Database.Database): void {
  try {
    database.pragma('busy_timeout = 0')
    database.pragma('journal_mode = DELETE')
  } catch {
    // It is whole in either form.
  }
}
