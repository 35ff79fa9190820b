/** The command `headroom serve`: opens the application to a browser of this machine. */
import { resolve } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import type { HostInfo } from '../contract/host-api.ts'
import type { Host } from '../contract/host.ts'
import { sessionKey } from '../web/key-file.ts'
import { linkToRunningHost } from '../web/running-host.ts'
import type { WebDoor } from '../web/web-door.ts'
import { openWebDoor } from '../web/web-door.ts'
import type { PagePlaces } from './built-page.ts'
import { ensurePage } from './built-page.ts'
import { exitCodes } from './cli-io.ts'
import type { DataOption } from './data-option.ts'
import { dataFolderOf, dataOption } from './data-option.ts'
import { onInterrupt } from './interrupts.ts'
import { openBrowser } from './open-browser.ts'
import type { Terminal } from './terminal.ts'
import { EXIT_INTERRUPTED } from './terminal.ts'

/** Taken unless another is asked for: an address that stays keeps its sessions. Not registered for anything known. */
const DEFAULT_PORT = 4_310

const PORT_MAX = 65_535

interface ServeOptions extends DataOption {
  readonly port?: number
  readonly page?: string
  readonly open?: true
}

/** The command. It goes on until Ctrl-C. */
export function serveCommand(terminal: Terminal, host: Host, places: PagePlaces): Command {
  return new Command('serve')
    .description('serve the application to a browser on this machine, and print a link that lets it in once')
    .option('--port <n>', `port on 127.0.0.1 (default: ${DEFAULT_PORT}, or a free one when it is taken)`, portNumber)
    .addOption(dataOption())
    .option('--page <folder>', 'another build of the page')
    .option('--open', 'open the link in the default browser')
    .action((options: ServeOptions) => serve(terminal, host, places, options))
}

async function serve(terminal: Terminal, host: Host, places: PagePlaces, options: ServeOptions): Promise<void> {
  const dataFolder = dataFolderOf(options)
  const pageFolder = options.page === undefined ? places.pageFolder : resolve(options.page)
  await ensurePage({ ...places, pageFolder })
  const key = sessionKey(dataFolder)
  const port = options.port ?? DEFAULT_PORT
  const open = (at: number): Promise<WebDoor> =>
    openWebDoor({ pageFolder, key, port: at, wallMs: Date.now }, async () => {
      const workspace = await host.openWorkspace({ dataFolder, wallMs: Date.now })
      terminal.stderr(noticeText(await workspace.api.hello()))
      return workspace
    })
  let door: WebDoor
  try {
    door = await open(port)
  } catch (error) {
    if (!isListenError(error)) throw error
    const running = await linkToRunningHost(key, port, Date.now)
    if (running !== undefined) {
      terminal.stderr(`Headroom serves ${dataFolder} on port ${port} already; this is a fresh link to it\n`)
      await show(terminal, running, options)
      return
    }
    if (options.port !== undefined) {
      refusePort(terminal, port, error.code)
      return
    }
    door = await open(0)
    terminal.stderr(`port ${port} is taken by another program; ${door.port} is used instead\n`)
  }
  await show(terminal, door.link(), options)
  const enter = terminal.isTerminal ? 'Enter prints a fresh link, ' : ''
  terminal.stderr(`data in ${dataFolder}; ${enter}Ctrl-C ends\n`)
  await untilInterrupt(terminal, door)
  await door.close()
}

/** What happened to the data folder; nothing when all is well. The page tells it too. */
function noticeText({ readOnlyReason, notices }: HostInfo): string {
  const found = notices.map(({ message, hint }) => `${message}\n  ${hint}\n`)
  return [...found, ...(readOnlyReason === null ? [] : [`nothing can be written: ${readOnlyReason}\n`])].join('')
}

async function show(terminal: Terminal, link: string, { open }: ServeOptions): Promise<void> {
  terminal.stdout(`${link}\n`)
  if (open === true && !(await openBrowser(process, link))) {
    terminal.stderr('there is no screen to open a browser on; open the link yourself\n')
  }
}

/** Prints a fresh link whenever Enter is pressed. */
async function untilInterrupt(terminal: Terminal, door: WebDoor): Promise<void> {
  const { promise, resolve: stop } = Promise.withResolvers<void>()
  const unwatch = terminal.onEnter(() => terminal.stdout(`${door.link()}\n`))
  terminal.onInterrupt(onInterrupt({ nowMs: terminal.nowMs, stop, endNow: () => terminal.endNow(EXIT_INTERRUPTED) }))
  await promise
  unwatch()
}

/** What listening on a port fails with. */
interface ListenError {
  readonly code: 'EADDRINUSE' | 'EACCES'
}

function isListenError(error: unknown): error is ListenError {
  const code =
    error instanceof Error && 'code' in error && 'syscall' in error && error.syscall === 'listen' && error.code
  return code === 'EADDRINUSE' || code === 'EACCES'
}

function refusePort(terminal: Terminal, port: number, code: ListenError['code']): void {
  const why = code === 'EACCES' ? 'may not be used by this user' : 'is taken by another program'
  terminal.stderr(`error: port ${port} ${why}\n  choose another with --port, or leave it out\n`)
  terminal.exitWith(exitCodes.usage)
}

function portNumber(text: string): number {
  const port = Number(text)
  if (/^\d+$/u.test(text) && port <= PORT_MAX) return port
  throw new InvalidArgumentError(`Give a whole number from 0 to ${PORT_MAX}; 0 takes a free port.`)
}
