// How long it takes to open a stored run with hundreds of series: from the click until its charts are drawn.
//
// Run by Node alone, after the page was built. The run is made here, of Black Friday cut short, and read by a host of its
// own; each opening is in a page that was loaded anew.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import type { Page } from 'playwright-core'
import { createHost } from '../../host/create-host.ts'
import { findProgram, systemPrograms } from '../../scripts/system-programs.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const OPENINGS = 7

/** What has to be reached. */
const OPEN_MS_MAX = 500

/** Charts of the overview that must be there: load, latency and the map of who is busy. */
const CHARTS = 3

/** Makes a run and answers its id and how many series it has. */
async function storedRun(dataFolder: string): Promise<{ readonly id: string; readonly series: number }> {
  const text = readFileSync(join(ROOT, 'scenarios/black-friday.yaml'), 'utf8')
    .replace('duration: 60m, warmup: 5m', 'duration: 3m, warmup: 30s')
    .replace('replications: 4, bucket: 10s', 'replications: 1, bucket: 500ms')
  const host = createHost({ nowMs: () => performance.now(), cores: 2, libraryFolder: dataFolder })
  const workspace = await host.openWorkspace({ dataFolder, wallMs: () => Date.now() })
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  workspace.onEvent((event) => {
    if (event.event !== 'run-changed') return
    if (event.run.status === 'done') resolve(event.run.id)
    else if (event.run.status === 'failed') reject(new Error(event.run.error?.message ?? 'the run failed'))
  })
  const { id } = await workspace.api.createScenario({ from: 'text', fileName: 'bench.yaml', text })
  const { kind } = await workspace.api.startRun({ scenarioId: id })
  if (kind === 'invalid') throw new Error('the scenario cut short is not valid')
  const { seriesNames } = await workspace.api.readRun(await promise)
  await workspace.close()
  await host.close()
  return { id: await promise, series: seriesNames.length }
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stream })) return line
  throw new Error('the host ended before it printed its link')
}

/** From the change of the address until every chart has been drawn, in ms. */
async function openOnce(page: Page, runId: string): Promise<number> {
  await page.goto('about:blank')
  await page.goBack()
  await page.evaluate(() => (location.hash = '#/library'))
  await page.getByRole('heading', { name: 'Library' }).waitFor()
  await page.waitForTimeout(1000)
  return await page.evaluate(
    async ([id, charts]) => {
      const beginMs = performance.now()
      location.hash = `#/results/${id}`
      while (document.querySelectorAll('figure canvas').length < charts)
        await new Promise((resolve) => requestAnimationFrame(resolve))
      return performance.now() - beginMs
    },
    [runId, CHARTS] as const,
  )
}

async function measure(executablePath: string): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'headroom-results-'))
  const run = await storedRun(data)
  const args = ['--disable-warning=ExperimentalWarning', 'host/cli/main.ts', 'serve', '--port', '0', '--data', data]
  const host = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'] })
  const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(await firstLine(host.stdout))
  const times: number[] = []
  for (let opening = 0; opening < OPENINGS; opening++) times.push(await openOnce(page, run.id))
  await browser.close()
  host.kill('SIGTERM')
  await new Promise((resolve) => host.once('exit', resolve))
  rmSync(data, { recursive: true, force: true })
  const median = times.toSorted((a, b) => a - b)[Math.floor(OPENINGS / 2)] ?? Number.NaN
  const word = median <= OPEN_MS_MAX ? 'ok' : 'MISSED'
  console.log(
    `opening a stored run with ${run.series} series: ${median.toFixed(0)} ms, at most ${OPEN_MS_MAX}  ${word}` +
      ` (${times.map((ms) => ms.toFixed(0)).join(', ')})`,
  )
}

const executablePath = findProgram(systemPrograms.chromium)
if (executablePath === undefined) console.log('no Chromium on PATH: opening a run was not measured')
else await measure(executablePath)
