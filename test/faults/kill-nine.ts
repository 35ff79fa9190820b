// Kills the host at random moments of saving and running, and looks each time whether anything acknowledged is lost.
// On its own: node test/faults/kill-nine.ts [kills] [seed]
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { openStore } from '../../host/store/open-store.ts'
import type { Store } from '../../host/store/store.ts'
import { RandomStreams } from '../../sim-core/kernel/random.ts'
import type { Acknowledged } from './kill-nine-texts.ts'
import { numberOf, textOf } from './kill-nine-texts.ts'

const VICTIM = fileURLToPath(new URL('./kill-nine-victim.ts', import.meta.url))

/** Share of kills that come while the host starts; the others come while it works. */
const SHARE_AT_START = 0.2

/** Latest kill after the start of the process, and after it is ready, in ms. */
const START_MS = 800
const WORK_MS = 1_500

/** What the kills came to. */
export interface KillReport {
  readonly kills: number
  readonly saves: number
  readonly runsStarted: number
  readonly runsDone: number
  /** Everything that was not as it must be; empty when all is well. */
  readonly losses: readonly string[]
}

/** Everything that was acknowledged so far. */
interface Ledger {
  /** The highest number saved, by scenario. */
  readonly saved: Map<string, number>
  readonly started: Set<string>
  readonly done: Map<string, string | null>
  saves: number
}

/** Kills so many times over one data folder. The moments depend on the seed and on how fast the machine is. */
export async function killNine(kills: number, seed: number, onKill: (kill: number) => void): Promise<KillReport> {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-kill-'))
  const random = new RandomStreams(seed, 0).stream('kill-nine/moments')
  const ledger: Ledger = { saved: new Map(), started: new Set(), done: new Map(), saves: 0 }
  const losses: string[] = []
  try {
    for (let kill = 1; kill <= kills; kill++) {
      const atStart = random.nextUnit() < SHARE_AT_START
      const delayMs = random.nextUnit() * (atStart ? START_MS : WORK_MS)
      await killedOnce(folder, ledger, { first: kill * 1_000_000, atStart, delayMs })
      losses.push(...lossesIn(folder, ledger).map((loss) => `kill ${kill}: ${loss}`))
      onKill(kill)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return { kills, saves: ledger.saves, runsStarted: ledger.started.size, runsDone: ledger.done.size, losses }
}

/** Lets a victim work, kills it, and reads to the end what it acknowledged. */
async function killedOnce(
  folder: string,
  ledger: Ledger,
  { first, atStart, delayMs }: { readonly first: number; readonly atStart: boolean; readonly delayMs: number },
): Promise<void> {
  const victim = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', VICTIM, folder, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(victim, 'exit')
  const killAfter = async (): Promise<void> => {
    await sleep(delayMs)
    victim.kill('SIGKILL')
  }
  const kills = atStart ? [killAfter()] : []
  for await (const line of createInterface(victim.stdout)) {
    const told = JSON.parse(line) as Acknowledged
    if (told.kind === 'ready' && !atStart) kills.push(killAfter())
    note(ledger, told)
  }
  await Promise.all(kills)
  const [code, signal] = (await exited) as [number | null, string | null]
  if (signal !== 'SIGKILL') throw new Error(`the victim ended by itself with ${code}`)
}

function note(ledger: Ledger, told: Acknowledged): void {
  if (told.kind === 'saved') {
    ledger.saved.set(told.id, told.number)
    ledger.saves += 1
  } else if (told.kind === 'started') ledger.started.add(told.id)
  else if (told.kind === 'done') ledger.done.set(told.id, told.fingerprint)
}

/** What is not as it was acknowledged, in sentences. */
function lossesIn(folder: string, ledger: Ledger): readonly string[] {
  // Before the first acknowledgement there may be no database yet.
  if (ledger.saved.size === 0) return []
  const path = join(folder, 'headroom.db')
  const database = new Database(path, { readonly: true })
  const integrity = database.pragma('integrity_check', { simple: true })
  const foreignKeys = database.pragma('foreign_key_check') as readonly unknown[]
  database.close()
  const store = openStore({ folder, wallMs: Date.now })
  try {
    return [
      ...(integrity === 'ok' ? [] : [`integrity_check says ${String(integrity)}`]),
      ...(foreignKeys.length === 0 ? [] : ['rows refer to what is not there']),
      ...store.notices.filter(({ level }) => level === 'error').map(({ message }) => message),
      ...lostTexts(store, ledger),
      ...lostRuns(store, ledger),
    ]
  } finally {
    store.close()
  }
}

/** The text may be newer than the acknowledged one, never older, and always exactly one that was given to be saved. */
function lostTexts({ scenarios }: Store, { saved }: Ledger): readonly string[] {
  return [...saved].flatMap(([id, number]) => {
    const text = scenarios.read(id)?.text
    if (text === undefined) return [`scenario ${id} is gone`]
    const found = numberOf(text)
    if (!(found >= number)) return [`scenario ${id} is at ${found}, ${number} was acknowledged`]
    const history = scenarios.history(id)
    if (history[0]?.text !== text) return [`the history of scenario ${id} does not end with its text`]
    const altered = [text, ...history.map((line) => line.text)].find((kept) => kept !== textOf(numberOf(kept)))
    return altered === undefined ? [] : [`a text of scenario ${id} is not the one that was saved`]
  })
}

function lostRuns({ runs }: Store, { started, done }: Ledger): readonly string[] {
  const gone = [...started, ...done.keys()].filter((id) => runs.summary(id) === undefined)
  const unended = runs.list({}).filter(({ status }) => status === 'queued' || status === 'running')
  const altered = [...done].filter(([id, fingerprint]) => {
    const run = runs.read(id)
    const isWhole = run?.summary.status === 'done' && run.result?.fingerprint === fingerprint && run.hasSeries
    return !isWhole || run.seriesNames.some((name) => runs.series(id, name) === undefined)
  })
  return [
    ...gone.map((id) => `run ${id} is gone`),
    ...unended.map(({ id, status }) => `run ${id} is still ${status}`),
    ...altered.map(([id]) => `run ${id} is not what was acknowledged`),
  ]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , kills = '200', seed = '1'] = process.argv
  const report = await killNine(Number(kills), Number(seed), (kill) => {
    if (kill % 10 === 0) process.stderr.write(`${kill} kills\n`)
  })
  const { saves, runsStarted, runsDone, losses } = report
  process.stdout.write(
    `${report.kills} kills: ${saves} saves, ${runsStarted} runs begun and ${runsDone} ended were acknowledged; ${losses.length} lost\n`,
  )
  for (const loss of losses) process.stdout.write(`  ${loss}\n`)
  process.exitCode = losses.length === 0 ? 0 : 1
}
