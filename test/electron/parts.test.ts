// The window's pure parts: addresses, files, menu, remembered places, and the patience of the supervisor.
import { EventEmitter } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import type { SupervisorOptions } from '../../electron/main/host-supervisor.ts'
import { HostSupervisor } from '../../electron/main/host-supervisor.ts'
import { menuTemplate } from '../../electron/main/menu.ts'
import { addressOfLink, filesIn } from '../../electron/main/opened-files.ts'
import { isOwnUrl, mayOpenExternally, resolveAsset } from '../../electron/main/policy.ts'
import { openingBounds, readWindowState } from '../../electron/main/window-state.ts'

describe('addresses', () => {
  test.each(['app://headroom/', 'app://headroom/assets/a.js', 'app://headroom/#/x'])('%s is ours', (url) => {
    expect(isOwnUrl(url)).toBe(true)
  })

  test.each(['app://headroom.evil/', 'https://headroom/', 'app:headroom', 'app://evil@x/', 'nonsense', ''])(
    '%s is not ours',
    (url) => {
      expect(isOwnUrl(url)).toBe(false)
    },
  )

  test('no address of ours leads out of the folder', () => {
    const root = `${sep}srv${sep}page`
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('', '../', '..%2f', '%2e%2e/', '..\\', '/'), (text, prefix) => {
        const file = resolveAsset(`app://headroom/${prefix}${text}`, root)
        expect(file === undefined || file.startsWith(root + sep)).toBe(true)
      }),
    )
  })

  test('only https links to hosts that the help names open in the browser', () => {
    const allowed = new Set(['redis.io'])
    expect(mayOpenExternally('https://redis.io/docs', allowed)).toBe(true)
    for (const url of ['http://redis.io', 'https://u@redis.io', 'https://redis.io.evil', 'file:///etc/passwd', 'x']) {
      expect(mayOpenExternally(url, allowed), url).toBe(false)
    }
  })
})

describe('files and links', () => {
  test('arguments that are files of ours', () => {
    expect(filesIn(['--type=x', 'a.yaml', 'b.YML', 'c.headroom', 'd.txt', '-e.yaml'])).toEqual([
      'a.yaml',
      'b.YML',
      'c.headroom',
    ])
  })

  test('links lead to screens and to nothing else', () => {
    expect(addressOfLink('headroom://open/results/r1?tab=cache')).toBe('#/results/r1?tab=cache')
    for (const link of ['headroom://open/', 'headroom://other/x', 'headroom://open/<script>', 'https://open/x']) {
      expect(addressOfLink(link), link).toBeUndefined()
    }
  })
})

describe('where the window stood', () => {
  const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }]

  test('it opens there while a screen shows it', () => {
    const bounds = { x: 100, y: 50, width: 1300, height: 900 }
    expect(openingBounds({ bounds, isMaximised: false }, screens)).toEqual(bounds)
  })

  test('it opens in its first size where the screen is gone, and never smaller than screens work at', () => {
    const gone = { bounds: { x: 4000, y: 0, width: 1300, height: 900 }, isMaximised: false }
    expect(openingBounds(gone, screens)).toEqual({ width: 1440, height: 900 })
    const small = { bounds: { x: 0, y: 0, width: 300, height: 200 }, isMaximised: false }
    expect(openingBounds(small, screens)).toMatchObject({ width: 1024, height: 700 })
  })

  test('a broken file is no state', () => {
    const folder = mkdtempSync(join(tmpdir(), 'headroom-window-'))
    const file = join(folder, 'window.json')
    expect(readWindowState(file)).toBeUndefined()
    for (const text of ['', '{', '{}', '{"bounds":{"x":"1"}}', 'null']) {
      writeFileSync(file, text)
      expect(readWindowState(file), text).toBeUndefined()
    }
  })
})

describe('the menu', () => {
  test.each(['linux', 'darwin', 'win32'])('on %s every accelerator is used once', (platform) => {
    const template = menuTemplate(platform, { send: vi.fn(), openFile: vi.fn() })
    const entries = template.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))
    const accelerators = entries.flatMap(({ accelerator }) => (accelerator === undefined ? [] : [accelerator]))
    expect(accelerators).toContain('CmdOrCtrl+Enter')
    expect(new Set(accelerators).size).toBe(accelerators.length)
  })

  test('an entry tells the page its command', () => {
    const send = vi.fn()
    const template = menuTemplate('linux', { send, openFile: vi.fn() })
    const entries = template.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))
    entries.find(({ id }) => id === 'go-results')?.click?.(...([] as unknown as [never, never, never]))
    expect(send).toHaveBeenCalledWith('go-results')
  })
})

describe('the supervisor', () => {
  function supervised(onGivenUp: SupervisorOptions['onGivenUp'] = async () => false) {
    const processes: (EventEmitter & { postMessage: ReturnType<typeof vi.fn>; kill: ReturnType<typeof vi.fn> })[] = []
    const delaysMs: number[] = []
    let nowMs = 0
    const supervisor = new HostSupervisor({
      fork: () => {
        const started = Object.assign(new EventEmitter(), { postMessage: vi.fn(), kill: vi.fn() })
        processes.push(started)
        return started as never
      },
      onDeath: vi.fn(),
      onGivenUp,
      nowMs: () => nowMs,
      later: (work, delayMs) => {
        delaysMs.push(delayMs)
        work()
      },
    })
    supervisor.start()
    const pass = (ms: number): void => void (nowMs += ms)
    return { supervisor, processes, delaysMs, pass }
  }

  test('waits longer after every quick death, and asks after six', async () => {
    const onGivenUp = vi.fn(async () => false)
    const { processes, delaysMs } = supervised(onGivenUp)
    for (let death = 0; death < 6; death++) processes.at(-1)!.emit('exit', 9)
    expect(delaysMs).toEqual([200, 400, 800, 1600, 3200])
    await vi.waitFor(() => expect(onGivenUp).toHaveBeenCalledOnce())
    expect(processes).toHaveLength(6)
  })

  test('a host that lived long is started again at once', () => {
    const { processes, delaysMs, pass } = supervised()
    processes.at(-1)!.emit('exit', 9)
    pass(60_000)
    processes.at(-1)!.emit('exit', 9)
    expect(delaysMs).toEqual([200, 200])
  })

  test('a host that does not close in time is killed', async () => {
    const { supervisor, processes } = supervised()
    await supervisor.close(10)
    expect(processes[0]!.postMessage).toHaveBeenCalledWith('close')
    expect(processes[0]!.kill).toHaveBeenCalled()
    processes[0]!.emit('exit', 15)
    expect(processes).toHaveLength(1)
  })
})
