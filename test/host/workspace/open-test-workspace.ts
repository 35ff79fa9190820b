// Workspaces in temporary folders, over a small library of scenarios.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { HostApi, HostEvent } from '../../../host/contract/host-api.ts'
import type { RunRequest, RunSummary } from '../../../host/contract/run-records.ts'
import { createHost } from '../../../host/create-host.ts'
import { queueScenario } from '../support/scenarios.ts'

/** Scenarios that ship with the program under test. */
const LIBRARY: Readonly<Record<string, string>> = {
  'black-friday.yaml': queueScenario().replace('One queue', 'Black Friday'),
  'a-quiet-day.yaml': queueScenario().replace('One queue', 'A quiet day'),
  'incident.yaml': 'version: 1\nextends: ./black-friday.yaml\nname: Incident\n',
  'read-me.txt': 'not a scenario',
}

/** An open workspace, and what it told. */
export interface TestWorkspace {
  readonly api: HostApi
  readonly folder: string
  readonly events: HostEvent[]
  /** The id of a scenario by its file name. */
  readonly idOf: (fileName: string) => Promise<string>
  /** Runs to the end. */
  readonly run: (request: RunRequest) => Promise<RunSummary>
  close(): Promise<void>
}

/** Opens one; `folder` is a new one when it is not given. */
export async function openTestWorkspace(folder = temporaryFolder()): Promise<TestWorkspace> {
  const libraryFolder = join(folder, 'library')
  mkdirSync(libraryFolder, { recursive: true })
  for (const [name, text] of Object.entries(LIBRARY)) writeFileSync(join(libraryFolder, name), text)
  const host = createHost({ nowMs: () => performance.now(), cores: 2, libraryFolder })
  let nowMs = Date.now()
  // Every look at the clock is a little later, so that what changed last is never in doubt.
  const wallMs = (): number => (nowMs += 1)
  const workspace = await host.openWorkspace({ dataFolder: join(folder, 'data'), wallMs })
  const events: HostEvent[] = []
  workspace.onEvent((event) => events.push(event))
  let isOpen = true
  const close = async (): Promise<void> => {
    if (!isOpen) return
    isOpen = false
    await workspace.close()
    await host.close()
  }
  onTestFinished(close)
  const { api } = workspace
  return {
    api,
    folder,
    events,
    close,
    idOf: async (fileName) => {
      const card = (await api.listScenarios()).find((scenario) => scenario.fileName === fileName)
      if (card === undefined) throw new Error(`there is no ${fileName}`)
      return card.id
    },
    run: async (request) => {
      const { promise, resolve } = Promise.withResolvers<RunSummary>()
      const stop = workspace.onEvent((event) => {
        if (event.event === 'run-changed' && event.run.endedMs !== null) resolve(event.run)
      })
      const start = await api.startRun(request)
      const ended = start.kind === 'started' ? await promise : undefined
      stop()
      if (ended === undefined) throw new Error(`the run is ${start.kind}`)
      return ended
    },
  }
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-workspace-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
