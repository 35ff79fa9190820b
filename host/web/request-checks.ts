/** Decides about a request from its head alone, before anything is done for it. */
import type { IncomingHttpHeaders } from 'node:http'
import type { SessionKeys } from './session-keys.ts'

/** The part of a request that is looked at. */
export interface RequestHead {
  readonly method?: string | undefined
  readonly headers: IncomingHttpHeaders
}

/** Where the host is reached: on this machine, on one port. */
export interface Place {
  readonly port: number
  readonly sessions: SessionKeys
}

/** Cookies do not tell ports apart, so that two hosts need two names. */
export function cookieName(port: number): string {
  return `headroom-${port}`
}

/** The status that a request is refused with; undefined when it may come in. */
export function refusalOf({ method, headers }: RequestHead, { port }: Place): number | undefined {
  // Another name that leads here is one that somebody else's name server gave out (DNS rebinding).
  if (!isOwnHost(headers.host, port)) return 421
  if (method !== 'GET' && method !== 'HEAD') return 405
  if (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0) return 413
  if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`) return 403
  // Pages of other origins may lead here, which is a navigation, but may not load anything.
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && headers['sec-fetch-mode'] !== 'navigate') {
    return 403
  }
  return undefined
}

/** Whether a WebSocket may be opened: from our own page, in a session. */
export function mayOpenSocket({ method, headers }: RequestHead, place: Place): boolean {
  return (
    method === 'GET' &&
    isOwnHost(headers.host, place.port) &&
    headers.origin === `http://${headers.host}` &&
    isInSession(headers, place)
  )
}

/** Whether the cookie of a session came along. */
export function isInSession(headers: IncomingHttpHeaders, { port, sessions }: Place): boolean {
  const prefix = `${cookieName(port)}=`
  return (headers.cookie ?? '')
    .split(/;\s*/u)
    .some((cookie) => cookie.startsWith(prefix) && sessions.isSession(cookie.slice(prefix.length)))
}

function isOwnHost(host: string | undefined, port: number): boolean {
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`
}
