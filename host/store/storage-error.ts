/** Turns what SQLite and the file system throw into errors of the host, with words for the user. */
import Database from 'better-sqlite3'
import { HostError } from '../contract/host-error.ts'

/** The code of an error of SQLite or of the system, such as `SQLITE_FULL` or `EACCES`; empty for any other error. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** Whether the file is not, or no longer, a sound database. */
export function isCorruption(error: unknown): boolean {
  return /^SQLITE_(?:CORRUPT|NOTADB)/u.test(codeOf(error))
}

/** What is said of an error of storage; the first pattern that fits its code counts. */
const explanations: readonly {
  readonly code: RegExp
  readonly message: string
  readonly hint: string
  readonly retryable: boolean
}[] = [
  {
    code: /^(?:SQLITE_FULL|ENOSPC|EDQUOT)/u,
    message: 'the disk is full: this change was not kept',
    hint: 'free some space, then try again; everything saved before is safe',
    retryable: true,
  },
  {
    code: /^(?:SQLITE_READONLY|EROFS|EACCES|EPERM)/u,
    message: 'the data folder can no longer be written: this change was not kept',
    hint: 'check the permissions of the folder and whether its disk is still there, then try again',
    retryable: true,
  },
  {
    code: /^(?:SQLITE_BUSY|SQLITE_LOCKED)/u,
    message: 'another program holds the database: this change was not kept',
    hint: 'close programs that have headroom.db open, such as a backup or a database browser, then try again',
    retryable: true,
  },
  {
    code: /^(?:SQLITE_(?:CORRUPT|NOTADB)|ZSTD_error)/u,
    message: 'the database is damaged',
    hint: 'export what you still need, then start Headroom again: it sets the damaged file aside and begins a new one',
    retryable: false,
  },
  {
    code: /^SQLITE_CANTOPEN/u,
    message: 'the database cannot be opened',
    hint: 'check the permissions of the data folder, or give another one with --data',
    retryable: true,
  },
  {
    code: /^SQLITE_IOERR/u,
    message: 'the disk failed: this change was not kept',
    hint: 'check the disk, then try again',
    retryable: true,
  },
]

/** The HostError of an error of SQLite or the file system; every other error as it is. */
export function asHostError(error: unknown): unknown {
  const code = codeOf(error)
  const known = explanations.find((explanation) => explanation.code.test(code))
  if (known === undefined && !(error instanceof Database.SqliteError)) return error
  const { message, hint, retryable } = known ?? {
    message: 'the database refused this change',
    hint: 'try again; if it stays so, report it with the log of the data folder',
    retryable: false,
  }
  return new HostError({ code: 'storage', message: `${message} (${code})`, hint, retryable })
}

/** Nothing by this id, or it was deleted. */
export function notFound(kind: 'scenario' | 'run', id: string): HostError {
  return new HostError({
    code: 'not-found',
    message: `there is no ${kind} ${id}`,
    hint: 'it may have been deleted; look at the list again',
    retryable: false,
  })
}

/** Nothing can be written; `reason` says why. */
function readOnly(reason: string): HostError {
  return new HostError({
    code: 'read-only',
    message: `nothing can be saved: ${reason}`,
    hint: 'export what you changed, mend the cause, then start Headroom again',
    retryable: false,
  })
}

/**
 * The same methods, with errors of storage turned into HostErrors, and those in `writing` refused while `readOnlyReason`
 * gives one.
 */
export function guarded<Methods extends object>(
  methods: Methods,
  writing: readonly (keyof Methods)[],
  readOnlyReason: string | null,
): Methods {
  const guardedMethod =
    (method: (...args: unknown[]) => unknown, writes: boolean) =>
    (...args: unknown[]): unknown => {
      if (writes && readOnlyReason !== null) throw readOnly(readOnlyReason)
      try {
        return method(...args)
      } catch (error) {
        throw asHostError(error)
      }
    }
  return Object.fromEntries(
    Object.entries(methods).map(([name, method]: [string, (...args: unknown[]) => unknown]) => [
      name,
      guardedMethod(method, (writing as readonly string[]).includes(name)),
    ]),
  ) as Methods
}
