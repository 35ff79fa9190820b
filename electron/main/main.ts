/** The program of the desktop window. Order matters: scheme, sandbox and lock before the application is ready. */
import { join } from 'node:path'
import { app, session, shell } from 'electron'
import { Desktop } from './desktop.ts'
import { lockContents, lockPermissions } from './locks.ts'
import { registerScheme, servePage } from './page-protocol.ts'

/** Deep links: `headroom://open/...`. */
const LINK_SCHEME = 'headroom'

function start(): void {
  registerScheme()
  app.enableSandbox()
  app.setAsDefaultProtocolClient(LINK_SCHEME)
  app.on('web-contents-created', (_event, contents) => lockContents(contents, (url) => void shell.openExternal(url)))
  const desktop = new Desktop()
  const early: string[] = []
  // macOS tells of files and links by events, also before the application is ready.
  const open = (what: string): void => void (app.isReady() ? desktop.open([what]) : early.push(what))
  app.on('open-file', (event, path) => {
    event.preventDefault()
    open(path)
  })
  app.on('open-url', (event, url) => {
    event.preventDefault()
    open(url)
  })
  app.on('second-instance', (_event, args) => {
    desktop.showWindow()
    desktop.open(args.slice(1))
  })
  app.on('activate', () => desktop.showWindow())
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  closeBeforeQuit(desktop)
  void showWhenReady(desktop, early)
}

/** @param early what was asked for before the application was ready */
async function showWhenReady(desktop: Desktop, early: readonly string[]): Promise<void> {
  await app.whenReady()
  lockPermissions(session.defaultSession)
  servePage(join(import.meta.dirname, '..', 'renderer'))
  desktop.start([...process.argv.slice(app.isPackaged ? 1 : 2), ...early])
}

/** The host closes its database first; only then the process may end. */
function closeBeforeQuit(desktop: Desktop): void {
  let isClosed = false
  app.on('before-quit', (event) => {
    if (isClosed) return
    event.preventDefault()
    const quit = async (): Promise<void> => {
      await desktop.close()
      isClosed = true
      app.quit()
    }
    void quit()
  })
}

// One data folder, one window: a second start brings the first one to the front and hands its files over.
if (app.requestSingleInstanceLock()) start()
else app.quit()
