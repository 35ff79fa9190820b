// The window's program asks the right things of Electron, in the right order, and refuses the rest.
import { EventEmitter } from 'node:events'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { defaultDataFolder } from '../../host/contract/data-folder.ts'
import { calls, FakeContents, FakeProcess, FakeWindow, handlerOf } from './fake-electron.ts'

const userData = vi.hoisted(() => ({ folder: '' }))
vi.mock('electron', async () => {
  userData.folder = mkdtempSync(join(tmpdir(), 'headroom-desktop-'))
  return (await import('./fake-electron.ts')).fakeElectron(userData.folder)
})

const electron = (await import('electron')) as unknown as { app: EventEmitter; ipcMain: EventEmitter }
const names = (): string[] => calls.map(({ name }) => name)
const orderOf = (name: string): number => names().indexOf(name)
const theWindow = (): FakeWindow => FakeWindow.all[0]!

beforeAll(async () => {
  await import('../../electron/main/main.ts')
  await vi.waitUntil(() => names().includes('loadURL'))
})

describe('at the start', () => {
  test('lock, scheme and sandbox come before ready; permissions and protocol before the page', () => {
    for (const early of ['lock', 'schemes', 'enableSandbox']) expect(orderOf(early)).toBeLessThan(orderOf('ready'))
    for (const guard of ['permissionRequest', 'permissionCheck', 'devicePermission', 'protocol']) {
      expect(orderOf(guard)).toBeGreaterThan(-1)
      expect(orderOf(guard)).toBeLessThan(orderOf('loadURL'))
    }
    expect(calls.find(({ name }) => name === 'loadURL')?.args).toEqual(['app://headroom/'])
  })

  test('the window is locked down and shown only when there is something to see', () => {
    const { webPreferences, show } = theWindow().options as { webPreferences: Record<string, unknown>; show: boolean }
    expect(webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
    })
    expect(webPreferences['preload']).toMatch(/preload\.cjs$/)
    expect(show).toBe(false)
    expect(theWindow().show).not.toHaveBeenCalled()
    theWindow().emit('ready-to-show')
    expect(theWindow().show).toHaveBeenCalled()
  })

  test('the host is a process with the data folder and the shipped scenarios', () => {
    const [program, folders] = calls.find(({ name }) => name === 'fork')!.args
    expect(program).toMatch(/host-process\.js$/)
    const data = defaultDataFolder({ platform: process.platform, env: process.env, home: homedir() })
    expect(folders).toEqual([data, join('/app', 'scenarios')])
  })
})

describe('what a page may not', () => {
  test('permissions, but for the clipboard, are denied when asked and when checked', () => {
    const answer = vi.fn()
    handlerOf('permissionRequest')(null, 'media', answer)
    expect(answer).toHaveBeenLastCalledWith(false)
    handlerOf('permissionRequest')(null, 'clipboard-sanitized-write', answer)
    expect(answer).toHaveBeenLastCalledWith(true)
    expect(handlerOf('permissionCheck')(null, 'geolocation')).toBe(false)
    expect(handlerOf('devicePermission')({})).toBe(false)
  })

  test('files come with the policy, and from nowhere else', async () => {
    const serve = handlerOf('protocol') as (request: Request) => Promise<Response>
    const evil = await serve({ url: 'app://evil/index.html', method: 'GET' } as Request)
    expect(evil.status).toBe(404)
    const outside = await serve({ url: 'app://headroom/../../package.json', method: 'GET' } as Request)
    expect(outside.status).toBe(404)
    const posted = await serve({ url: 'app://headroom/', method: 'POST' } as Request)
    expect(posted.status).toBe(404)
  })

  test('it navigates nowhere, opens nothing, embeds nothing', () => {
    const contents = new FakeContents()
    electron.app.emit('web-contents-created', {}, contents)
    const isStopped = (event: string, url: string): boolean => {
      const preventDefault = vi.fn()
      contents.emit(event, { url, preventDefault })
      return preventDefault.mock.calls.length > 0
    }
    expect(isStopped('will-navigate', 'https://evil.example/')).toBe(true)
    expect(isStopped('will-redirect', 'file:///etc/passwd')).toBe(true)
    expect(isStopped('will-attach-webview', '')).toBe(true)
    expect(isStopped('will-navigate', 'app://headroom/#/library')).toBe(false)
    const opens = contents.setWindowOpenHandler.mock.calls[0]![0] as (details: { url: string }) => unknown
    expect(opens({ url: 'https://evil.example/' })).toEqual({ action: 'deny' })
    expect(names()).not.toContain('openExternal')
    expect(opens({ url: 'https://redis.io/docs' })).toEqual({ action: 'deny' })
    expect(names()).toContain('openExternal')
  })

  test('a port to the host goes to our own top frame and to nobody else', () => {
    const ask = (url: string, parent: unknown = null) => {
      const postMessage = vi.fn()
      electron.ipcMain.emit('headroom:request-port', {
        senderFrame: { url, parent, postMessage },
        sender: theWindow().webContents,
      })
      return postMessage
    }
    const host = FakeProcess.all.at(-1)!
    expect(ask('https://evil.example/')).not.toHaveBeenCalled()
    expect(ask('app://headroom/', {})).not.toHaveBeenCalled()
    expect(host.postMessage).not.toHaveBeenCalled()
    expect(ask('app://headroom/')).toHaveBeenCalledWith('headroom:port', null, [expect.anything()])
    expect(host.postMessage).toHaveBeenCalledWith('client', [expect.anything()])
  })
})

