/** The one way to the host for everything in the page. */
import type { HostApi, HostEvent, HostInfo } from '../../host/contract/host-api.ts'
import { desktop } from './desktop.ts'
import type { LinkState } from './link.ts'
import { createLink } from './link.ts'
import { openPort } from './port-channel.ts'
import { openWebSocket, socketUrl } from './web-socket-channel.ts'

const eventListeners = new Set<(event: HostEvent) => void>()
const stateListeners = new Set<(state: LinkState) => void>()
const reconnectListeners = new Set<(now: HostInfo, then: HostInfo | null) => void>()
let state: LinkState = { phase: 'connecting' }

let before: HostInfo | null = null

const link = createLink({
  open: async () => {
    const bridge = desktop()
    return await (bridge === undefined ? openWebSocket(socketUrl()) : openPort(bridge))
  },
  onState(next) {
    const lost = state.phase === 'lost'
    state = next
    for (const listener of stateListeners) listener(next)
    if (next.phase !== 'connected') return
    const last = before
    before = next.info
    if (lost) for (const listener of reconnectListeners) listener(next.info, last)
  },
  onEvent(event) {
    for (const listener of eventListeners) listener(event)
  },
})

/**
 * Every method rejects with HostError `disconnected` while there is no connection. What is called before the first
 * connection waits for it.
 */
export const host: HostApi = link.api

/** Connects, or tries again at once. */
export function connectHost(): void {
  link.start()
}

/** The host ended: what is connected to it is dead. */
export function hostDied(): void {
  link.drop()
}

/** Calls back for everything that the host tells by itself, until the answer is called. */
export function onHostEvent(listener: (event: HostEvent) => void): () => void {
  eventListeners.add(listener)
  return () => void eventListeners.delete(listener)
}

/** Calls back now and whenever the connection comes or goes, until the answer is called. */
export function onLinkState(listener: (next: LinkState) => void): () => void {
  stateListeners.add(listener)
  listener(state)
  return () => void stateListeners.delete(listener)
}

/**
 * Calls back when a lost connection is there again, with the host of now and of then (null when it never
 * answered before): what was read may be out of date. Until the answer is called.
 */
export function onReconnected(listener: (now: HostInfo, then: HostInfo | null) => void): () => void {
  reconnectListeners.add(listener)
  return () => void reconnectListeners.delete(listener)
}
