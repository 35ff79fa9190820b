/** Channels over Electron's ports, which are event emitters. */
import type { Channel } from '../contract/channel.ts'

type MessageListener = (event: { readonly data: unknown }) => void

/** The part of Electron's `MessagePortMain` that a channel needs. */
export interface EmitterPort {
  postMessage(value: unknown): void
  on(type: 'message', listener: MessageListener): unknown
  on(type: 'close', listener: () => void): unknown
  off(type: 'message', listener: MessageListener): unknown
  start(): void
  close(): void
}

/** Begins to receive at once: listen in the same turn. */
export function emitterPortChannel(port: EmitterPort): Channel {
  port.start()
  return {
    post: (value) => port.postMessage(value),
    onMessage(listener) {
      const hand: MessageListener = ({ data }) => listener(data)
      port.on('message', hand)
      return () => void port.off('message', hand)
    },
    onClose: (listener) => void port.on('close', listener),
    close: () => port.close(),
  }
}
