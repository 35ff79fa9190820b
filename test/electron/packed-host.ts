// Plays the window's part for a packed host process: hands it a port, asks for a run of M/M/1, prints how it ended.
import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { connectChannel } from '../../host/contract/connect-channel.ts'
import type { Channel } from '../../host/contract/channel.ts'

/** The port as Electron would dress it: an emitter of events with `data`. */
function dressed(port: MessagePort) {
  const emitter = new EventEmitter()
  port.on('message', (data: unknown) => emitter.emit('message', { data }))
  port.on('close', () => emitter.emit('close'))
  return Object.assign(emitter, {
    postMessage: (value: unknown) => port.postMessage(value),
    start: () => port.start(),
    close: () => port.close(),
  })
}

function channelOf(port: MessagePort): Channel {
  return {
    post: (value) => port.postMessage(value),
    onMessage(listener) {
      port.on('message', listener)
      return () => void port.off('message', listener)
    },
    onClose: (listener) => void port.on('close', listener),
    close: () => port.close(),
  }
}

const [, , program = '', dataFolder = '', libraryFolder = ''] = process.argv
const parentPort = Object.assign(new EventEmitter(), { postMessage: (value: unknown) => console.error(value) })
Object.assign(process, { parentPort, argv: [process.execPath, program, dataFolder, libraryFolder] })
await import(program)

const { port1, port2 } = new MessageChannel()
parentPort.emit('message', { data: 'client', ports: [dressed(port1)] })
const host = connectChannel(channelOf(port2))
const ended = Promise.withResolvers<void>()
host.onEvent((event) => {
  if (event.event === 'run-changed' && event.run.endedMs !== null) ended.resolve()
})
const card = (await host.api.listScenarios()).find(({ fileName }) => fileName === 'mm1.yaml')
const started = await host.api.startRun({ scenarioId: card?.id ?? '', replications: 2, precision: null })
if (started.kind === 'invalid') throw new Error(JSON.stringify(started.problems))
await ended.promise
const { summary } = await host.api.readRun(started.run.id)
console.log(JSON.stringify({ status: summary.status, verdict: summary.verdict, fingerprint: summary.fingerprint }))
parentPort.emit('message', { data: 'close', ports: [] })
