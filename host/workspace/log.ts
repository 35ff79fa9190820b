/** A log for the authors of the program: one JSON object per line, in files that never grow beyond a few megabytes. */
import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** How much an entry matters. */
export type LogLevel = 'info' | 'warning' | 'error'

/** Plain values: ids, counts, codes, messages. Never a credential, never the text of a scenario. */
export type LogFields = Readonly<Record<string, unknown>>

/** Writes entries; never throws. */
export type Log = (level: LogLevel, event: string, fields?: LogFields) => void

/** Size at which a file is put aside, in bytes: thousands of entries, and any editor opens it. */
const FILE_BYTES_MAX = 5 * 1024 * 1024

/** Files kept, the one being written included. */
const FILES = 3

/** The log of a data folder: `logs/headroom.log`, older ones `headroom.1.log` and so on. */
export function openLog(dataFolder: string, wallMs: () => number, fileBytesMax = FILE_BYTES_MAX): Log {
  const folder = join(dataFolder, 'logs')
  const path = (age: number): string => join(folder, age === 0 ? 'headroom.log' : `headroom.${age}.log`)
  let bytes: number | undefined
  return (level, event, fields = {}) => {
    const line = `${JSON.stringify({ time: new Date(wallMs()).toISOString(), level, event, ...fields })}\n`
    try {
      if (bytes === undefined) {
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        bytes = statSync(path(0), { throwIfNoEntry: false })?.size ?? 0
      }
      bytes += Buffer.byteLength(line)
      if (bytes > fileBytesMax) {
        rotate(path)
        bytes = Buffer.byteLength(line)
      }
      appendFileSync(path(0), line, { mode: 0o600 })
    } catch {
      // A full disk or a folder that cannot be written is told by the store; a log that fails must not stop anything.
    }
  }
}

/** Each file takes the name of the next older one; the oldest is overwritten. */
function rotate(path: (age: number) => string): void {
  for (let age = FILES - 1; age > 0; age--) {
    if (existsSync(path(age - 1))) renameSync(path(age - 1), path(age))
  }
}
