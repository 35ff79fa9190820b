/** Shows an address in the user's own browser. */
import { spawn } from 'node:child_process'

/** What decides how: Node's `process.platform` and the environment. */
export interface Desktop {
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Program and arguments; undefined when there is no screen to show it on. */
export function openerOf({ platform, env }: Desktop, url: string): readonly [string, ...string[]] | undefined {
  if (platform === 'darwin') return ['open', url]
  // `start` is a word of the shell, and its first quoted argument a title.
  if (platform === 'win32') return ['cmd', '/c', 'start', '', url]
  const hasScreen = (env['DISPLAY'] ?? '') !== '' || (env['WAYLAND_DISPLAY'] ?? '') !== ''
  return hasScreen ? ['xdg-open', url] : undefined
}

/** Whether a program could be started for it. */
export async function openBrowser(desktop: Desktop, url: string): Promise<boolean> {
  const opener = openerOf(desktop, url)
  if (opener === undefined) return false
  const [program, ...args] = opener
  const child = spawn(program, args, { detached: true, stdio: 'ignore' })
  const { promise, resolve } = Promise.withResolvers<boolean>()
  child.on('error', () => resolve(false)).on('spawn', () => resolve(true))
  child.unref()
  return promise
}
