// A stand-in for Electron, whose binary tests do without: it writes down what is asked of it, in order, and plays its events.
import { EventEmitter } from 'node:events'
import type { Mock } from 'vitest'
import { vi } from 'vitest'

/** One call, by name, with its arguments. */
export interface Recorded {
  readonly name: string
  readonly args: readonly unknown[]
}

export const calls: Recorded[] = []

/** A function that writes its calls down. */
function recorded(name: string, answer?: unknown): (...args: unknown[]) => unknown {
  return (...args) => {
    calls.push({ name, args })
    return answer
  }
}

/** The last function that was handed to a call of this name. */
export function handlerOf(name: string): (...args: unknown[]) => unknown {
  const handlers = calls.filter((call) => call.name === name).flatMap(({ args }) => args)
  return handlers.findLast((arg) => typeof arg === 'function') as (...args: unknown[]) => unknown
}

export class FakeContents extends EventEmitter {
  readonly send: Mock = vi.fn()
  readonly reload: Mock = vi.fn()
  readonly setWindowOpenHandler: Mock = vi.fn()
  readonly isLoading = (): boolean => false
}

export class FakeWindow extends EventEmitter {
  static readonly all: FakeWindow[] = []
  readonly webContents = new FakeContents()
  readonly options: Readonly<Record<string, unknown>>
  readonly show: Mock = vi.fn()
  readonly focus: Mock = vi.fn()
  readonly maximize: Mock = vi.fn()
  readonly loadURL: Mock = vi.fn(async (url: string) => void recorded('loadURL')(url))
  readonly isMinimized = (): boolean => false
  readonly isMaximized = (): boolean => false
  readonly getNormalBounds = () => ({ x: 10, y: 20, width: 1200, height: 800 })

  constructor(options: Readonly<Record<string, unknown>>) {
    super()
    this.options = options
    recorded('window')(options)
    FakeWindow.all.push(this)
  }
}

export class FakeProcess extends EventEmitter {
  static readonly all: FakeProcess[] = []
  readonly postMessage: Mock = vi.fn()
  readonly kill: Mock = vi.fn()

  constructor() {
    super()
    FakeProcess.all.push(this)
  }
}

/** The module, for `vi.mock('electron', ...)`. @param userData the folder of the user's data */
export function fakeElectron(userData: string) {
  return {
    app: Object.assign(new EventEmitter(), {
      isPackaged: true,
      enableSandbox: recorded('enableSandbox'),
      requestSingleInstanceLock: recorded('lock', true),
      setAsDefaultProtocolClient: recorded('protocolClient'),
      quit: recorded('quit'),
      isReady: () => true,
      whenReady: async () => void recorded('ready')(),
      getPath: () => userData,
      getAppPath: () => '/app',
    }),
    BrowserWindow: FakeWindow,
    dialog: {
      showErrorBox: recorded('errorBox'),
      showMessageBox: recorded('messageBox', Promise.resolve({ response: 0 })),
      showOpenDialog: recorded('openDialog', Promise.resolve({ filePaths: [] })),
    },
    ipcMain: new EventEmitter(),
    Menu: { buildFromTemplate: (template: unknown) => template, setApplicationMenu: recorded('menu') },
    MessageChannelMain: class {
      readonly port1 = { name: 'the host end' }
      readonly port2 = { name: 'the page end' }
    },
    protocol: { registerSchemesAsPrivileged: recorded('schemes'), handle: recorded('protocol') },
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
    session: {
      defaultSession: {
        setPermissionRequestHandler: recorded('permissionRequest'),
        setPermissionCheckHandler: recorded('permissionCheck'),
        setDevicePermissionHandler: recorded('devicePermission'),
      },
    },
    shell: { openExternal: recorded('openExternal', Promise.resolve()) },
    utilityProcess: {
      fork: (...args: unknown[]) => {
        recorded('fork')(...args)
        return new FakeProcess()
      },
    },
  }
}
