/** Decisions about addresses and files, pure so that they are tested without Electron. */
import { join, normalize, sep } from 'node:path'
import { ORIGIN } from '../channels.ts'

/** Whether an address is of our own page. */
export function isOwnUrl(url: string): boolean {
  const parsed = URL.parse(url)
  return parsed !== null && `${parsed.protocol}//${parsed.host}` === ORIGIN
}

/** Whether a link may open in the user's browser: https, no credentials, one of the hosts that our help names. */
export function mayOpenExternally(url: string, allowedHosts: ReadonlySet<string>): boolean {
  const parsed = URL.parse(url)
  return parsed !== null && parsed.protocol === 'https:' && parsed.username === '' && allowedHosts.has(parsed.hostname)
}

/** The file below `root` that a request of our scheme means; undefined for anything else. */
export function resolveAsset(url: string, root: string): string | undefined {
  if (!isOwnUrl(url)) return undefined
  const path = decoded(new URL(url).pathname)
  if (path === undefined || path.includes('\0') || path.includes('\\')) return undefined
  const file = join(root, normalize(path === '/' ? '/index.html' : path))
  return file.startsWith(root + sep) ? file : undefined
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

/** What a page may and may not: it is as untrusted as any page of the web. */
export const webPreferences = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  safeDialogs: true,
  spellcheck: false,
} as const
