// The desktop window itself, where Electron's binary is there: the same page over a port, locked down, with its own menu.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { _electron as electron, expect, test as base, type ElectronApplication } from '@playwright/test'
import { projectRoot } from '../architecture/project.ts'

// Importing the package would begin a download; its folder says whether the binary is there.
const electronFolder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
const hasElectron = existsSync(join(electronFolder, 'path.txt'))

const test = base.extend<{ desktop: ElectronApplication }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this pattern.
  desktop: async ({}, use) => {
    test.skip(!hasElectron, 'no Electron binary here: the window was tried against a stand-in for Electron only')
    const userData = mkdtempSync(join(tmpdir(), 'headroom-window-'))
    const desktop = await electron.launch({ args: [projectRoot, `--user-data-dir=${userData}`] })
    await use(desktop)
    await desktop.close()
    rmSync(userData, { recursive: true, force: true })
  },
})

test('the window shows the library from our own scheme, without Node', async ({ desktop }) => {
  const page = await desktop.firstWindow()
  await expect(page.getByText('Black Friday').first()).toBeVisible()
  expect(page.url()).toMatch(/^app:\/\/headroom\//u)
  expect(await page.evaluate(() => ['require', 'process'].filter((name) => name in globalThis))).toEqual([])
  expect(await page.evaluate(() => 'headroomDesktop' in globalThis)).toBe(true)
})

test('the menu leads to the screens', async ({ desktop }) => {
  const page = await desktop.firstWindow()
  await desktop.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('go-compare')?.click())
  await expect(page).toHaveURL(/#\/compare/u)
})

test('a host that is killed comes back, and the page says so', async ({ desktop }) => {
  const page = await desktop.firstWindow()
  await expect(page.getByText('Black Friday').first()).toBeVisible()
  await desktop.evaluate(({ app }) => {
    const host = app.getAppMetrics().find(({ serviceName }) => serviceName === 'Headroom host')
    if (host !== undefined) process.kill(host.pid, 'SIGKILL')
  })
  await expect(page.getByText(/started anew/u)).toBeVisible()
})

test('the window comes back where it stood', async ({ desktop }) => {
  const bounds = { x: 40, y: 60, width: 1200, height: 780 }
  await desktop.firstWindow()
  await desktop.evaluate(({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]?.setBounds(wanted), bounds)
  const found = await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())
  expect(found).toMatchObject({ width: bounds.width, height: bounds.height })
})
