/** The menu of the window, as a template: what the page does is sent to it by name, the rest are the system's roles. */
import type { MenuItemConstructorOptions } from 'electron'

/** What a menu entry asks of the page; the page's command palette knows the same names. */
export type MenuCommand =
  | 'new-scenario'
  | 'import'
  | 'export'
  | 'undo'
  | 'redo'
  | 'run'
  | 'cancel'
  | 'palette'
  | 'shortcuts'
  | `go-${'library' | 'design' | 'run' | 'results' | 'compare'}`

/** What the entries do. */
export interface MenuActions {
  readonly send: (command: MenuCommand) => void
  readonly openFile: () => void
}

/** @param platform as in `process.platform`: macOS has the application's menu in front */
export function menuTemplate(platform: string, { send, openFile }: MenuActions): MenuItemConstructorOptions[] {
  const entry = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    id: command,
    label,
    ...(accelerator === undefined ? {} : { accelerator }),
    click: () => send(command),
  })
  const separator = { type: 'separator' } as const
  const file: MenuItemConstructorOptions[] = [
    entry('New scenario', 'new-scenario', 'CmdOrCtrl+N'),
    { id: 'open-file', label: 'Open…', accelerator: 'CmdOrCtrl+O', click: openFile },
    entry('Export…', 'export', 'CmdOrCtrl+E'),
    separator,
    platform === 'darwin' ? { role: 'close' } : { role: 'quit' },
  ]
  // The page keeps one history of undo over text, fields and canvas, so these are not the system's roles.
  const edit: MenuItemConstructorOptions[] = [
    entry('Undo', 'undo', 'CmdOrCtrl+Z'),
    entry('Redo', 'redo', 'CmdOrCtrl+Shift+Z'),
    separator,
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'selectAll' },
  ]
  const run: MenuItemConstructorOptions[] = [
    entry('Run', 'run', 'CmdOrCtrl+Enter'),
    entry('Cancel the run', 'cancel', 'CmdOrCtrl+.'),
  ]
  const go: MenuItemConstructorOptions[] = [
    entry('Library', 'go-library', 'CmdOrCtrl+1'),
    entry('Design', 'go-design', 'CmdOrCtrl+2'),
    entry('Run', 'go-run', 'CmdOrCtrl+3'),
    entry('Results', 'go-results', 'CmdOrCtrl+4'),
    entry('Compare', 'go-compare', 'CmdOrCtrl+5'),
    separator,
    entry('Command palette', 'palette', 'CmdOrCtrl+K'),
  ]
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    separator,
    { role: 'togglefullscreen' },
  ]
  return [
    ...(platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    { label: 'File', submenu: file },
    { label: 'Edit', submenu: edit },
    { label: 'Run', submenu: run },
    { label: 'Go', submenu: go },
    { label: 'View', submenu: view },
    { role: 'windowMenu' },
    { role: 'help', submenu: [entry('Keyboard shortcuts', 'shortcuts')] },
  ]
}
