// Saves scenarios and runs one, over and over, in a real workspace, and tells of each on stdout once it is acknowledged. It
// is ended by whoever started it.
import { writeSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createHost } from '../../host/create-host.ts'
import type { Acknowledged } from './kill-nine-texts.ts'
import { textOf } from './kill-nine-texts.ts'

const [, , dataFolder = '', first = '0'] = process.argv

/** Between two saves, in ms: threads get their turn, too. */
const PAUSE_MS = 2

function tell(acknowledged: Acknowledged): void {
  writeSync(1, `${JSON.stringify(acknowledged)}\n`)
}

const libraryFolder = fileURLToPath(new URL('../../scenarios/', import.meta.url))
const host = createHost({ nowMs: () => performance.now(), cores: 1, libraryFolder })
const workspace = await host.openWorkspace({ dataFolder, wallMs: Date.now })
const { api } = workspace
workspace.onEvent((event) => {
  if (event.event !== 'run-changed' || event.run.status !== 'done') return
  tell({ kind: 'done', id: event.run.id, fingerprint: event.run.fingerprint })
})
tell({ kind: 'ready' })

let number = Number(first)
const document = await api.createScenario({ from: 'text', fileName: 'victim.yaml', text: textOf(number) })
tell({ kind: 'saved', id: document.id, number })
for (let { revision } = document; ;) {
  number += 1
  const save = { id: document.id, text: textOf(number), layout: {}, baseRevision: revision }
  revision = (await api.saveScenario(save)).revision
  tell({ kind: 'saved', id: document.id, number })
  const start = await api.startRun({ scenarioId: document.id, seed: number })
  if (start.kind === 'started') tell({ kind: 'started', id: start.run.id })
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
}
