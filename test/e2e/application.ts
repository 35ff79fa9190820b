// The application under test: a host process of its own on a free port, with its own data folder, and a page that watches
// for anything that must not happen.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, test as base, type Page } from '@playwright/test'
import { findProgram, systemPrograms } from '../../scripts/system-programs.ts'
import { projectRoot } from '../architecture/project.ts'

/** A host that serves a data folder. */
export interface Application {
  /** With its token; good for one visit. */
  readonly url: string
  readonly dataFolder: string
  /** Ends the host as a power cut would. */
  kill(): Promise<void>
  /** Serves the same folder on the same port again. */
  restart(): Promise<void>
}

class ServedApplication implements Application {
  readonly dataFolder: string = mkdtempSync(join(tmpdir(), 'headroom-e2e-'))
  url = ''
  #host: ChildProcess | undefined

  async start(): Promise<void> {
    const port = this.url === '' ? '0' : new URL(this.url).port
    const args = ['host/cli/main.ts', 'serve', '--data', this.dataFolder, '--port', port]
    const host = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
      cwd: projectRoot,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#host = host
    const lines = createInterface({ input: host.stdout })
    for await (const line of lines) {
      const found = /http:\/\/\S+/u.exec(line)
      if (found === null) continue
      this.url = found[0]
      host.stdout.resume()
      return
    }
    throw new Error('the host ended before it served anything')
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const host = this.#host
    if (host === undefined || host.exitCode !== null || host.signalCode !== null) return
    const ended = new Promise((resolve) => {
      host.once('exit', resolve)
    })
    host.kill(signal)
    await ended
  }

  restart(): Promise<void> {
    return this.start()
  }

  async close(): Promise<void> {
    await this.kill('SIGTERM')
    rmSync(this.dataFolder, { recursive: true, force: true })
  }
}

/** What went wrong in a page besides what a test looks at. */
export interface Watch {
  readonly complaints: string[]
  /** While the host is away, failed connections are what has to happen. */
  allowConnectionErrors: boolean
}

const hasChromium = findProgram(systemPrograms.chromium) !== undefined

async function served(use: (application: Application) => Promise<void>): Promise<void> {
  test.skip(!hasChromium, 'no Chromium on PATH: the interface was not tried')
  const application = new ServedApplication()
  await application.start()
  await use(application)
  await application.close()
}

/**
 * `application` is running, and `page` shows it once `watch` is asked for; console errors and requests elsewhere fail the
 * test then. `elsewhere` is one of another machine: other data, another port.
 */
export const test = base.extend<{ application: Application; elsewhere: Application; watch: Watch }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this pattern.
  application: async ({}, use) => served(use),
  // oxlint-disable-next-line no-empty-pattern -- As above.
  elsewhere: async ({}, use) => served(use),
  watch: async ({ page, application }, use) => {
    const watch: Watch = { complaints: [], allowConnectionErrors: false }
    const origin = new URL(application.url).origin
    page.on('pageerror', (error) => watch.complaints.push(String(error)))
    page.on('console', (message) => {
      if (!['error', 'warning'].includes(message.type())) return
      if (watch.allowConnectionErrors && /WebSocket|ERR_CONNECTION/u.test(message.text())) return
      watch.complaints.push(message.text())
    })
    page.on('request', (request) => {
      const url = request.url()
      if (!url.startsWith(`${origin}/`) && !/^(?:data|blob):/u.test(url)) watch.complaints.push(`request to ${url}`)
    })
    await page.goto(application.url)
    await use(watch)
    expect(watch.complaints).toEqual([])
  },
})

/** Fails with what axe finds on the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`)
  expect(found).toEqual([])
}

export { expect } from '@playwright/test'
