#!/usr/bin/env node
/** The `headroom` program: gives the command line this process, and ends with its exit code. */
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { createHost } from '../create-host.ts'
import { exitCodes } from './cli-io.ts'
import { runProgram } from './program.ts'
import type { Terminal } from './terminal.ts'

/** A file of the installation, from its path under the root. */
function installed(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url))
}

/** A terminal that does not know its width says 0; what is no terminal says nothing. */
function columnsOf({ isTTY, columns }: NodeJS.WriteStream): number | undefined {
  return isTTY && columns > 0 ? columns : undefined
}

const { env, stdin, stdout, stderr } = process

const terminal: Terminal = {
  stdout: (text) => void stdout.write(text),
  stderr: (text) => void stderr.write(text),
  isTerminal: stderr.isTTY,
  colour: stdout.isTTY && (env['NO_COLOR'] ?? '') === '',
  outColumns: columnsOf(stdout),
  errorColumns: columnsOf(stderr),
  nowMs: () => performance.now(),
  exitWith: (code) => void (process.exitCode = code),
  endNow: (code) => process.exit(code),
  onInterrupt: (react) => {
    process.on('SIGINT', react).on('SIGTERM', react)
    return () => void process.off('SIGINT', react).off('SIGTERM', react)
  },
  onEnter: (react) => {
    if (!stdin.isTTY) return () => {}
    stdin.on('data', react)
    return () => void stdin.off('data', react).pause()
  },
}

// Whoever reads our output may stop reading, as `head` does: that is no error.
stdout.on('error', (error: NodeJS.ErrnoException) =>
  process.exit(error.code === 'EPIPE' ? exitCodes.ok : exitCodes.internal),
)

const { version } = JSON.parse(readFileSync(installed('package.json'), 'utf8')) as { readonly version: string }
const host = createHost({
  nowMs: terminal.nowMs,
  cores: availableParallelism(),
  libraryFolder: installed('scenarios'),
})
await runProgram(process.argv.slice(2), terminal, host, {
  version,
  oracleRunner: installed('test/oracle/main.ts'),
  pageFolder: installed('dist/renderer'),
  pageBuilder: installed('scripts/build-page.mjs'),
  debug: env['HEADROOM_DEBUG'] === '1',
})
await host.close()
