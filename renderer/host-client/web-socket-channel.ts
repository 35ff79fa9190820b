/** The channel of the browser door: one WebSocket on the origin of the page. */
import type { Channel } from '../../host/contract/channel.ts'

/** What the server answers to a page whose session it does not know. */
const FORBIDDEN = 403

/** Opens it, or rejects when nobody answers. A page that is not let in any more is loaded anew, which says what to do. */
export async function openWebSocket(url: string): Promise<Channel> {
  const socket = new WebSocket(url)
  try {
    await opened(socket)
  } catch (error) {
    if (await isLockedOut()) location.reload()
    throw error
  }
  return {
    post: (value) => socket.send(JSON.stringify(value)),
    onMessage(listener) {
      const take = (event: MessageEvent): void => listener(JSON.parse(String(event.data)))
      socket.addEventListener('message', take)
      return () => socket.removeEventListener('message', take)
    },
    onClose: (listener) => socket.addEventListener('close', listener, { once: true }),
    close: () => socket.close(),
  }
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true })
    socket.addEventListener('error', () => reject(new Error('The host does not answer.')), { once: true })
    socket.addEventListener('close', () => reject(new Error('The host does not answer.')), { once: true })
  })
}

/** A browser does not say why a socket was refused, so the page itself is asked for. */
async function isLockedOut(): Promise<boolean> {
  try {
    const { status } = await fetch('./', { method: 'HEAD', cache: 'no-store' })
    return status === FORBIDDEN
  } catch {
    return false
  }
}

/** Where the page's own server takes calls. */
export function socketUrl(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/rpc`
}
