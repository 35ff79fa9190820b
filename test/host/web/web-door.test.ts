// Who comes in by the browser door, with what, and what everybody else gets: nothing, before anything is done for them.
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { connectChannel } from '../../../host/contract/connect-channel.ts'
import { socketChannel } from '../../../host/transport/socket-channel.ts'
import { linkToRunningHost } from '../../../host/web/running-host.ts'
import { openWebDoor } from '../../../host/web/web-door.ts'
import { recordedWorkspace } from '../transport/recorded-workspace.ts'
import type { DoorChoice } from './served-door.ts'
import { PAGE, servedDoor } from './served-door.ts'

const doors: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const door of doors.splice(0)) await door.close()
})

async function opened(choice: DoorChoice = {}) {
  const workspace = recordedWorkspace()
  const door = await servedDoor(workspace, () => {}, choice)
  doors.push(door)
  return { workspace, door }
}

function tokenPath(link: string): string {
  return link.slice(link.indexOf('/?'))
}

describe('coming in', () => {
  test('a link becomes a session once, and leaves the address bar', async () => {
    const { door } = await opened()
    const path = tokenPath(door.link())
    const { status, headers, body } = await door.ask(path)
    expect({ status, location: headers.location, body }).toEqual({ status: 303, location: '/', body: '' })
    const cookie = headers['set-cookie']?.[0] ?? ''
    expect(cookie).toMatch(
      new RegExp(`^headroom-${door.port}=[\\w.-]{60,}; HttpOnly; SameSite=Strict; Path=/; Max-Age=\\d+$`, 'u'),
    )
    expect(cookie).not.toContain(path.slice('/?token='.length))
    const again = await door.ask(path)
    expect(again.status).toBe(403)
    expect(again.body).toContain('This link has been used')
    expect(again.headers['set-cookie']).toBeUndefined()
    expect((await door.ask('/', { cookie: cookie.split(';')[0] ?? '' })).status).toBe(200)
    // Who is in already may open an old link: a reloaded tab.
    expect((await door.ask(path, { cookie: cookie.split(';')[0] ?? '' })).status).toBe(303)
  })

  test('each link is another one, of 256 bits', async () => {
    const { door } = await opened()
    const chances = Array.from({ length: 20 }, () => door.link().split('.')[4] ?? '')
    expect(new Set(chances).size).toBe(20)
    for (const chance of chances) expect(Buffer.from(chance, 'base64url')).toHaveLength(32)
  })

  test('without a session there is only the page that says how to get one', async () => {
    const { door } = await opened()
    for (const path of ['/', '/index.html', '/assets/app-1a2b3c.js', '/nothing']) {
      const { status, body } = await door.ask(path)
      expect(status).toBe(403)
      expect(body).toContain('A fresh link is needed')
    }
  })

  test('a session lives through a restart with the same key and port; a used link does not', async () => {
    let nowMs = 1_000_000
    const wallMs = (): number => nowMs
    const { door } = await opened({ wallMs })
    const path = tokenPath(door.link())
    const { headers } = await door.ask(path)
    const cookie = headers['set-cookie']?.[0]?.split(';')[0] ?? ''
    await door.close()
    doors.length = 0
    nowMs += 5_000
    const { door: restarted } = await opened({ wallMs, port: door.port })
    expect((await restarted.ask('/', { cookie })).status).toBe(200)
    expect((await restarted.ask(path)).status).toBe(403)
    await restarted.close()
    doors.length = 0
    const { door: stranger } = await opened({ wallMs, port: door.port, key: Buffer.alloc(32, 8) })
    expect((await stranger.ask('/', { cookie })).status).toBe(403)
  })

  test('sessions and links end by their age', async () => {
    let nowMs = 1_000_000
    const { door } = await opened({ wallMs: () => nowMs })
    const path = tokenPath(door.link())
    const cookie = await door.signIn()
    nowMs += 25 * 3_600_000
    expect((await door.ask(path)).status).toBe(403)
    expect((await door.ask('/', { cookie })).status).toBe(200)
    nowMs += 90 * 24 * 3_600_000
    expect((await door.ask('/', { cookie })).status).toBe(403)
  })

  test.each([
    ['empty', () => ''],
    ['made up', () => `1.${'a'.repeat(43)}.${'b'.repeat(43)}`],
    ['cut', (good: string) => good.slice(0, -1)],
    ['altered', (good: string) => good.replace(/.(?=\..{43}$)/u, (last) => (last === 'A' ? 'E' : 'A'))],
    ['long', (good: string) => good + 'x'.repeat(5_000)],
  ])('a token that is %s opens nothing', async (_, change) => {
    const { door } = await opened()
    const good = new URL(door.link()).searchParams.get('token') ?? ''
    expect((await door.ask(`/?token=${change(good)}`)).status).toBe(403)
    expect((await door.ask('/', { cookie: `headroom-${door.port}=${change(good)}` })).status).toBe(403)
    // A link is no session.
    expect((await door.ask('/', { cookie: `headroom-${door.port}=${good}` })).status).toBe(403)
  })
})

