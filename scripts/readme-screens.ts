// Takes the pictures of the application that the README shows: a real host, a real run of Black Friday, a real browser.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, type Page } from 'playwright-core'
import { findProgram, systemPrograms } from './system-programs.ts'

const root = join(import.meta.dirname, '..')
const pictures = join(root, 'docs', 'screens')

/** Simulated clock at which the live picture is taken: the load has risen, the workers of checkout are full. */
const LIVE_AT = /00:(?:2[2-9]|3\d):/u

/** How long a whole run of the scenario may take, in ms. */
const RUN_PATIENCE_MS = 30 * 60_000

/** Starts the host; answers the link that lets a browser in. */
async function serve(dataFolder: string): Promise<{ readonly url: string; stop(): void }> {
  const args = ['host/cli/main.ts', 'serve', '--data', dataFolder, '--port', '0']
  const host = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: host.stdout })) {
    const url = /http:\/\/\S+/u.exec(line)?.[0]
    if (url !== undefined) return { url, stop: () => void host.kill('SIGTERM') }
  }
  throw new Error('the host ended before it served anything')
}

async function take(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(SETTLE_MS)
  await page.screenshot({ path: join(pictures, `${name}.png`) })
  console.log(`docs/screens/${name}.png`)
}

/** Time for charts to be drawn, in ms. */
const SETTLE_MS = 1_500

async function main(): Promise<void> {
  const executablePath = findProgram(systemPrograms.chromium)
  if (executablePath === undefined) throw new Error('the pictures need Chromium on PATH')
  mkdirSync(pictures, { recursive: true })
  const dataFolder = mkdtempSync(join(tmpdir(), 'headroom-screens-'))
  const host = await serve(dataFolder)
  const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'light', locale: 'en-GB' })
  await page.goto(host.url)
  await page.getByText('Black Friday').first().waitFor()
  await page
    .getByRole('link', { name: 'Design' })
    .or(page.getByRole('button', { name: 'Design' }))
    .first()
    .click()
  await page.getByText('orders_db').first().waitFor()
  await take(page, 'design')
  await page.keyboard.press('Control+Enter')
  await page.getByText(LIVE_AT).first().waitFor({ timeout: RUN_PATIENCE_MS })
  await take(page, 'run')
  await page.getByRole('button', { name: 'See results' }).click({ timeout: RUN_PATIENCE_MS })
  await page.getByText('Black Friday').first().waitFor()
  await take(page, 'results')
  await browser.close()
  host.stop()
  rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 })
}

await main()
