/** Runs as files: `headroom runs export` and `import`. */
import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { HostApi } from '../contract/host-api.ts'
import { HostError } from '../contract/host-error.ts'
import type { Host } from '../contract/host.ts'
import { exitCodes } from './cli-io.ts'
import type { DataOption } from './data-option.ts'
import { fileComplaint, writeWhole } from './export/output-files.ts'
import { namedRuns } from './kept-runs.ts'
import { counted, problemText } from './problem-text.ts'
import { runLine } from './report/run-list.ts'
import type { Terminal } from './terminal.ts'
import { verifyRun } from './verify-run.ts'

/** Largest file that is read, in bytes; what is in it has limits of its own. */
const FILE_BYTES_MAX = 256 * 1024 * 1024

export interface ExportOptions extends DataOption {
  readonly output?: string
}

export interface ImportOptions extends DataOption {
  readonly verify?: true
}

/** Writes one file and prints its name. Rejects with a HostError. */
export async function exportRuns(
  terminal: Terminal,
  api: HostApi,
  names: readonly string[],
  { output }: ExportOptions,
): Promise<void> {
  const runs = await namedRuns(api, names)
  const { fileName, base64 } = await api.exportBundle(runs.map(({ id }) => id))
  const path = output ?? fileName
  const complaint = fileComplaint(path)
  if (complaint !== undefined) throw new HostError({ code: 'storage', retryable: true, ...complaint })
  writeWhole(path, Buffer.from(base64, 'base64'))
  terminal.stdout(`${path}\n`)
}

/** Takes a file in, and tells what came with it. Rejects with a HostError. */
export async function importFile(
  terminal: Terminal,
  host: Host,
  api: HostApi,
  path: string,
  { verify }: ImportOptions,
): Promise<void> {
  const request = { fileName: basename(path), base64: readWhole(path).toString('base64') }
  const { scenarioIds, runIds, alreadyHere, problems } = await api.importFile(request)
  if (problems.length > 0) terminal.stderr(problemText(problems, false))
  if (scenarioIds.length + runIds.length + alreadyHere === 0) {
    terminal.stderr(`${counted(problems.length, 'problem')}; nothing was imported\n`)
    terminal.exitWith(exitCodes.invalidInput)
    return
  }
  for (const id of scenarioIds) {
    const { name, fileName } = await api.readScenario(id)
    terminal.stdout(`scenario ${fileName}, ${name}\n`)
  }
  for (const run of await namedRuns(api, runIds)) terminal.stdout(`${runLine(run)}\n`)
  if (alreadyHere > 0)
    terminal.stdout(`${counted(alreadyHere, 'run')} ${alreadyHere === 1 ? 'is' : 'are'} already here\n`)
  if (verify === true) await verifyAll(terminal, host, api, runIds)
}

async function verifyAll(terminal: Terminal, host: Host, api: HostApi, ids: readonly string[]): Promise<void> {
  for (const { id, number } of await namedRuns(api, ids)) {
    const verification = await verifyRun(host, api, id)
    switch (verification.kind) {
      case 'same':
        terminal.stdout(`run #${number} verified: run again here, all ${verification.values} values are the same\n`)
        break
      case 'impossible':
        terminal.stdout(`run #${number} not verified: ${verification.reason}\n`)
        break
      case 'different':
        terminal.stdout(`run #${number} differs when it is run again here:\n`)
        for (const difference of verification.differences) terminal.stdout(`  ${difference}\n`)
        terminal.exitWith(exitCodes.invalidInput)
    }
  }
}

function readWhole(path: string): Buffer {
  try {
    const { size } = statSync(path)
    if (size <= FILE_BYTES_MAX) return readFileSync(path)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new HostError({
      code: 'not-found',
      message: `${path} cannot be read: ${why}`,
      hint: 'check the path',
      retryable: true,
    })
  }
  const message = `${path} is larger than ${FILE_BYTES_MAX / 1024 / 1024} MB`
  throw new HostError({ code: 'not-found', message, hint: 'is this the right file?', retryable: false })
}
