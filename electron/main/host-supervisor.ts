/** Keeps the host process alive: starts it, hands the page's port to it, starts it anew when it dies. */
import type { MessagePortMain, UtilityProcess } from 'electron'
import type { HostErrorDetails } from '../../host/contract/host-error.ts'

/** Milliseconds before the first new start, doubling up to the longest. */
const FIRST_DELAY_MS = 200
const LONGEST_DELAY_MS = 10_000

/** A host that lived this long, in ms, was well: the next death waits the first delay again. */
const WELL_AFTER_MS = 30_000

/** Deaths in a row after which it is given up and the user asked. */
const DEATHS_MAX = 6

/** What the supervisor needs of its surroundings. */
export interface SupervisorOptions {
  /** Starts the process. */
  readonly fork: () => UtilityProcess
  /** Told after the host died, so that pages let go of their ports and ask for new ones. */
  readonly onDeath: (code: number) => void
  /** Told when it died too often to go on, or cannot start for the reason given; answers whether to try again. */
  readonly onGivenUp: (code: number, reason: HostErrorDetails | undefined) => Promise<boolean>
  readonly nowMs: () => number
  readonly later: (work: () => void, delayMs: number) => void
}

/** The host process, whichever one it is at the moment. */
export class HostSupervisor {
  readonly #options: SupervisorOptions
  #process: UtilityProcess | undefined
  #startedMs = 0
  #deaths = 0
  #closing = false
  /** Why the host says that it cannot start. */
  #reason: HostErrorDetails | undefined
  /** Ports that pages asked for while there was no host. */
  #waiting: MessagePortMain[] = []

  constructor(options: SupervisorOptions) {
    this.#options = options
  }

  /** Starts the host. */
  start(): void {
    const { fork, nowMs } = this.#options
    this.#startedMs = nowMs()
    this.#reason = undefined
    const host = fork()
    this.#process = host
    host.on('message', ({ cannotStart }: { readonly cannotStart: HostErrorDetails }) => (this.#reason = cannotStart))
    host.once('exit', (code) => this.#died(host, code))
    for (const port of this.#waiting.splice(0)) host.postMessage('client', [port])
  }

  /** Connects a page: the other end of its port. */
  connect(port: MessagePortMain): void {
    if (this.#process === undefined) this.#waiting.push(port)
    else this.#process.postMessage('client', [port])
  }

  /** Asks the host to close its files and end; resolves when it has, or when it took too long. */
  async close(patienceMs: number): Promise<void> {
    this.#closing = true
    const host = this.#process
    if (host === undefined) return
    const { promise, resolve } = Promise.withResolvers<void>()
    host.once('exit', () => resolve())
    this.#options.later(() => {
      host.kill()
      resolve()
    }, patienceMs)
    host.postMessage('close')
    await promise
  }

  #died(host: UtilityProcess, code: number): void {
    if (this.#process !== host) return
    this.#process = undefined
    if (this.#closing) return
    const { nowMs, later, onDeath, onGivenUp } = this.#options
    this.#deaths = nowMs() - this.#startedMs >= WELL_AFTER_MS ? 1 : this.#deaths + 1
    onDeath(code)
    if (this.#reason === undefined && this.#deaths < DEATHS_MAX) {
      later(() => this.start(), Math.min(FIRST_DELAY_MS * 2 ** (this.#deaths - 1), LONGEST_DELAY_MS))
      return
    }
    void this.#askWhetherToGoOn(onGivenUp, code)
  }

  async #askWhetherToGoOn(ask: SupervisorOptions['onGivenUp'], code: number): Promise<void> {
    const isWorthATry = await ask(code, this.#reason)
    this.#deaths = 0
    if (isWorthATry) this.start()
  }
}
