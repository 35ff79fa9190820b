/** The one window: created locked down, shown when it has something to show, remembered where it stood. */
import { join } from 'node:path'
import { BrowserWindow, app, screen } from 'electron'
import { ORIGIN } from '../channels.ts'
import { webPreferences } from './policy.ts'
import { openingBounds, readWindowState, SMALLEST, writeWindowState } from './window-state.ts'

/** Opens the window and loads the page. */
export function openMainWindow(): BrowserWindow {
  const stateFile = join(app.getPath('userData'), 'window.json')
  const state = readWindowState(stateFile)
  const screens = screen.getAllDisplays().map(({ workArea }) => workArea)
  const window = new BrowserWindow({
    ...openingBounds(state, screens),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    title: 'Headroom',
    webPreferences: { ...webPreferences, preload: join(import.meta.dirname, 'preload.cjs') },
  })
  window.once('ready-to-show', () => {
    if (state?.isMaximised === true) window.maximize()
    window.show()
  })
  window.on('close', () => {
    writeWindowState(stateFile, { bounds: window.getNormalBounds(), isMaximised: window.isMaximized() })
  })
  // A page that died is loaded anew: everything it showed stands in the host.
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') window.webContents.reload()
  })
  void window.loadURL(`${ORIGIN}/`)
  return window
}
