// The application as a shell starts it: the link, what a browser gets for it, and every way to end.
import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { runProgram } from '../../../host/cli/program.ts'
import type { Terminal } from '../../../host/cli/terminal.ts'
import { openerOf } from '../../../host/cli/open-browser.ts'
import { connectChannel } from '../../../host/contract/connect-channel.ts'
import type { HostApi } from '../../../host/contract/host-api.ts'
import { defaultDataFolder } from '../../../host/contract/data-folder.ts'
import { createHost } from '../../../host/create-host.ts'
import { socketChannel } from '../../../host/transport/socket-channel.ts'
import { temporaryTree } from '../../support/temporary-tree.ts'
import { queueScenario } from '../support/scenarios.ts'

const MAIN = fileURLToPath(new URL('../../../host/cli/main.ts', import.meta.url))
const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

interface Place {
  readonly data: string
  readonly page: string
}

function place(): Place {
  const root = temporaryTree({ 'page/index.html': '<!doctype html><html><head></head></html>' })
  return { data: join(root, 'data'), page: join(root, 'page') }
}

function start({ data, page }: Place, ...args: readonly string[]) {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', MAIN, 'serve', '--data', data, '--page', page, ...args],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '' } },
  )
  children.push(child)
  const code = new Promise<number | null>((resolve) => {
    child.on('exit', resolve)
  })
  return { child, code, err: text(child.stderr) }
}

async function firstLine({ child }: ReturnType<typeof start>): Promise<string> {
  for await (const line of createInterface({ input: child.stdout ?? process.stdin })) return line
  return ''
}

async function signIn(link: string): Promise<string> {
  const { headers } = await fetch(link, { redirect: 'manual' })
  return headers.get('set-cookie')?.split(';')[0] ?? ''
}

async function connected(link: string, cookie: string): Promise<HostApi> {
  const { host, origin } = new URL(link)
  const socket = new WebSocket(`ws://${host}/rpc`, { headers: { origin, cookie } })
  await new Promise((resolve, reject) => {
    socket.once('open', resolve).once('error', reject)
  })
  return connectChannel(socketChannel(socket)).api
}

test('prints one link, serves the data folder to it, and ends cleanly when asked', async () => {
  const here = place()
  const served = start(here, '--port', '0', '--open')
  const out = text(served.child.stdout)
  const link = await new Promise<string>((resolve) => {
    served.child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()))
  })
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=\S+$/u)
  const api = await connected(link, await signIn(link))
  expect(await api.hello()).toMatchObject({ dataFolder: here.data, readOnlyReason: null })
  const { id: scenarioId } = await api.createScenario({
    from: 'text',
    fileName: 'long.yaml',
    text: queueScenario('{ duration: 100h, warmup: 0s, replications: 1 }'),
  })
  await api.startRun({ scenarioId })
  served.child.kill('SIGTERM')
  expect(await served.code).toBe(0)
  expect(await out).toBe(`${link}\n`)
  expect(await served.err).toBe(
    `there is no screen to open a browser on; open the link yourself\ndata in ${here.data}; Ctrl-C ends\n`,
  )
  const again = start(here, '--port', '0')
  const nextLink = await firstLine(again)
  const runs = await (await connected(nextLink, await signIn(nextLink))).listRuns({})
  expect(runs).toMatchObject([{ status: 'interrupted' }])
})

test('after a crash, the same browser comes in again on the same port without a link', async () => {
  const here = place()
  const first = start(here, '--port', '0')
  const link = await firstLine(first)
  const cookie = await signIn(link)
  const before = await (await connected(link, cookie)).hello()
  first.child.kill('SIGKILL')
  await first.code
  await firstLine(start(here, '--port', new URL(link).port))
  const after = await (await connected(link, cookie)).hello()
  expect(after.startId).not.toBe(before.startId)
  expect((await fetch(link, { redirect: 'manual' })).status).toBe(403)
})

test('a second start over the same folder and port gives a fresh link to the first', async () => {
  const here = place()
  const link = await firstLine(start(here, '--port', '0'))
  const { port } = new URL(link)
  const second = start(here, '--port', port)
  const fresh = await firstLine(second)
  expect(await second.code).toBe(0)
  expect(await second.err).toBe(`Headroom serves ${here.data} on port ${port} already; this is a fresh link to it\n`)
  expect(fresh).not.toBe(link)
  expect(await (await connected(fresh, await signIn(fresh))).hello()).toMatchObject({ readOnlyReason: null })
})

