/** Makes sure that there is a page to serve. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { HostError } from '../contract/host-error.ts'

/** Where the page is, and the script that builds it, which only a checkout of the sources has. */
export interface PagePlaces {
  readonly pageFolder: string
  readonly pageBuilder: string
}

/** Builds the page when it is not there and its sources are. @throws HostError `storage` */
export async function ensurePage({ pageFolder, pageBuilder }: PagePlaces): Promise<void> {
  if (existsSync(join(pageFolder, 'index.html'))) return
  if (!existsSync(pageBuilder)) {
    throw missing(`there is no page in ${pageFolder}`, 'install Headroom again, or name its folder with --page')
  }
  const child = spawn(process.execPath, [pageBuilder], { stdio: ['ignore', 2, 2] })
  const { promise, resolve } = Promise.withResolvers<boolean>()
  child.on('error', () => resolve(false)).on('exit', (code) => resolve(code === 0))
  if (!(await promise)) throw missing('the page could not be built', 'what went wrong is told above')
}

function missing(message: string, hint: string): HostError {
  return new HostError({ code: 'storage', message, hint, retryable: true })
}
