// The same contract over every transport: within a process, over message ports as the desktop has them, over WebSockets.
import { EventEmitter } from 'node:events'
import type { Channel } from '../../../host/contract/channel.ts'
import type { EmitterPort } from '../../../host/transport/port-channels.ts'
import { emitterPortChannel } from '../../../host/transport/port-channels.ts'
import { serveChannel } from '../../../host/transport/serve-channel.ts'
import { servedDoor } from '../web/served-door.ts'
import { describeTransport } from './contract-suite.ts'

/** Two ends in one process; values are copied, as they are everywhere else. */
function channelPair(): readonly [Channel, Channel] {
  const wires = [new EventEmitter(), new EventEmitter()] as const
  const hangUp = (): void => {
    for (const wire of wires) queueMicrotask(() => wire.emit('close'))
  }
  const end = (own: EventEmitter, other: EventEmitter): Channel => ({
    post: (value) => {
      const copy: unknown = structuredClone(value)
      queueMicrotask(() => other.emit('message', copy))
    },
    onMessage(listener) {
      own.on('message', listener)
      return () => void own.off('message', listener)
    },
    onClose: (listener) => void own.once('close', listener),
    close: hangUp,
  })
  return [end(wires[0], wires[1]), end(wires[1], wires[0])]
}

/** A genuine port with the manners of Electron's. */
function emitterOver(port: MessagePort): EmitterPort {
  const emitter = new EventEmitter()
  port.addEventListener('message', ({ data }) => emitter.emit('message', { data: data as unknown }))
  port.addEventListener('close', () => emitter.emit('close'))
  return Object.assign(emitter, {
    postMessage: (value: unknown) => port.postMessage(value),
    start: () => port.start(),
    close: () => port.close(),
  })
}

describeTransport('one process', async (workspace, log) => {
  const [near, far] = channelPair()
  serveChannel(workspace, far, log)
  return near
})

describeTransport('message ports', async (workspace, log) => {
  const { port1, port2 } = new MessageChannel()
  serveChannel(workspace, emitterPortChannel(emitterOver(port1)), log)
  return emitterPortChannel(emitterOver(port2))
})

describeTransport('WebSocket', async (workspace, log, cleanUp) => {
  const door = await servedDoor(workspace, log)
  cleanUp(() => door.close())
  return door.connect()
})