describe('what is refused', () => {
  test.each([
    ['a foreign Host', 421, { host: 'evil.example' }, 'GET'],
    ['our Host with another port', 421, { host: '127.0.0.1:1' }, 'GET'],
    ['a foreign Origin', 403, { origin: 'http://evil.example' }, 'GET'],
    ['the Origin of a file', 403, { origin: 'null' }, 'GET'],
    ['what a foreign page loads', 403, { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }, 'GET'],
    ['POST', 405, {}, 'POST'],
    ['OPTIONS, as asked before a request of another origin', 405, {}, 'OPTIONS'],
    ['DELETE', 405, {}, 'DELETE'],
  ] as const)('%s: %i', async (_, wanted, headers, method) => {
    const { door } = await opened()
    const { status, body, headers: given } = await door.ask('/', { cookie: await door.signIn(), ...headers }, method)
    expect({ status, body }).toEqual({ status: wanted, body: '' })
    expect(Object.keys(given).filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  test('a body, whatever its size, is not read', async () => {
    const { door } = await opened()
    const cookie = await door.signIn()
    expect((await door.ask('/', { cookie, 'content-length': '5' }, 'GET', '12345')).status).toBe(413)
    expect((await door.ask('/', { cookie, 'content-length': String(1e12) }, 'GET')).status).toBe(413)
    expect((await door.ask('/', { cookie, 'transfer-encoding': 'chunked' }, 'GET', 'x')).status).toBe(413)
  })

  test('a head that is too long', async () => {
    const { door } = await opened()
    expect((await door.ask('/', { cookie: 'x'.repeat(20_000) })).status).toBe(431)
  })

  test.each([
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/assets/../../secret.json',
    '/assets/..%2f..%2fsecret.json',
    '/..%5csecret.json',
    '//etc/passwd.json',
    '/%00.json',
    '/%ff.json',
    '/notes.txt',
    '/assets',
    '/.json',
  ])('%s leads nowhere', async (path) => {
    const { door } = await opened()
    const { status, body } = await door.ask(path, { cookie: await door.signIn() })
    expect({ status, body }).toEqual({ status: 404, body: '' })
  })

  test('an upgrade without a session, from elsewhere, or to another path', async () => {
    const { door, workspace } = await opened()
    const { origin } = door
    const cookie = await door.signIn()
    const token = new URL(door.link()).searchParams.get('token') ?? ''
    for (const headers of [
      { origin },
      { origin, cookie: `headroom-${door.port}=${token}` },
      { origin: 'http://evil.example', cookie },
      { cookie },
      { origin, cookie, host: 'evil.example' },
      { origin: `http://localhost:${door.port}`, cookie },
    ]) {
      await expect(door.socket(headers)).rejects.toThrow(/403/u)
    }
    await expect(door.socket({ origin, cookie }, '/other')).rejects.toThrow(/403/u)
    expect(workspace.listeners).toBe(0)
    const socket = await door.socket({ origin, cookie })
    expect(workspace.listeners).toBe(1)
    socket.close()
  })

  test('a message that is too large, or no JSON, ends its connection and nothing else', async () => {
    const { door, workspace } = await opened()
    const headers = { origin: door.origin, cookie: await door.signIn() }
    for (const [message, code] of [
      ['x'.repeat(17 * 1024 * 1024), 1_009],
      ['{ no json', 1_007],
      [Buffer.from('{}'), 1_007],
    ] as const) {
      const socket = await door.socket(headers)
      const closed = new Promise<number>((resolve) => {
        socket.once('close', resolve)
      })
      socket.send(message)
      expect(await closed).toBe(code)
    }
    const { api } = connectChannel(await door.connect())
    expect(await api.hello()).toMatchObject({ method: 'hello' })
    expect(workspace.calls).toEqual([['hello']])
  })

  test('more pages than anybody has open', async () => {
    const { door } = await opened()
    const headers = { origin: door.origin, cookie: await door.signIn() }
    const sockets = await Promise.all(Array.from({ length: 32 }, () => door.socket(headers)))
    await expect(door.socket(headers)).rejects.toThrow(/503/u)
    for (const socket of sockets) socket.terminate()
  })

  test('nonsense in place of HTTP', async () => {
    const { door } = await opened()
    const socket = connect(door.port, '127.0.0.1')
    socket.end('nonsense\r\n\r\n')
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 /u)
    expect((await door.ask('/')).status).toBe(403)
  })
})

describe('the page', () => {
  test('every answer carries the rules, with a nonce of its own', async () => {
    const { door } = await opened()
    const cookie = await door.signIn()
    const answers = [await door.ask('/', { cookie }), await door.ask('/', { cookie }), await door.ask('/')]
    const nonces = answers.map(
      ({ headers }) => /'nonce-([^']+)'/u.exec(String(headers['content-security-policy']))?.[1],
    )
    expect(new Set(nonces).size).toBe(3)
    expect(answers[0]?.body).toContain(`<meta name="style-nonce" content="${nonces[0]}" />`)
    for (const { headers } of [...answers, await door.ask('/nothing', { cookie })]) {
      expect(headers).toMatchObject({
        'content-security-policy': expect.stringMatching(/^default-src 'none'; script-src 'self';/u) as string,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
      })
    }
  })

  test('its assets are compressed, and kept for good', async () => {
    const { door } = await opened()
    const cookie = await door.signIn()
    const path = '/assets/app-1a2b3c.js'
    const plain = await door.ask(path, { cookie })
    expect(plain.body).toBe(PAGE['page/assets/app-1a2b3c.js'])
    expect(plain.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'private, max-age=31536000, immutable',
    })
    const response = await fetch(door.origin + path, { headers: { cookie, 'accept-encoding': 'gzip' } })
    expect(response.headers.get('content-encoding')).toBe('gzip')
    expect(await response.text()).toBe(PAGE['page/assets/app-1a2b3c.js'])
    const tag = String(plain.headers.etag)
    expect(await door.ask(path, { cookie, 'if-none-match': tag })).toMatchObject({ status: 304, body: '' })
    expect((await door.ask('/assets/icon.png', { cookie, 'accept-encoding': 'gzip' })).headers).not.toHaveProperty(
      'content-encoding',
    )
  })

  test('HEAD gives the head', async () => {
    const { door } = await opened()
    const { status, body } = await door.ask('/', { cookie: await door.signIn() }, 'HEAD')
    expect({ status, body }).toEqual({ status: 200, body: '' })
  })

  test('it may be reached as localhost too, through a tunnel of the same port', async () => {
    const { door } = await opened()
    const host = `localhost:${door.port}`
    const cookie = await door.signIn()
    expect((await door.ask('/', { cookie, host })).status).toBe(200)
    const socket = await door.socket({ cookie, host, origin: `http://${host}` })
    expect(socket.readyState).toBe(WebSocket.OPEN)
    expect(await connectChannel(socketChannel(socket)).api.hello()).toMatchObject({ method: 'hello' })
  })
})

