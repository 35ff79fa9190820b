// A host inside the test process, to read what an application kept, or to serve a page without a socket.
import { join } from 'node:path'
import type { Workspace } from '../../host/contract/host.ts'
import { createHost } from '../../host/create-host.ts'
import { projectRoot } from '../architecture/project.ts'

/** An open data folder; ends with its threads when disposed of. */
export interface OpenFolder extends AsyncDisposable {
  readonly workspace: Workspace
}

/** Opens a data folder that no other process has open. */
export async function openFolder(dataFolder: string): Promise<OpenFolder> {
  const host = createHost({ nowMs: () => performance.now(), cores: 2, libraryFolder: join(projectRoot, 'scenarios') })
  const workspace = await host.openWorkspace({ dataFolder, wallMs: () => Date.now() })
  return {
    workspace,
    [Symbol.asyncDispose]: async () => {
      await workspace.close()
      await host.close()
    },
  }
}
