/** The browser door: serves the page and its connection to the host on the loopback address, to invited browsers only. */
import { randomBytes } from 'node:crypto'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { Workspace } from '../contract/host.ts'
import { contentSecurityPolicy, withStyleNonce } from '../contract/page-security.ts'
import type { FailureLog } from '../transport/serve-channel.ts'
import { failuresToStderr, serveChannel } from '../transport/serve-channel.ts'
import { socketChannel } from '../transport/socket-channel.ts'
import { isImmutable, PageFiles } from './page-files.ts'
import { proveIdentity } from './running-host.ts'
import type { RefusalReason } from './refusal-page.ts'
import { refusalPage } from './refusal-page.ts'
import type { Place } from './request-checks.ts'
import { cookieName, isInSession, mayOpenSocket, refusalOf } from './request-checks.ts'
import { SessionKeys } from './session-keys.ts'

/** Where the page opens its WebSocket. */
const SOCKET_PATH = '/rpc'

/** Most bytes of one message: a bundle of long runs has a few million. */
const MESSAGE_BYTES_MAX = 16 * 1024 * 1024

/** Most open connections: pages of one user. */
const SOCKETS_MAX = 32

/** Most bytes of a request's head, and the time for it to come, in ms. */
const HEAD_BYTES_MAX = 16_384
const HEAD_TIMEOUT_MS = 10_000

/** Bytes of a style nonce. */
const NONCE_BYTES = 18

/** How long a browser keeps the cookie, in s; the session itself ends by its own clock. */
const COOKIE_SECONDS = 7_776_000

/** What a door is made of. */
export interface WebDoorOptions {
  /** Absolute path of the folder with the built page. */
  readonly pageFolder: string
  /** Signs sessions. */
  readonly key: Buffer
  /** 0 takes a free one. */
  readonly port: number
  /** The wall clock, in ms since 1970. */
  readonly wallMs: () => number
  /** stderr when absent. */
  readonly log?: FailureLog
}

/** What a door needs of an open data folder. */
export type ServedWorkspace = Pick<Workspace, 'api' | 'onEvent' | 'close'>

/** An open door. */
export interface WebDoor {
  readonly port: number
  /** An address that lets one browser in, once. */
  link(): string
  close(): Promise<void>
}

/**
 * Takes the port first and opens the workspace then: requests wait for it.
 * @param openWorkspace called once the port is ours
 * @throws Node's error `EADDRINUSE` when the port is taken, and what `openWorkspace` rejects with
 */
export async function openWebDoor(
  options: WebDoorOptions,
  openWorkspace: () => Promise<ServedWorkspace>,
): Promise<WebDoor> {
  const log = options.log ?? failuresToStderr
  const server = createServer({ maxHeaderSize: HEAD_BYTES_MAX, headersTimeout: HEAD_TIMEOUT_MS })
  const port = await listen(server, options.port)
  let workspace: ServedWorkspace
  try {
    workspace = await openWorkspace()
  } catch (error) {
    server.close()
    throw error
  }
  const sessions = new SessionKeys(options.key, port, options.wallMs)
  const place: Place = { port, sessions }
  const files = new PageFiles(options.pageFolder)
  server.on('request', (request, response) => void answer(request, response, place, files))
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_BYTES_MAX })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.url !== SOCKET_PATH || !mayOpenSocket(request, place)) return hangUp(socket, '403 Forbidden')
    if (sockets.clients.size >= SOCKETS_MAX) return hangUp(socket, '503 Service Unavailable')
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      // Too large a message, a broken frame: ws closes the connection by itself.
      webSocket.on('error', (error) => log('socket', error))
      serveChannel(workspace, socketChannel(webSocket), log)
    })
  })
  return {
    port,
    link: () => `http://127.0.0.1:${port}/?token=${sessions.make('link')}`,
    async close() {
      for (const client of sockets.clients) client.close(1_001)
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      await workspace.close()
      for (const client of sockets.clients) client.terminate()
      server.closeAllConnections()
      await closed
    },
  }
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}

function hangUp(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  place: Place,
  files: PageFiles,
): Promise<void> {
  const nonce = randomBytes(NONCE_BYTES).toString('base64')
  setSafetyHeaders(response, nonce)
  const refusal = refusalOf(request, place)
  if (refusal !== undefined) {
    // What comes after the head is not read.
    response.writeHead(refusal, { connection: 'close' }).end()
    return
  }
  const url = new URL(request.url ?? '/', `http://127.0.0.1:${place.port}`)
  const inSession = isInSession(request.headers, place)
  const token = url.searchParams.get('token')
  if (url.pathname === '/' && token !== null) {
    letIn(response, token, inSession, place, nonce)
    return
  }
  if (!inSession) {
    proveIdentity(request, response, place)
    refuse(response, 'no-session', nonce)
    return
  }
  await sendFile(request, response, url.pathname === '/' ? '/index.html' : url.pathname, files, nonce)
}

function setSafetyHeaders(response: ServerResponse, nonce: string): void {
  response.setHeader('content-security-policy', contentSecurityPolicy(nonce))
  response.setHeader('x-content-type-options', 'nosniff')
  response.setHeader('referrer-policy', 'no-referrer')
  response.setHeader('cross-origin-opener-policy', 'same-origin')
  response.setHeader('cross-origin-resource-policy', 'same-origin')
  response.setHeader('cache-control', 'no-store')
}

/** Exchanges a link for a session; the token leaves the address bar. */
function letIn(response: ServerResponse, token: string, inSession: boolean, place: Place, nonce: string): void {
  const good = place.sessions.useLink(token)
  if (!good && !inSession) {
    refuse(response, 'link-used', nonce)
    return
  }
  if (good) {
    const cookie = `${cookieName(place.port)}=${place.sessions.make('session')}`
    response.setHeader('set-cookie', `${cookie}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${COOKIE_SECONDS}`)
  }
  response.writeHead(303, { location: '/' }).end()
}

function refuse(response: ServerResponse, reason: RefusalReason, nonce: string): void {
  response.writeHead(403, { 'content-type': 'text/html; charset=utf-8' }).end(refusalPage(reason, nonce))
}

async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  files: PageFiles,
  nonce: string,
): Promise<void> {
  const file = await files.read(path)
  if (file === undefined) {
    response.writeHead(404).end()
    return
  }
  response.setHeader('content-type', file.type)
  if (path.endsWith('.html')) {
    response.end(withStyleNonce(file.body.toString('utf8'), nonce))
    return
  }
  response.setHeader('cache-control', isImmutable(path) ? 'private, max-age=31536000, immutable' : 'no-cache')
  response.setHeader('etag', file.tag)
  response.setHeader('vary', 'accept-encoding')
  if (request.headers['if-none-match'] === file.tag) {
    response.writeHead(304).end()
    return
  }
  const gzipped = /\bgzip\b/u.test(request.headers['accept-encoding'] ?? '') ? file.gzipped : undefined
  if (gzipped !== undefined) response.setHeader('content-encoding', 'gzip')
  response.end(gzipped ?? file.body)
}
