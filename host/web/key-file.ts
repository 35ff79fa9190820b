/** The key of a data folder's sessions: made once, readable by its owner alone. */
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { KEY_BYTES } from './session-keys.ts'

const KEY_FILE = 'session-key'

/** In a folder that cannot be written, the key lasts as long as this process: after a restart a new link is needed. */
export function sessionKey(dataFolder: string): Buffer {
  const path = join(dataFolder, KEY_FILE)
  const kept = readKey(path)
  if (kept !== undefined) return kept
  const key = randomBytes(KEY_BYTES)
  try {
    // What is there and no key is of no use to anybody.
    rmSync(path, { force: true })
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
    writeFileSync(path, key, { mode: 0o600, flag: 'wx' })
    return key
  } catch {
    // Another host may have made one at the same moment.
    return readKey(path) ?? key
  }
}

function readKey(path: string): Buffer | undefined {
  try {
    const key = readFileSync(path)
    return key.length === KEY_BYTES ? key : undefined
  } catch {
    return undefined
  }
}