test('a port that another program has is told, with what to do', async () => {
  const other = createServer((socket) => socket.end())
  await new Promise<void>((resolve) => {
    other.listen(0, '127.0.0.1', resolve)
  })
  const { port } = other.address() as { readonly port: number }
  const refused = start(place(), '--port', String(port))
  expect(await refused.code).toBe(1)
  expect(await refused.err).toBe(
    `error: port ${port} is taken by another program\n  choose another with --port, or leave it out\n`,
  )
  other.close()
})

test('a folder that another host has open is served for reading, and that is said', async () => {
  const here = place()
  await firstLine(start(here, '--port', '0'))
  const second = start(here, '--port', '0')
  const link = await firstLine(second)
  const { readOnlyReason } = await (await connected(link, await signIn(link))).hello()
  expect(readOnlyReason).toMatch(/\w/u)
  second.child.kill('SIGTERM')
  expect(await second.err).toContain(`nothing can be written: ${readOnlyReason}\n`)
})

test('in a terminal, Enter prints a fresh link', async () => {
  const { data, page } = place()
  const host = createHost({ nowMs: () => performance.now(), cores: 1, libraryFolder: '/nowhere' })
  const seen = { out: '', err: '' }
  const hands = { enter: () => {}, interrupt: () => {} }
  const terminal: Terminal = {
    stdout: (line) => void (seen.out += line),
    stderr: (line) => void (seen.err += line),
    isTerminal: true,
    colour: false,
    outColumns: 80,
    errorColumns: 80,
    nowMs: () => performance.now(),
    exitWith: () => {},
    endNow: () => {},
    onInterrupt: (react) => {
      hands.interrupt = react
      return () => {}
    },
    onEnter: (react) => {
      hands.enter = react
      return () => void (hands.enter = () => {})
    },
  }
  const installation = { version: '1', oracleRunner: '', pageFolder: page, pageBuilder: '', debug: false }
  const ended = runProgram(['serve', '--data', data, '--port', '0'], terminal, host, installation)
  await expect.poll(() => seen.err).toContain(`data in ${data}; Enter prints a fresh link, Ctrl-C ends\n`)
  hands.enter()
  const [first = '', second = ''] = seen.out.split('\n')
  for (const link of [first, second]) expect(await signIn(link)).toMatch(/^headroom-\d+=/u)
  expect(second).not.toBe(first)
  hands.interrupt()
  await ended
  hands.enter()
  expect(seen.out.split('\n')).toHaveLength(3)
  await host.close()
})

test.each(['65536', '-1', '80.5', 'http'])('--port %s is wrong usage', async (port) => {
  const { code, err } = start(place(), '--port', port)
  expect(await code).toBe(1)
  expect(await err).toContain('Give a whole number from 0 to 65535')
})

test('the browser is opened by the program of each system', () => {
  const url = 'http://127.0.0.1:1/?token=a'
  expect(openerOf({ platform: 'linux', env: { DISPLAY: ':0' } }, url)).toEqual(['xdg-open', url])
  expect(openerOf({ platform: 'linux', env: { WAYLAND_DISPLAY: 'wayland-0' } }, url)).toEqual(['xdg-open', url])
  expect(openerOf({ platform: 'linux', env: { DISPLAY: '' } }, url)).toBeUndefined()
  expect(openerOf({ platform: 'darwin', env: {} }, url)).toEqual(['open', url])
  expect(openerOf({ platform: 'win32', env: {} }, url)).toEqual(['cmd', '/c', 'start', '', url])
})

test('the data folder is where each system has such things', () => {
  const folder = (platform: string, env: Readonly<Record<string, string>> = {}): string =>
    defaultDataFolder({ platform, env, home: platform === 'win32' ? 'C:\\Users\\me' : '/srv/me' })
  expect(folder('linux')).toBe('/srv/me/.local/share/headroom')
  expect(folder('linux', { XDG_DATA_HOME: '/data' })).toBe('/data/headroom')
  expect(folder('linux', { XDG_DATA_HOME: 'relative' })).toBe('/srv/me/.local/share/headroom')
  expect(folder('darwin')).toBe('/srv/me/Library/Application Support/Headroom/data')
  expect(folder('win32', { APPDATA: 'D:\\Roaming' })).toBe('D:\\Roaming\\Headroom\\data')
  expect(folder('win32')).toBe('C:\\Users\\me\\AppData\\Roaming\\Headroom\\data')
})
