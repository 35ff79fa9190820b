// How smooth the page is while a run of thirty components streams into it, and how soon Black Friday shows its first picture.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from 'playwright-core'
import { findProgram, systemPrograms } from '../../scripts/system-programs.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** What has to be reached. */
const FRAME_P95_MS_MAX = 50
const FIRST_PICTURE_MS_MAX = 1_000

/** How long frames are watched, in ms, and how many services there are: each with a database beside it. */
const WATCHED_MS = 15_000
const SERVICES = 14

/** Fourteen services in a row of calls, fourteen databases, a cache, and traffic: thirty components. */
function thirtyComponents(): string {
  const numbers = Array.from({ length: SERVICES }, (_, i) => i)
  const call = (i: number): string =>
    i + 1 < SERVICES ? `, { call: s${i + 1}.go }` : ', { read: { cache: c, key: k, miss: { query: d0.q } } }'
  const services = numbers.map(
    (i) => `  s${i}:
    replicas: 2
    workers: 64
    cpu: 4
    endpoints: { go: { steps: [{ cpu: exponential(1ms) }, { query: d${i}.q }${call(i)}] } }`,
  )
  const databases = numbers.map(
    (i) => `  d${i}: { primary: { cores: 4 }, classes: { q: { kind: read, demand: exponential(1ms) } } }`,
  )
  return `version: 1
name: Thirty components
run: { duration: 60m, warmup: 10s, bucket: 1s, replications: 1 }
keys: { k: { count: 1000, popularity: zipf(1), size: 1KB } }
traffic: { t: { rate: 500/s, mix: { s0.go: 100% } } }
services:
${services.join('\n')}
caches: { c: { tiers: [{ name: redis, capacity: 500 }] } }
databases:
${databases.join('\n')}
`
}

/** Times between animation frames, in ms, in order of size. */
async function frameTimes(page: Page): Promise<number[]> {
  const times = await page.evaluate(async (watchedMs) => {
    const between: number[] = []
    const endMs = performance.now() + watchedMs
    let lastMs = performance.now()
    await new Promise<void>((resolve) => {
      const look = (nowMs: number): void => {
        between.push(nowMs - lastMs)
        lastMs = nowMs
        if (nowMs < endMs) requestAnimationFrame(look)
        else resolve()
      }
      requestAnimationFrame(look)
    })
    return between
  }, WATCHED_MS)
  return times.toSorted((a, b) => a - b)
}

/** From the click until the clock of the run is there, in ms. */
async function firstPictureMs(page: Page): Promise<number> {
  await page.getByRole('heading', { name: 'Run Black Friday' }).waitFor()
  const begin = performance.now()
  await page.getByRole('main').getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByTitle('Simulated time of the replication that is shown').waitFor()
  const tookMs = performance.now() - begin
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Pause' }).waitFor({ state: 'hidden' })
  return tookMs
}

async function main(): Promise<void> {
  const executablePath = findProgram(systemPrograms.chromium)
  if (executablePath === undefined) throw new Error('there is no Chromium on PATH')
  const folder = mkdtempSync(join(tmpdir(), 'headroom-bench-'))
  const args = ['host/cli/main.ts', 'serve', '--port', '0', '--data', join(folder, 'data')]
  const host = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let link = ''
  for await (const line of createInterface({ input: host.stdout })) {
    link = line
    break
  }
  const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(link)
  await page.evaluate(() => (location.hash = '#/run'))
  const firstMs = [await firstPictureMs(page), await firstPictureMs(page), await firstPictureMs(page)]
  const scenario = join(folder, 'thirty.yaml')
  writeFileSync(scenario, thirtyComponents())
  await page.evaluate(() => (location.hash = '#/library'))
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Import' }).click()
  await (await chooser).setFiles(scenario)
  await page.waitForURL(/#\/design/u)
  await page.getByRole('toolbar').getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByTitle('Simulated time of the replication that is shown').waitFor()
  const times = await frameTimes(page)
  const at = (share: number): number => times[Math.floor((times.length - 1) * share)]!
  console.log(
    `first live picture of Black Friday: cold thread ${firstMs[0]!.toFixed(0)} ms, then ${firstMs[1]!.toFixed(0)} and ` +
      `${firstMs[2]!.toFixed(0)} ms (at most ${FIRST_PICTURE_MS_MAX})`,
  )
  console.log(
    `frames while thirty components stream: ${times.length} in ${WATCHED_MS / 1000} s, p50 ${at(0.5).toFixed(1)} ms, ` +
      `p95 ${at(0.95).toFixed(1)} ms (at most ${FRAME_P95_MS_MAX}), longest ${at(1).toFixed(0)} ms`,
  )
  await browser.close()
  host.kill('SIGTERM')
  await new Promise((resolve) => {
    host.once('exit', resolve)
  })
  rmSync(folder, { recursive: true, force: true })
}

await main()
