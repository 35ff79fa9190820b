/** The calling end of a channel: the host as if it were here. */
import { wrap } from 'comlink'
import type { Channel } from './channel.ts'
import { toEndpoint } from './endpoint.ts'
import type { HostApi, HostEvent, WireFailure } from './host-api.ts'
import { hostMethods } from './host-api.ts'
import { HostError } from './host-error.ts'

/** A host at the other end of a channel. */
export interface HostConnection {
  /** Every call rejects with a HostError: `disconnected` once the channel is closed. */
  readonly api: HostApi
  /** Calls back for every event until the answer is called. */
  onEvent(listener: (event: HostEvent) => void): () => void
  onClose(listener: () => void): void
  close(): void
}

type Call = (...argumentList: readonly unknown[]) => Promise<unknown>

/** Calls over a channel that `serveChannel` answers. */
export function connectChannel(channel: Channel): HostConnection {
  const remote = wrap<Record<string, Call>>(toEndpoint(channel))
  const waiting = new Set<(error: HostError) => void>()
  let closed = false
  channel.onClose(() => {
    closed = true
    for (const reject of waiting) reject(disconnected())
    waiting.clear()
  })
  const call = async (method: string, argumentList: readonly unknown[]): Promise<unknown> => {
    if (closed) throw disconnected()
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    waiting.add(reject)
    const answer = (remote as unknown as Record<string, Call>)[method]?.(...argumentList)
    answer?.then(resolve, (failure: unknown) => reject(hostErrorOf(failure)))
    try {
      return await promise
    } finally {
      waiting.delete(reject)
    }
  }
  const calls = hostMethods.map((method): [string, Call] => [method, (...list) => call(method, list)])
  return {
    api: Object.fromEntries(calls) as unknown as HostApi,
    onEvent: (listener) =>
      channel.onMessage((value) => {
        if (isHostEvent(value)) listener(value)
      }),
    onClose: (listener) => channel.onClose(listener),
    close: () => channel.close(),
  }
}

/** What is no answer to a call. */
function isHostEvent(value: unknown): value is HostEvent {
  return typeof value === 'object' && value !== null && 'event' in value
}

function isWireFailure(value: unknown): value is WireFailure {
  return typeof value === 'object' && value !== null && 'hostError' in value
}

function hostErrorOf(failure: unknown): HostError {
  if (isWireFailure(failure)) return new HostError(failure.hostError)
  const message = failure instanceof Error ? failure.message : String(failure)
  return new HostError({ code: 'internal', message, hint: 'this is a mistake of the program', retryable: false })
}

function disconnected(): HostError {
  const message = 'there is no connection to the host'
  return new HostError({ code: 'disconnected', message, hint: 'try again once it is back', retryable: true })
}
