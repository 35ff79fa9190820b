// The page as the desktop window has it: no socket, but a port, handed over by the window.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { DesktopBridge } from '../../host/contract/desktop-bridge.ts'
import { HOST_PORT_MESSAGE } from '../../host/contract/desktop-bridge.ts'
import type { Channel } from '../../host/contract/channel.ts'
import { serveChannel } from '../../host/transport/serve-channel.ts'
import { expect, test } from './application.ts'
import { openFolder } from './host.ts'
import { queueText } from './scenarios.ts'
import { decision, openScenario, runFromDesign, seeResults } from './steps.ts'

test('over a port, the library is shown and a run finishes, without any socket', async ({ page, application }) => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'headroom-port-'))
  const sockets: string[] = []
  page.on('websocket', (socket) => sockets.push(socket.url()))
  {
    await using folder = await openFolder(dataFolder)
    const channel = await bridgeTo(page)
    serveChannel(folder.workspace, channel)
    await page.goto(application.url)
    await openScenario(page, 'queue.yaml', queueText)
    await runFromDesign(page)
    await seeResults(page)
    await expect(decision(page)).toContainText('Small queue holds 2 objectives')
    const [run] = await folder.workspace.api.listRuns({})
    expect(run).toMatchObject({ scenarioName: 'Small queue', verdict: 'pass' })
    expect(sockets).toEqual([])
    await page.close()
  }
  rmSync(dataFolder, { recursive: true, force: true })
})

test('a menu of the window goes to screens, and a file of the system is opened', async ({ page, application }) => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'headroom-port-'))
  {
    await using folder = await openFolder(dataFolder)
    serveChannel(folder.workspace, await bridgeTo(page))
    await page.goto(application.url)
    await expect(page.getByRole('list', { name: 'Scenarios' })).toContainText('Black Friday')
    await page.evaluate(() => window.dispatchEvent(new CustomEvent('test:menu', { detail: 'go-compare' })))
    await expect(page).toHaveURL(/#\/compare/u)
    const base64 = Buffer.from(queueText).toString('base64')
    const detail = { kind: 'file', file: { fileName: 'queue.yaml', base64 } }
    await page.evaluate((request) => window.dispatchEvent(new CustomEvent('test:open', { detail: request })), detail)
    await expect(page.getByRole('group', { name: /^Service desk/u })).toBeVisible()
    await page.close()
  }
  rmSync(dataFolder, { recursive: true, force: true })
})

/** Gives a page what the desktop's preload gives it; the other end of its port is the answer. */
async function bridgeTo(page: Page): Promise<Channel> {
  const listeners = new Set<(value: unknown) => void>()
  await page.exposeFunction('sendToHost', (value: unknown) => {
    for (const listener of listeners) listener(value)
  })
  await page.addInitScript((message) => {
    const on = (name: string, listener: (detail: never) => void) => {
      const hand = (event: Event): void => listener((event as CustomEvent).detail as never)
      addEventListener(name, hand)
      return () => removeEventListener(name, hand)
    }
    const bridge: DesktopBridge = {
      platform: 'linux',
      requestPort() {
        const { port1, port2 } = new MessageChannel()
        port1.addEventListener('message', ({ data }) => void (globalThis as unknown as Relay).sendToHost(data))
        port1.start()
        ;(globalThis as unknown as Relay).fromHost = (value) => port1.postMessage(value)
        window.postMessage(message, location.origin, [port2])
      },
      onMenu: (listener) => on('test:menu', listener),
      onOpen: (listener) => on('test:open', listener),
      onHostDied: (listener) => on('test:died', listener),
    }
    Object.assign(window, { headroomDesktop: bridge })
  }, HOST_PORT_MESSAGE)
  // What is said arrives in the order in which it was said.
  let last = Promise.resolve()
  return {
    post(value) {
      last = last
        .then(async () => await page.evaluate((said) => (globalThis as unknown as Relay).fromHost(said), value))
        .catch((error: unknown) => {
          if (!page.isClosed()) throw error
        })
    },
    onMessage(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    onClose: (listener) => void page.once('close', listener),
    close: () => void page.close(),
  }
}

interface Relay {
  sendToHost(value: unknown): Promise<void>
  fromHost(value: unknown): void
}
