/** Brings a database to the newest version, with a copy of the old one beside it. */
import { existsSync, rmSync } from 'node:fs'
import type Database from 'better-sqlite3'
import { HostError } from '../contract/host-error.ts'
import { scenariosAndRuns } from './migrations/001-scenarios-and-runs.ts'

/** `HDRM`, in the header of every database of ours. */
export const APPLICATION_ID = 0x48_44_52_4d

/** What leads from one version to the next: the first makes version 1 of an empty database. */
export const migrations: readonly string[] = [scenariosAndRuns]

/** The version of a database; 0 when nothing was put into it yet. */
export function versionOf(database: Database.Database): number {
  return database.pragma('user_version', { simple: true }) as number
}

/**
 * Runs what is missing, each migration in one transaction with its number. A database that holds something is copied to
 * `<path>.v<N>.bak` first; a copy that is there already was made by an attempt that failed, from the same database.
 * @returns the version before
 */
export function migrate(database: Database.Database, path: string | null, steps = migrations): number {
  const before = versionOf(database)
  if (before < steps.length && before > 0 && path !== null) backUp(database, `${path}.v${before}.bak`)
  for (const [index, sql] of steps.entries()) {
    if (index < before) continue
    const step = database.transaction(() => {
      database.exec(sql)
      database.pragma(`application_id = ${APPLICATION_ID}`)
      database.pragma(`user_version = ${index + 1}`)
    })
    step.immediate()
  }
  return before
}

function backUp(database: Database.Database, path: string): void {
  if (existsSync(path)) rmSync(path)
  database.prepare('VACUUM INTO ?').run(path)
}

/** The database was made by a later program. */
export function tooNew(path: string, version: number): HostError {
  return new HostError({
    code: 'storage',
    message: `${path} was made by a newer Headroom: its version is ${version}, this program knows versions up to ${migrations.length}`,
    hint: 'start the newer Headroom, or give another folder with --data; the file was left as it is',
    retryable: false,
  })
}
