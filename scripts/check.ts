// Runs every check of the project one after the other and ends with the summed counts: `npm test`, `npm run test:quick`.
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { installMissingPrograms } from './system-programs.ts'
import { renderSummary, tallyOfExitCode, tallyOfReport, type NamedTally, type Tally } from './tally.ts'

interface Runner {
  readonly name: string
  readonly command: readonly [program: string, ...args: string[]]
  /** Where its counts come from: the exit code alone, a file of our vitest reporter, or JSON on stdout. */
  readonly counts: 'exit code' | 'report file' | 'stdout'
  readonly quick: boolean
}

/** Vectors beside the checkout, where there are any: more than the project's own copy holds. */
const sharedVectors = join(import.meta.dirname, '..', '..', 'shared', 'vectors')
const vectors = existsSync(sharedVectors) ? [sharedVectors] : []

const runners: readonly Runner[] = [
  { name: 'types', command: ['tsc', '-b'], counts: 'exit code', quick: true },
  { name: 'lint', command: ['oxlint'], counts: 'exit code', quick: true },
  { name: 'format', command: ['oxfmt', '--check'], counts: 'exit code', quick: false },
  { name: 'unused code', command: ['knip'], counts: 'exit code', quick: false },
  { name: 'page', command: ['node', 'scripts/build-page.mjs'], counts: 'exit code', quick: false },
  { name: 'tests', command: ['vitest', 'run'], counts: 'report file', quick: true },
  { name: 'end to end', command: ['playwright', 'test'], counts: 'report file', quick: false },
  {
    name: 'oracles',
    command: ['node', 'test/oracle/main.ts', ...vectors, '--json', '--offered', '--effort', 'quick'],
    counts: 'stdout',
    quick: false,
  },
]

// Ctrl-C ends the running check and with it everything; the child got the signal from the terminal as well.
let running: ChildProcess | undefined
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    running?.kill(signal)
    process.exit(1)
  })
}

const quick = process.argv.includes('--quick')
if (!quick) installMissingPrograms()
if (!quick && vectors.length === 0) console.log("No vectors beside the checkout: the project's own copy is judged.")
const scratch = mkdtempSync(join(tmpdir(), 'headroom-check-'))
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }))

const tallies: NamedTally[] = []
for (const runner of runners) {
  if (quick && !runner.quick) continue
  console.log(`\n== ${runner.name}: ${runner.command.join(' ')}`)
  tallies.push({ runner: runner.name, ...(await runOne(runner)) })
}
process.exitCode = tallies.some((tally) => tally.failed > 0) ? 1 : 0
console.log(`\n${renderSummary(tallies)}`)

async function runOne(runner: Runner): Promise<Tally> {
  const [program, ...args] = runner.command
  const reportFile = join(scratch, `${runner.name}.json`)
  const env = { ...process.env, HEADROOM_TEST_REPORT: reportFile, ...(quick && { HEADROOM_QUICK: '1' }) }
  const captured = runner.counts === 'stdout'
  const child = spawn(program, args, { env, stdio: ['ignore', captured ? 'pipe' : 'inherit', 'inherit'] })
  running = child
  const ended = new Promise<number>((resolve) => {
    child.on('error', () => resolve(1))
    child.on('exit', (code) => resolve(code ?? 1))
  })
  const output = child.stdout === null ? '' : await text(child.stdout)
  const exitCode = await ended
  if (captured) {
    if (exitCode !== 0) console.log(output.trimEnd())
    return tallyOfReport(output, exitCode)
  }
  return runner.counts === 'exit code' ? tallyOfExitCode(exitCode) : tallyOfReport(readIfThere(reportFile), exitCode)
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