describe('the port', () => {
  test('when it is taken, opening fails before the data folder is touched', async () => {
    const { door } = await opened()
    let touched = false
    const opening = openWebDoor(
      { pageFolder: '/', key: Buffer.alloc(32), port: door.port, wallMs: Date.now },
      async () => {
        touched = true
        return recordedWorkspace()
      },
    )
    await expect(opening).rejects.toMatchObject({ code: 'EADDRINUSE', syscall: 'listen' })
    expect(touched).toBe(false)
  })

  test('a link to the running host goes to who has its key, and only to it', async () => {
    const { door } = await opened()
    const link = await linkToRunningHost(Buffer.alloc(32, 7), door.port, Date.now)
    expect((await door.ask(tokenPath(link ?? ''))).status).toBe(303)
    expect(await linkToRunningHost(Buffer.alloc(32, 9), door.port, Date.now)).toBeUndefined()
    await door.close()
    doors.length = 0
    expect(await linkToRunningHost(Buffer.alloc(32, 7), door.port, Date.now)).toBeUndefined()
  })

  test('a data folder that cannot be opened gives the port back', async () => {
    const failing = openWebDoor({ pageFolder: '/', key: Buffer.alloc(32), port: 0, wallMs: Date.now }, async () => {
      throw new Error('no folder')
    })
    await expect(failing).rejects.toThrow('no folder')
  })
})

test('closing tells every page, and waits for the data folder', async () => {
  const workspace = recordedWorkspace()
  const order: string[] = []
  const door = await servedDoor({ ...workspace, close: async () => void order.push('folder') })
  const channel = await door.connect()
  const closed = new Promise<void>((resolve) => {
    channel.onClose(resolve)
  })
  await door.close()
  await closed
  expect(order).toEqual(['folder'])
  await expect(door.ask('/')).rejects.toThrow(/ECONNREFUSED/u)
})
