/** Runs between the window and its page: hands the page a few named functions, never Electron itself. */
import { contextBridge, ipcRenderer } from 'electron'
import type { DesktopBridge } from '../../host/contract/desktop-bridge.ts'
import { HOST_PORT_MESSAGE } from '../../host/contract/desktop-bridge.ts'
import { channels, ORIGIN } from '../channels.ts'

/** Calls back with the first argument of every message of a channel. */
function listen(channel: string, listener: (value: never) => void): () => void {
  const onMessage = (_event: unknown, ...values: readonly unknown[]): void => listener(values[0] as never)
  ipcRenderer.on(channel, onMessage)
  return () => void ipcRenderer.off(channel, onMessage)
}

const bridge: DesktopBridge = {
  platform: process.platform,
  requestPort: () => ipcRenderer.send(channels.requestPort),
  onMenu: (listener) => listen(channels.menu, listener),
  onOpen: (listener) => listen(channels.open, listener),
  onHostDied: (listener) => listen(channels.hostDied, () => listener()),
}

contextBridge.exposeInMainWorld('headroomDesktop', bridge)

// A port cannot cross the bridge as a value, only as part of a message of the window.
ipcRenderer.on(channels.port, (event) => window.postMessage(HOST_PORT_MESSAGE, ORIGIN, event.ports))
