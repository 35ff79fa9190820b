/** A line to the host that mends itself: it connects, asks who is there, and tries again when it breaks. */
import type { Channel } from '../../host/contract/channel.ts'
import type { HostConnection } from '../../host/contract/connect-channel.ts'
import { connectChannel } from '../../host/contract/connect-channel.ts'
import type { HostApi, HostEvent, HostInfo } from '../../host/contract/host-api.ts'
import { hostMethods } from '../../host/contract/host-api.ts'
import { HostError } from '../../host/contract/host-error.ts'
import { retryDelayMs } from './backoff.ts'

/** `connecting` is only at the start; from then on it is connected or lost. */
export type LinkState =
  | { readonly phase: 'connecting' }
  | { readonly phase: 'connected'; readonly info: HostInfo }
  | { readonly phase: 'lost'; readonly retryAtMs: number }

export interface LinkOptions {
  /** Opens a channel to the host, or rejects. */
  readonly open: () => Promise<Channel>
  readonly onState: (state: LinkState) => void
  readonly onEvent: (event: HostEvent) => void
}

export interface Link {
  /** Rejects with HostError `disconnected` while the line is lost; waits while it is being connected at the start. */
  readonly api: HostApi
  /** Connects now, at the start or instead of later. */
  start(): void
  /** What is connected is dead: its host ended. */
  drop(): void
}

/** A host that does not say hello within this is not there. */
const HELLO_MS = 10_000

function disconnected(): HostError {
  return new HostError({
    code: 'disconnected',
    message: 'The connection to the host is lost.',
    hint: 'Your edits are kept in this page. It tries again by itself; then do this once more.',
    retryable: true,
  })
}

/** Makes the line; `start` begins to connect. */
export function createLink({ open, onState, onEvent }: LinkOptions): Link {
  let connection: HostConnection | null = null
  let connecting = false
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  const firstTry = Promise.withResolvers<void>()

  const lose = (): void => {
    const lost = connection
    connection = null
    lost?.close()
    failures++
    const delayMs = retryDelayMs(failures)
    onState({ phase: 'lost', retryAtMs: Date.now() + delayMs })
    firstTry.resolve()
    clearTimeout(timer)
    timer = setTimeout(() => void connect(), delayMs)
  }

  const connect = async (): Promise<void> => {
    if (connecting || connection !== null) return
    connecting = true
    clearTimeout(timer)
    try {
      const fresh = connected(await open(), () => {
        if (connection === fresh) lose()
      })
      const info = await greeted(fresh)
      connection = fresh
      failures = 0
      fresh.onEvent(onEvent)
      onState({ phase: 'connected', info })
      firstTry.resolve()
    } catch {
      lose()
    } finally {
      connecting = false
    }
  }

  const invoke = async (method: keyof HostApi, parameters: readonly unknown[]): Promise<unknown> => {
    if (connection === null) await firstTry.promise
    if (connection === null) throw disconnected()
    const called = connection.api[method] as (...given: readonly unknown[]) => Promise<unknown>
    return await called(...parameters)
  }
  const methods = hostMethods.map((method) => [
    method,
    async (...parameters: readonly unknown[]) => await invoke(method, parameters),
  ])
  return {
    api: Object.fromEntries(methods) as HostApi,
    start: () => void connect(),
    drop: () => {
      if (connection !== null) lose()
    },
  }
}

function connected(channel: Channel, onClose: () => void): HostConnection {
  const connection = connectChannel(channel)
  connection.onClose(onClose)
  return connection
}

/** Rejects when the host does not say who it is in time. */
async function greeted(connection: HostConnection): Promise<HostInfo> {
  const timer = setTimeout(() => connection.close(), HELLO_MS)
  try {
    return await connection.api.hello()
  } catch (error) {
    connection.close()
    throw error
  } finally {
    clearTimeout(timer)
  }
}