describe('what the system asks', () => {
  test('a second start brings the window to the front and hands its files and links over', async () => {
    const file = join(userData.folder, 'shop.yaml')
    writeFileSync(file, 'version: 1\n')
    electron.app.emit('second-instance', {}, ['headroom', '--flag', file, 'headroom://open/results/r1?tab=cache'])
    expect(theWindow().focus).toHaveBeenCalled()
    const { send } = theWindow().webContents
    await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(2))
    expect(send).toHaveBeenCalledWith('headroom:open', { kind: 'address', address: '#/results/r1?tab=cache' })
    const base64 = Buffer.from('version: 1\n').toString('base64')
    expect(send).toHaveBeenCalledWith('headroom:open', { kind: 'file', file: { fileName: 'shop.yaml', base64 } })
  })

  test('a file that is not there is said so', async () => {
    electron.app.emit('open-file', { preventDefault: vi.fn() }, join(userData.folder, 'gone.yaml'))
    await vi.waitFor(() => expect(names()).toContain('errorBox'))
  })

  test('a host that dies is started anew, and the page told', async () => {
    const died = FakeProcess.all.at(-1)!
    const before = FakeProcess.all.length
    died.emit('exit', 134)
    expect(theWindow().webContents.send).toHaveBeenCalledWith('headroom:host-died')
    await vi.waitFor(() => expect(FakeProcess.all.length).toBe(before + 1), 2_000)
  })

  test('a host that cannot start says why, at once', async () => {
    const host = FakeProcess.all.at(-1)!
    const cannotStart = { code: 'storage', message: 'the database is of a newer version', hint: 'update Headroom' }
    host.emit('message', { cannotStart })
    host.emit('exit', 1)
    await vi.waitFor(() => expect(names()).toContain('messageBox'))
    const box = calls.find(({ name }) => name === 'messageBox')!.args[0] as { message: string; detail: string }
    expect(box).toMatchObject({ message: cannotStart.message, detail: cannotStart.hint })
  })

  test('a page that died is loaded anew', () => {
    theWindow().webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    expect(theWindow().webContents.reload).toHaveBeenCalledOnce()
  })

  test('the window is remembered where it stood', () => {
    theWindow().emit('close')
    const kept = JSON.parse(readFileSync(join(userData.folder, 'window.json'), 'utf8')) as unknown
    expect(kept).toEqual({ bounds: { x: 10, y: 20, width: 1200, height: 800 }, isMaximised: false })
  })

  test('quitting waits for the host to close its files', async () => {
    const host = FakeProcess.all.at(-1)!
    const preventDefault = vi.fn()
    electron.app.emit('before-quit', { preventDefault })
    expect(preventDefault).toHaveBeenCalled()
    expect(host.postMessage).toHaveBeenCalledWith('close')
    expect(names()).not.toContain('quit')
    host.emit('exit', 0)
    await vi.waitFor(() => expect(names()).toContain('quit'))
  })
})
