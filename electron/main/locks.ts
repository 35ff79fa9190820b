/** Locks every page in: it stays on our own address, opens no windows and gets no permissions. */
import type { Session, WebContents } from 'electron'
import { isOwnUrl, mayOpenExternally } from './policy.ts'

/** Hosts of the sources that help pages name; a link there opens in the user's browser. */
const HELP_HOSTS: ReadonlySet<string> = new Set([
  'kubernetes.io',
  'redis.io',
  'nginx.org',
  'dl.acm.org',
  'www.usenix.org',
])

/** The one permission a page has: putting what the user copies onto the clipboard. */
const CLIPBOARD_WRITE = 'clipboard-sanitized-write'

/** @param openInBrowser opens an address outside the application */
export function lockContents(contents: WebContents, openInBrowser: (url: string) => void): void {
  contents.on('will-navigate', (event) => {
    if (!isOwnUrl(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!isOwnUrl(event.url)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenExternally(url, HELP_HOSTS)) openInBrowser(url)
    return { action: 'deny' }
  })
}

/** Denies everything but the clipboard to everybody, asked or checked. */
export function lockPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(permission === CLIPBOARD_WRITE))
  session.setPermissionCheckHandler((_contents, permission) => permission === CLIPBOARD_WRITE)
  session.setDevicePermissionHandler(() => false)
}
