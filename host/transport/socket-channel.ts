/** Channels over the WebSockets of `ws`, at either end. */
import type { WebSocket } from 'ws'
import type { Channel } from '../contract/channel.ts'

/** Close code of the protocol: what came is no JSON text. */
const NOT_A_VALUE = 1_007

/** Values cross as JSON; what is posted after the end is dropped. */
export function socketChannel(socket: WebSocket): Channel {
  return {
    post(value) {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(value))
    },
    onMessage(listener) {
      const hand = (data: WebSocket.RawData, isBinary: boolean): void => {
        // With the default `binaryType`, text comes as one Buffer.
        const value = isBinary || !Buffer.isBuffer(data) ? undefined : parsed(data.toString('utf8'))
        if (value === undefined) socket.close(NOT_A_VALUE)
        else listener(value)
      }
      socket.on('message', hand)
      return () => void socket.off('message', hand)
    },
    onClose: (listener) => void socket.once('close', listener),
    close: () => socket.close(),
    bufferedBytes: () => socket.bufferedAmount,
  }
}

/** undefined when it is no JSON, which has no undefined of its own. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
