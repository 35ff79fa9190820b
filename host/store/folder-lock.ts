/**
 * One writer per data folder. The lock is that of a small SQLite file: the system releases it with the process, however
 * that ends.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { codeOf, isCorruption } from './storage-error.ts'

const LOCK_FILE = 'headroom.lock'

/** The lock, or why this process may not write, in a sentence without its full stop. */
export type FolderLock =
  | { readonly release: () => void }
  | { readonly readOnlyReason: string; readonly cause: 'held' | 'unwritable' }

interface Holder {
  readonly pid: number
  readonly since_ms: number
}

/** Takes the lock of a folder, which is created when it is not there. */
export function lockFolder(folder: string, wallMs: () => number): FolderLock {
  const path = join(folder, LOCK_FILE)
  const first = tryLock(folder, path, wallMs())
  if (!('damaged' in first)) return first
  // It holds nothing worth keeping, and nobody can have locked what is no database.
  rmSync(path, { force: true })
  const second = tryLock(folder, path, wallMs())
  return 'damaged' in second ? { cause: 'unwritable', readOnlyReason: `${path} is damaged` } : second
}

function tryLock(folder: string, path: string, nowMs: number): FolderLock | { readonly damaged: true } {
  let database: Database.Database | undefined
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    database = new Database(path, { timeout: 0 })
    return held(database, nowMs)
  } catch (error) {
    const refusal = refusalOf(error, database, folder)
    database?.close()
    return isCorruption(error) ? { damaged: true } : refusal
  }
}

/** Whoever has begun to write keeps others from it, and may still be read: that is how they learn who it is. */
function held(database: Database.Database, nowMs: number): FolderLock {
  database.exec(
    `BEGIN IMMEDIATE;
     CREATE TABLE IF NOT EXISTS holder (pid INTEGER NOT NULL, since_ms INTEGER NOT NULL) STRICT;
     DELETE FROM holder;`,
  )
  database.prepare('INSERT INTO holder VALUES (?, ?)').run(process.pid, nowMs)
  database.exec('COMMIT; BEGIN IMMEDIATE')
  return {
    release: () => {
      database.exec('ROLLBACK')
      database.close()
    },
  }
}

function refusalOf(error: unknown, database: Database.Database | undefined, folder: string): FolderLock {
  const code = codeOf(error)
  if (database !== undefined && code.startsWith('SQLITE_BUSY')) {
    return { cause: 'held', readOnlyReason: `another Headroom${holderOf(database)} works in this data folder` }
  }
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') {
    return { cause: 'unwritable', readOnlyReason: `the disk of the data folder ${folder} is full` }
  }
  return {
    cause: 'unwritable',
    readOnlyReason: `the data folder ${folder} cannot be written (${code || String(error)})`,
  }
}

/** Such as ` (process 4711, since 2026-03-04 12:30 UTC)`; empty when it cannot be told. */
function holderOf(database: Database.Database): string {
  try {
    const holder = database.prepare<[], Holder>('SELECT pid, since_ms FROM holder').get()
    if (holder === undefined) return ''
    return ` (process ${holder.pid}, since ${minuteOf(holder.since_ms)})`
  } catch {
    return ''
  }
}

function minuteOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
