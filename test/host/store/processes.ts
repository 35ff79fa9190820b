// Stores in other processes.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { HostErrorDetails } from '../../../host/contract/host-error.ts'

const PROGRAM = fileURLToPath(new URL('./second-process.ts', import.meta.url))

/** A user who owns nothing: permissions do not bind root, who may run the tests. */
const NOBODY = 65_534

/** What a process found in a folder. */
export interface Found {
  readonly readOnlyReason?: string | null
  readonly scenarios?: readonly string[]
  readonly notices?: number
  readonly error?: HostErrorDetails
}

/** A process that has opened a folder; it keeps it when asked to `hold`, until it is killed. */
export interface StoreProcess {
  readonly pid: number
  readonly found: Found
  kill(): Promise<void>
}

/** Opens a folder in a process of its own, as a user without rights when asked to. */
export async function openElsewhere(folder: string, mode: 'look' | 'hold', asNobody = false): Promise<StoreProcess> {
  const user = asNobody && process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', PROGRAM, folder, mode], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...user,
  })
  const exited = once(child, 'exit')
  onTestFinished(() => void child.kill('SIGKILL'))
  for await (const line of createInterface(child.stdout)) {
    return {
      pid: child.pid!,
      found: JSON.parse(line) as Found,
      kill: async () => {
        child.kill('SIGKILL')
        await exited
      },
    }
  }
  throw new Error('the process ended without a word')
}
