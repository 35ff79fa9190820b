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
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: ['ignore', 2, 2] as const }
  const updated = spawnSync(aptGet, ['update', '-qq'], { ...options, stdio: [...options.stdio] })
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...missing]
  const installed = spawnSync(aptGet, install, { ...options, stdio: [...options.stdio] })
  if (updated.status !== 0 || installed.status !== 0) {
    console.error(`[check] warning: could not install ${missing.join(' ')}; the tests that need it will skip`)
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
