/** The answering end of a channel: checks every call, hands it to the host, and tells what happens there. */
import { expose } from 'comlink'
import type { Channel } from '../contract/channel.ts'
import { toEndpoint } from '../contract/endpoint.ts'
import type { HostApi, WireFailure } from '../contract/host-api.ts'
import { hostMethods } from '../contract/host-api.ts'
import type { HostErrorDetails } from '../contract/host-error.ts'
import { HostError } from '../contract/host-error.ts'
import type { Workspace } from '../contract/host.ts'
import { argumentSchemas } from './argument-schemas.ts'
import { EventSender } from './event-sender.ts'
import { onlyCalls } from './only-calls.ts'

/** Told of every failure that the other end learns no details of. */
export type FailureLog = (method: string, error: unknown) => void

/** One line of JSON on stderr. */
export const failuresToStderr: FailureLog = (method, error) => {
  const detail = error instanceof HostError ? (error.details.trace ?? error.stack) : error
  const text = detail instanceof Error ? detail.stack : String(detail)
  console.error(JSON.stringify({ time: new Date().toISOString(), level: 'error', method, error: text }))
}

/** Serves until the channel closes. */
export function serveChannel(
  workspace: Pick<Workspace, 'api' | 'onEvent'>,
  channel: Channel,
  log: FailureLog = failuresToStderr,
): void {
  const methods = hostMethods.map((method) => [method, answering(workspace.api, method, log)] as const)
  expose(Object.fromEntries(methods), toEndpoint(onlyCalls(channel, new Set(hostMethods))))
  const sender = new EventSender(channel)
  const unlisten = workspace.onEvent((event) => sender.send(event))
  channel.onClose(() => {
    unlisten()
    sender.stop()
  })
}

type Answering = (...argumentList: readonly unknown[]) => Promise<unknown>

/** comlink keeps the words of an Error and loses the rest, so a failure crosses as a plain object. */
function answering(api: HostApi, method: keyof HostApi, log: FailureLog): Answering {
  const run = api[method].bind(api) as Answering
  return async (...argumentList) => {
    const checked = argumentSchemas[method].safeParse(argumentList)
    if (!checked.success) return refused(invalidCall(method, checked.error.issues[0]))
    try {
      return await run(...checked.data)
    } catch (error) {
      return refused(detailsFor(method, error, log))
    }
  }
}

function refused(hostError: HostErrorDetails): Promise<never> {
  const failure: WireFailure = { hostError }
  return Promise.reject(failure)
}

/** Where in the program it arose stays here. */
function detailsFor(method: string, error: unknown, log: FailureLog): HostErrorDetails {
  if (!(error instanceof HostError)) {
    log(method, error)
    const message = `the host could not finish ${method}: a mistake of the program`
    return { code: 'internal', message, hint: 'its log tells where it arose', retryable: false }
  }
  const { trace, ...details } = error.details
  if (trace !== undefined) log(method, error)
  return details
}

interface Issue {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

function invalidCall(method: string, issue: Issue | undefined): HostErrorDetails {
  const place = [method, ...(issue?.path ?? []).map(String)].join('.')
  const message = `${place}: ${issue?.message ?? 'not an argument of this method'}`
  return { code: 'invalid-call', message, hint: 'reload the page: it may be older than the host', retryable: false }
}
