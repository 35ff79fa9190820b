// How long it takes from the command until the application can be used in a browser: `npm run bench:application`.
//
// Cold: a new process, a new data folder and a browser without any of our files, each time. The browser itself runs already,
// as it does at who works with one.
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { chromium, type Browser } from 'playwright-core'
import { findProgram, systemPrograms } from '../../scripts/system-programs.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const STARTS = 5

/** What has to be reached. */
const START_MS_MAX = 2_000
const FIRST_LOAD_BYTES_MAX = 900_000

/** As the scripts of the project start everything: with code kept between runs. */
const env = { NODE_COMPILE_CACHE: join(ROOT, '.tmp', 'compile-cache'), ...process.env }

/** Times of one start, in ms from the command on. */
interface Start {
  readonly linkMs: number
  readonly interactiveMs: number
  /** Bytes of our files that the page asked for before it could be used, compressed. */
  readonly bytes: number
}

async function startOnce(browser: Browser): Promise<Start> {
  const data = mkdtempSync(join(tmpdir(), 'headroom-bench-'))
  const beginMs = performance.now()
  const host = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'host/cli/main.ts', 'serve', '--port', '0', '--data', data],
    { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'ignore'] },
  )
  const ended = new Promise((resolve) => {
    host.once('exit', resolve)
  })
  try {
    const link = await firstLine(host.stdout)
    const linkMs = performance.now() - beginMs
    const context = await browser.newContext()
    const page = await context.newPage()
    let bytes = 0
    page.on('response', (response) => (bytes += sizeOf(new URL(response.url()).pathname)))
    await page.goto(link)
    // Everything is there when the scenario that a newcomer sees first can be run.
    await page.getByRole('button', { name: /^Run/u }).first().waitFor()
    const interactiveMs = performance.now() - beginMs
    await context.close()
    return { linkMs, interactiveMs, bytes }
  } finally {
    host.kill('SIGTERM')
    await ended
    rmSync(data, { recursive: true, force: true })
  }
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stream })) return line
  throw new Error('the host ended before it printed its link')
}

const sizes = new Map<string, number>()

/** Compressed size of a file of the page; 0 for what is none. */
function sizeOf(path: string): number {
  const known = sizes.get(path)
  if (known !== undefined) return known
  const isAsset = path.startsWith('/assets/') && readdirSync(join(ROOT, 'dist/renderer/assets')).includes(path.slice(8))
  const size = isAsset ? gzipSync(readFileSync(join(ROOT, 'dist/renderer', path))).length : 0
  sizes.set(path, size)
  return size
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

function judged(label: string, value: number, limit: number, unit: string): string {
  const word = value <= limit ? 'ok' : 'MISSED'
  return `${label.padEnd(44)} ${value.toFixed(0).padStart(9)} ${unit.padEnd(6)} at most ${limit}  ${word}`
}

const executablePath = findProgram(systemPrograms.chromium)
if (executablePath === undefined) {
  console.log('no Chromium on PATH: the start of the application was not measured')
} else {
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({ executablePath, args })
  const starts: Start[] = []
  for (let run = 0; run < STARTS; run++) starts.push(await startOnce(browser))
  await browser.close()
  console.log(`start of the application, ${STARTS} cold starts, medians`)
  console.log(
    `${'until the link is printed'.padEnd(44)} ${median(starts.map(({ linkMs }) => linkMs))
      .toFixed(0)
      .padStart(9)} ms`,
  )
  const interactiveMs = median(starts.map((start) => start.interactiveMs))
  console.log(judged('until Black Friday can be run', interactiveMs, START_MS_MAX, 'ms'))
  console.log(judged('first load, gzip', median(starts.map(({ bytes }) => bytes)), FIRST_LOAD_BYTES_MAX, 'bytes'))
}
