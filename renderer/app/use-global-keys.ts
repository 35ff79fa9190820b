/** Keys that work on every screen, and the entries of the desktop window's menu, which go by the same names. */
import { spotlight } from '@mantine/spotlight'
import { useEffect } from 'react'
import { desktop } from '../host-client/desktop.ts'
import { hostDied } from '../host-client/host.ts'
import { parseAddress, useView } from '../stores/view-store.ts'
import { runCommand } from './commands.ts'
import { importFiles } from './import-files.ts'
import { belongsToField } from './keys.ts'
import { openShortcuts } from './shortcuts-store.ts'

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    if (runCommand('run')) event.preventDefault()
    return
  }
  if (event.ctrlKey || event.metaKey || event.altKey || belongsToField(event.target)) return
  // An open dialog or menu has the first right to Esc, wherever the focus is.
  if (event.key === 'Escape' && document.querySelector('[role="dialog"], [role="menu"]') === null) runCommand('cancel')
  else if (event.key === '?') openShortcuts()
}

export function useGlobalKeys(): void {
  useEffect(() => {
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  useEffect(() => {
    const window = desktop()
    if (window === undefined) return undefined
    const ends = [
      window.onMenu((command) => {
        if (command === 'palette') spotlight.open()
        else if (command === 'shortcuts') openShortcuts()
        else runCommand(command)
      }),
      window.onOpen((request) => {
        if (request.kind === 'file') {
          void importFiles([request.file])
          return
        }
        const { view, subject, parameters } = parseAddress(request.address)
        useView.getState().go(view, subject, parameters)
      }),
      window.onHostDied(hostDied),
    ]
    return () => {
      for (const end of ends) end()
    }
  }, [])
}
