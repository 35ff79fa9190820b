/** Looks at the database file before anything is written to it, and sets a damaged one aside. */
import { existsSync, renameSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { HostError } from '../contract/host-error.ts'
import type { HostNotice } from '../contract/host-api.ts'
import { APPLICATION_ID, migrations, tooNew, versionOf } from './migrate.ts'
import { isCorruption } from './storage-error.ts'

/**
 * Largest file that is read whole at the start, in bytes: about half a second from a plain disk. Of larger ones the texts and
 * lists are checked; results and series bear checksums of their own.
 */
const WHOLE_CHECK_BYTES = 128 * 1024 * 1024

const SMALL_TABLES = ['scenario', 'revision', 'run']

/** How a file was found. Throws a HostError for a file that is not ours to touch. */
export function inspect(path: string): 'absent' | 'sound' | 'damaged' {
  if (!existsSync(path) || statSync(path).size === 0) return 'absent'
  let database: Database.Database | undefined
  try {
    database = new Database(path, { readonly: true, fileMustExist: true })
    return found(database, path)
  } catch (error) {
    if (isCorruption(error)) return 'damaged'
    throw error
  } finally {
    database?.close()
  }
}

function found(database: Database.Database, path: string): 'absent' | 'sound' | 'damaged' {
  const applicationId = database.pragma('application_id', { simple: true })
  const tables = database.prepare<[], number>('SELECT count(*) FROM sqlite_schema').pluck().get() ?? 0
  if (tables === 0 && applicationId === 0) return 'absent'
  if (applicationId !== APPLICATION_ID) throw foreign(path)
  const version = versionOf(database)
  if (version > migrations.length) throw tooNew(path, version)
  const checks = statSync(path).size <= WHOLE_CHECK_BYTES ? [''] : SMALL_TABLES.map((table) => `(${table})`)
  const isSound = checks.every((check) => database.pragma(`quick_check${check}`, { simple: true }) === 'ok')
  return isSound ? 'sound' : 'damaged'
}

function foreign(path: string): HostError {
  return new HostError({
    code: 'storage',
    message: `${path} is a database of another program`,
    hint: 'give another folder with --data, or move the file away; it was left as it is',
    retryable: false,
  })
}

/**
 * Moves a damaged database, with what SQLite keeps beside it, to `<path>.corrupt-<time>`.
 * @returns its new path
 */
export function quarantine(path: string, nowMs: number): string {
  const time = new Date(nowMs).toISOString().replaceAll(/[-:]/gu, '').replace(/\.\d+/u, '')
  let aside = `${path}.corrupt-${time}`
  for (let number = 2; existsSync(aside); number++) aside = `${path}.corrupt-${time}-${number}`
  for (const ending of ['', '-wal', '-shm']) {
    if (existsSync(path + ending)) renameSync(path + ending, aside + ending)
  }
  return aside
}

/** What the user is told of a damaged database. */
export function quarantineNotice(aside: string, rescued: number): HostNotice {
  return {
    level: 'error',
    message: `The database was damaged, so a new one was begun. ${rescuedText(rescued)}; its runs and the history of its scenarios are only in the damaged file.`,
    hint: `The damaged file is kept at ${aside}. Put a backup of headroom.db in its place to have everything back.`,
  }
}

function rescuedText(rescued: number): string {
  if (rescued === 0) return 'None of its scenarios could be read'
  return rescued === 1
    ? 'One scenario could be read from it and is here'
    : `${rescued} scenarios could be read from it and are here`
}
