/** The desktop application at work: one window, one host process, and what the system asks of them. */
import { homedir } from 'node:os'
import { join } from 'node:path'
import { app, BrowserWindow, dialog, ipcMain, Menu, MessageChannelMain, utilityProcess } from 'electron'
import type { IpcMainEvent } from 'electron'
import { defaultDataFolder } from '../../host/contract/data-folder.ts'
import type { OpenRequest } from '../../host/contract/desktop-bridge.ts'
import type { HostErrorDetails } from '../../host/contract/host-error.ts'
import { channels } from '../channels.ts'
import { HostSupervisor } from './host-supervisor.ts'
import { openMainWindow } from './main-window.ts'
import { menuTemplate } from './menu.ts'
import { addressOfLink, filesIn, openableExtensions, readOpenedFile } from './opened-files.ts'
import { isOwnUrl } from './policy.ts'

/** How long the host may take to close its files, in ms. */
const CLOSE_PATIENCE_MS = 5_000

/** The application between its first and its last window. */
export class Desktop {
  #window: BrowserWindow | undefined
  /** What was asked for before the page was there to show it. */
  #requests: OpenRequest[] = []
  readonly #supervisor: HostSupervisor

  constructor() {
    this.#supervisor = new HostSupervisor({
      fork: () => this.#fork(),
      onDeath: () => this.#window?.webContents.send(channels.hostDied),
      onGivenUp: (code, reason) => this.#askAfterDeath(code, reason),
      nowMs: () => performance.now(),
      later: (work, delayMs) => void setTimeout(work, delayMs),
    })
  }

  /** Starts the host and shows the window. The application must be ready. */
  start(args: readonly string[]): void {
    this.#supervisor.start()
    ipcMain.on(channels.requestPort, (event) => this.#connect(event))
    const send = (command: string): void => this.#window?.webContents.send(channels.menu, command)
    const template = menuTemplate(process.platform, { send, openFile: () => void this.#chooseFiles() })
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
    this.showWindow()
    this.open(args)
  }

  /** Brings the window to the front, or opens it anew. */
  showWindow(): void {
    if (this.#window === undefined) {
      this.#window = openMainWindow()
      this.#window.once('closed', () => (this.#window = undefined))
      return
    }
    if (this.#window.isMinimized()) this.#window.restore()
    this.#window.focus()
  }

  /** Opens the files and links among arguments. */
  open(args: readonly string[]): void {
    for (const arg of args) {
      const address = addressOfLink(arg)
      if (address !== undefined) this.#request({ kind: 'address', address })
    }
    for (const path of filesIn(args)) {
      readOpenedFile(path).then(
        (file) => this.#request({ kind: 'file', file }),
        (error: unknown) => dialog.showErrorBox('The file could not be opened', messageOf(error)),
      )
    }
  }

  /** Closes what the host has open. */
  close(): Promise<void> {
    return this.#supervisor.close(CLOSE_PATIENCE_MS)
  }

  #request(request: OpenRequest): void {
    // The page asks for its port when it is up; from then on it listens.
    if (this.#requests.length > 0 || this.#window === undefined || this.#window.webContents.isLoading()) {
      this.#requests.push(request)
    } else this.#window.webContents.send(channels.open, request)
  }

  /** Gives a port to our own page in its top frame, and to nobody else. */
  #connect({ senderFrame: frame, sender }: IpcMainEvent): void {
    if (frame === null || frame.parent !== null || !isOwnUrl(frame.url)) return
    const { port1, port2 } = new MessageChannelMain()
    this.#supervisor.connect(port1)
    frame.postMessage(channels.port, null, [port2])
    for (const request of this.#requests.splice(0)) sender.send(channels.open, request)
  }

  #fork(): ReturnType<typeof utilityProcess.fork> {
    const program = join(import.meta.dirname, 'host-process.js')
    const folders = [dataFolder(), join(app.getAppPath(), 'scenarios')]
    return utilityProcess.fork(program, folders, { serviceName: 'Headroom host', cwd: homedir() })
  }

  async #chooseFiles(): Promise<void> {
    const filters = [{ name: 'Scenarios and bundles', extensions: [...openableExtensions] }]
    const { filePaths } = await dialog.showOpenDialog({ filters, properties: ['openFile', 'multiSelections'] })
    this.open(filePaths)
  }

  async #askAfterDeath(code: number, reason: HostErrorDetails | undefined): Promise<boolean> {
    const stops = 'The part of Headroom that runs scenarios keeps stopping'
    const { response } = await dialog.showMessageBox({
      type: 'error',
      message: reason?.message ?? stops,
      detail:
        reason?.hint ??
        `It ended with code ${code} several times in a row. What you saved is safe in ${dataFolder()}; its log says why.`,
      buttons: ['Try again', 'Close Headroom'],
      defaultId: 0,
      cancelId: 1,
    })
    if (response === 1) app.quit()
    return response === 0
  }
}

/** The folder that every door works on. */
function dataFolder(): string {
  return defaultDataFolder({ platform: process.platform, env: process.env, home: homedir() })
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
