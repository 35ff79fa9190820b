// Opens the store of a folder in a process of its own, tells what it found as one line of JSON, and waits to be ended.
import { HostError } from '../../../host/contract/host-error.ts'
import { openStore } from '../../../host/store/open-store.ts'

const [, , folder = '', mode = 'look'] = process.argv

function tell(found: object): void {
  process.stdout.write(`${JSON.stringify(found)}\n`)
}

try {
  const store = openStore({ folder, wallMs: Date.now })
  const scenarios = store.scenarios.list().map(({ fileName }) => fileName)
  tell({ readOnlyReason: store.readOnlyReason, scenarios, notices: store.notices.length })
  if (mode === 'hold') setInterval(() => undefined, 60_000)
  else store.close()
} catch (error) {
  if (!(error instanceof HostError)) throw error
  tell({ error: error.details })
}
