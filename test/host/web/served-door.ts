// A browser door on a free port over a page of a few files, and what a browser does with it.
import { request } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { text } from 'node:stream/consumers'
import { WebSocket } from 'ws'
import type { Channel } from '../../../host/contract/channel.ts'
import type { FailureLog } from '../../../host/transport/serve-channel.ts'
import { socketChannel } from '../../../host/transport/socket-channel.ts'
import type { ServedWorkspace } from '../../../host/web/web-door.ts'
import { openWebDoor } from '../../../host/web/web-door.ts'
import { temporaryTree } from '../../support/temporary-tree.ts'

/** What came back, nothing followed and nothing decoded. */
export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** The door, and hands to try it with. */
export interface ServedDoor {
  readonly port: number
  readonly origin: string
  link(): string
  /** One request; `Host` and everything else can be told. */
  ask(path: string, headers?: Readonly<Record<string, string>>, method?: string, body?: string): Promise<Reply>
  /** The cookie of a fresh session, as the header has it. */
  signIn(): Promise<string>
  /** Opens a WebSocket, or rejects with the status it is refused with. */
  socket(headers: Readonly<Record<string, string>>, path?: string): Promise<WebSocket>
  /** The channel of a page in a session. */
  connect(): Promise<Channel>
  close(): Promise<void>
}

/** The page that is served. */
export const PAGE = {
  'page/index.html': '<!doctype html><html><head><title>Page</title></head></html>',
  'page/assets/app-1a2b3c.js': `console.log('${'long '.repeat(400)}')`,
  'page/assets/icon.png': 'PNG',
  'page/notes.txt': 'not of a type that is served',
  'secret.json': '{ "secret": true }',
}

/** Options that a test may want its own way. */
export interface DoorChoice {
  readonly key?: Buffer
  readonly port?: number
  readonly wallMs?: () => number
}

/** Opens it; the caller closes it. */
export async function servedDoor(
  workspace: ServedWorkspace,
  log: FailureLog = () => {},
  { key = Buffer.alloc(32, 7), port = 0, wallMs = Date.now }: DoorChoice = {},
): Promise<ServedDoor> {
  const pageFolder = `${temporaryTree(PAGE)}/page`
  const door = await openWebDoor({ pageFolder, key, port, wallMs, log }, async () => workspace)
  const origin = `http://127.0.0.1:${door.port}`

  const ask: ServedDoor['ask'] = async (path, headers = {}, method = 'GET', body = '') => {
    const { promise, resolve, reject } = Promise.withResolvers<Reply>()
    // No agent: each request has a connection of its own.
    const outgoing = request({ host: '127.0.0.1', port: door.port, path, method, headers, agent: false })
    outgoing.on('error', reject)
    outgoing.on('response', (response) => {
      const { statusCode: status = 0, headers: given } = response
      void text(response).then((whole) => resolve({ status, headers: given, body: whole }), reject)
    })
    outgoing.end(body)
    return promise
  }

  const signIn = async (): Promise<string> => {
    const { headers } = await ask(`/${new URL(door.link()).search}`)
    return headers['set-cookie']?.[0]?.split(';')[0] ?? ''
  }

  const socket: ServedDoor['socket'] = (headers, path = '/rpc') => {
    const { promise, resolve, reject } = Promise.withResolvers<WebSocket>()
    const opened = new WebSocket(`ws://127.0.0.1:${door.port}${path}`, { headers })
    opened.once('open', () => resolve(opened))
    opened.once('error', reject)
    return promise
  }

  return {
    port: door.port,
    origin,
    link: () => door.link(),
    ask,
    signIn,
    socket,
    connect: async () => socketChannel(await socket({ origin, cookie: await signIn() })),
    close: () => door.close(),
  }
}
