/** A channel in the shape that comlink speaks over. */
import type { Endpoint } from 'comlink'
import type { Channel } from './channel.ts'

/** comlink names its listeners with types of the DOM, which are not known here; `never` fits them all. */
type Listener = ((event: never) => void) | { handleEvent(event: never): void }

/**
 * Ports are never transferred: neither a WebSocket nor Electron's ports can carry one inside a value. So `Comlink.proxy`
 * does not cross, and events travel beside the calls.
 */
export function toEndpoint(channel: Channel): Endpoint {
  const removals = new Map<Listener, () => void>()
  return {
    postMessage(message: unknown, transfer?: readonly unknown[]) {
      if (transfer !== undefined && transfer.length > 0) throw new TypeError('this channel cannot transfer objects')
      channel.post(message)
    },
    addEventListener(_type: string, listener: Listener) {
      const hand = (data: unknown): void => {
        const event = { data } as never
        if (typeof listener === 'function') listener(event)
        else listener.handleEvent(event)
      }
      removals.set(listener, channel.onMessage(hand))
    },
    removeEventListener(_type: string, listener: Listener) {
      removals.get(listener)?.()
      removals.delete(listener)
    },
  }
}
