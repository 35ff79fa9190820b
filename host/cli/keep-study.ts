/** Keeps what `headroom run --save` ran in the data folder. */
import { basename } from 'node:path'
import { HostError } from '../contract/host-error.ts'
import type { Host } from '../contract/host.ts'
import type { StudyRequest, StudyResult } from '../contract/study-api.ts'
import type { DataOption } from './data-option.ts'
import { dataFolderOf } from './data-option.ts'
import { withWorkspace } from './kept-runs.ts'
import type { Terminal } from './terminal.ts'

/** A study that has run. */
export interface RunStudy {
  readonly request: StudyRequest
  readonly result: StudyResult
  readonly startedMs: number
}

/** Looks before a long run whether it can be kept. Rejects with a HostError. */
export async function checkKeeping(host: Host, options: DataOption): Promise<void> {
  await withWorkspace(host, options, async ({ api }) => {
    const { readOnlyReason } = await api.hello()
    if (readOnlyReason === null) return
    const message = `the run could not be kept: ${readOnlyReason}`
    const hint = 'run it in the application, keep it elsewhere with --data, or leave out --save'
    throw new HostError({ code: 'read-only', message, hint, retryable: false })
  })
}

/** Rejects with a HostError. */
export async function keepStudy(
  terminal: Terminal,
  host: Host,
  { request, result, startedMs }: RunStudy,
  options: DataOption,
): Promise<void> {
  const { file, overrides } = request
  const { text } = await host.scenarios.validate(
    file,
    overrides.map((override) => override.text),
  )
  if (text === undefined) {
    const message = `the run was not kept: ${file} changed while it ran`
    throw new HostError({ code: 'conflict', message, hint: 'run it again', retryable: true })
  }
  const study = { fileName: basename(file), scenarioText: text, result, startedMs, endedMs: Date.now() }
  const { number } = await withWorkspace(host, options, (workspace) => workspace.keep(study))
  terminal.stderr(`kept as run #${number} in ${dataFolderOf(options)}; headroom runs show ${number} prints it again\n`)
}
