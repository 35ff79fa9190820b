/** The host as a process of its own beside the desktop window: opens the data folder, serves every port it is handed. */
import { availableParallelism } from 'node:os'
import { HostError } from '../contract/host-error.ts'
import { createHost } from '../create-host.ts'
import type { EmitterPort } from '../transport/port-channels.ts'
import { emitterPortChannel } from '../transport/port-channels.ts'
import { serveChannel } from '../transport/serve-channel.ts'

/** How Electron's utility process sees its window's program. */
interface ParentPort {
  on(event: 'message', listener: (message: { readonly data: unknown; readonly ports: EmitterPort[] }) => void): void
  postMessage(value: unknown): void
}

/** Time for the last message to leave before the process ends, in ms. */
const LAST_WORD_MS = 100

const { parentPort } = process as unknown as { readonly parentPort: ParentPort }
const [, , dataFolder = '', libraryFolder = ''] = process.argv
const host = createHost({ nowMs: () => performance.now(), cores: availableParallelism(), libraryFolder })
const opening = host.openWorkspace({ dataFolder, wallMs: () => Date.now() })
opening.catch((error: unknown) => {
  console.error(error)
  if (error instanceof HostError) parentPort.postMessage({ cannotStart: error.details })
  setTimeout(() => process.exit(1), LAST_WORD_MS)
})

parentPort.on('message', ({ data, ports: [port] }) => void (data === 'close' ? close() : serve(port)))

async function serve(port: EmitterPort | undefined): Promise<void> {
  if (port !== undefined) serveChannel(await opening, emitterPortChannel(port))
}

async function close(): Promise<void> {
  await (await opening).close()
  await host.close()
  process.exit(0)
}
