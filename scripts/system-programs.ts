// Programs of the operating system that some tests need: found on PATH, or installed on a Debian-like system.
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** A program that tests use and that npm does not bring. */
export interface SystemProgram {
  /** Debian package that contains it. */
  readonly debianPackage: string
  /** The names it goes by, best first. */
  readonly names: readonly string[]
}

/** Everything the present tests need beyond npm's packages. The one list: the bootstrap and the tests read it. */
export const systemPrograms = {
  chromium: { debianPackage: 'chromium', names: ['chromium', 'chromium-browser', 'google-chrome'] },
} as const satisfies Record<string, SystemProgram>

/** How long apt waits, in seconds, for another apt that is at work. */
const LOCK_PATIENCE = 'DPkg::Lock::Timeout=120'

/** Milliseconds after which an installation counts as failed: a browser comes in well under a minute. */
const INSTALL_TIMEOUT_MS = 300_000

/** Returns the absolute path of a program that PATH leads to, or undefined. */
export function findProgram(program: SystemProgram): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return program.names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable)
}

/**
 * Installs the Debian packages of the programs that are not there, when we are root on a system with apt-get.
 * A failure is a warning on stderr: the tests that need the program then skip and say so.
 */
export function installMissingPrograms(): void {
  const missing = Object.values(systemPrograms)
    .filter((program) => findProgram(program) === undefined)
    .map((program) => program.debianPackage)
  const aptGet = '/usr/bin/apt-get'
  if (missing.length === 0 || process.getuid?.() !== 0 || !isExecutable(aptGet)) return
  console.error(`[check] installing for the tests: ${missing.join(' ')}`)
  // Lists of packages may be old and still good enough: only the installation itself has to succeed.
  runQuietly(aptGet, ['update', '-qq'])
  const failure = runQuietly(aptGet, ['install', '-y', '-qq', '--no-install-recommends', ...missing])
  if (failure === undefined) return
  console.error(`[check] warning: not installed, so tests that need it will skip: ${missing.join(' ')}\n${failure}`)
}

/** Runs a program without a word unless it fails: then returns what it had to say. */
function runQuietly(program: string, args: readonly string[]): string | undefined {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status, error, stderr } = spawnSync(program, ['-o', LOCK_PATIENCE, ...args], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    timeout: INSTALL_TIMEOUT_MS,
  })
  return status === 0 ? undefined : (error?.message ?? stderr.trimEnd())
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
