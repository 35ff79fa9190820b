/** The channel of the desktop door: a port that the window's preload script hands to the page. */
import type { Channel } from '../../host/contract/channel.ts'
import type { DesktopBridge } from '../../host/contract/desktop-bridge.ts'
import { HOST_PORT_MESSAGE } from '../../host/contract/desktop-bridge.ts'

/** The window asks a starting host for a port; it should not take longer. */
const PORT_MS = 10_000

/** Asks for a port and waits until it comes. */
export async function openPort(bridge: DesktopBridge): Promise<Channel> {
  return await new Promise<Channel>((resolve, reject) => {
    const timer = setTimeout(() => {
      removeEventListener('message', take)
      reject(new Error('The window gave no port to the host.'))
    }, PORT_MS)
    const take = (event: MessageEvent): void => {
      const port = event.ports[0]
      if (event.source !== window || event.data !== HOST_PORT_MESSAGE || port === undefined) return
      clearTimeout(timer)
      removeEventListener('message', take)
      resolve(portChannel(port))
    }
    addEventListener('message', take)
    bridge.requestPort()
  })
}

/** A DOM port as a channel. The end that closes a port is not told, so the channel tells it. */
function portChannel(port: MessagePort): Channel {
  const closers = new Set<() => void>()
  const closed = (): void => {
    const told = [...closers]
    closers.clear()
    for (const listener of told) listener()
  }
  port.addEventListener('close', closed)
  port.start()
  return {
    post: (value) => port.postMessage(value),
    onMessage(listener) {
      const take = (event: MessageEvent): void => listener(event.data)
      port.addEventListener('message', take)
      return () => port.removeEventListener('message', take)
    },
    onClose: (listener) => void closers.add(listener),
    close() {
      port.close()
      closed()
    },
  }
}
