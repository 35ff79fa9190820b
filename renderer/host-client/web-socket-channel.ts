/** The channel of the browser door: one WebSocket on the origin of the page. */
import type { Channel } from '../../host/contract/channel.ts'

/** Opens it, or rejects when nobody answers. */
export async function openWebSocket(url: string): Promise<Channel> {
  const socket = new WebSocket(url)
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true })
    socket.addEventListener('error', () => reject(new Error('The host does not answer.')), { once: true })
    socket.addEventListener('close', () => reject(new Error('The host does not answer.')), { once: true })
  })
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

/** Where the page's own server takes calls. */
export function socketUrl(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/rpc`
}
