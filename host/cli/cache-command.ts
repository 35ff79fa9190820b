/** `headroom cache FILE`: how often a cache misses, by size and eviction policy, without simulating anything else. */
import { Command, InvalidArgumentError } from 'commander'
import { csvText } from '../../sim-core/analysis/csv-text.ts'
import type {
  CacheCurve,
  CacheCurveApi,
  CurveOutcome,
  CurveProgress,
  CurveRequest,
} from '../contract/cache-curve-api.ts'
import { exitCodes } from './cli-io.ts'
import { jsonText } from './export/json-text.ts'
import { fileComplaint, writeWhole } from './export/output-files.ts'
import { followWork } from './follow-work.ts'
import { appended } from './options.ts'
import type { CliProblem } from './problem-text.ts'
import { counted, problemText } from './problem-text.ts'
import { curveCsvRows, curveText } from './report/cache-curve.ts'
import { figureText, FIXED_SPACE } from './report/figure-text.ts'
import type { Terminal } from './terminal.ts'
import { EXIT_INTERRUPTED } from './terminal.ts'

/** Stands for stdout where a file is asked for. */
const STDOUT = '-'

/** Most requests that can be asked for. */
const REQUESTS_MAX = 1e12

const MULTIPLES: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9 }

interface CacheOptions {
  readonly cache?: string
  readonly policies?: readonly string[]
  readonly requests?: number
  readonly sample?: number
  readonly set?: readonly string[]
  readonly json?: string
  readonly csv?: string
  readonly quiet?: true
}

/** The command. */
export function cacheCommand(terminal: Terminal, curves: CacheCurveApi): Command {
  return new Command('cache')
    .description('tell how often a cache misses, by size and eviction policy, for a scenario or a trace of keys')
    .argument('<file>', 'scenario (.yaml, .yml, .json), or trace: key[,size][,time] a line, gzipped or not')
    .option('--cache <id>', 'cache of the scenario; not needed where it has one only')
    .option('--policies <ids>', 'policies to compare, such as lru,sieve,opt (default: all)', policyList)
    .option('--requests <n>', 'requests, such as 20M (default: 2M of a scenario, all of a trace)', requestCount)
    .option('--sample <share>', 'take samples of the keys, such as 1%, and tell the error', sampleShare)
    .option('--set <path=value>', 'change the scenario; may be given again', appended)
    .option('--json <file>', 'write everything as JSON; - for stdout, in place of the table')
    .option('--csv <file>', 'write a row for each policy and size; - for stdout, in place of the table')
    .option('--quiet', 'no progress')
    .action((file: string, options: CacheOptions) => measure(terminal, curves, file, options))
}

async function measure(terminal: Terminal, curves: CacheCurveApi, file: string, options: CacheOptions): Promise<void> {
  if (options.json === STDOUT && options.csv === STDOUT) {
    terminal.stderr('error: only one of --json and --csv can go to stdout\n  give a file for the other\n')
    terminal.exitWith(exitCodes.usage)
    return
  }
  const unwritable = [...outputProblems('--json', options.json), ...outputProblems('--csv', options.csv)]
  if (unwritable.length > 0) {
    refuse(terminal, unwritable)
    return
  }
  const { outcome, interrupted } = await followWork<CurveProgress, CurveOutcome>(
    terminal,
    options.quiet === true,
    (onProgress) => curves.start(requestOf(file, options), onProgress),
    (line, progress) => line.showText(progressText(progress), terminal.nowMs()),
  )
  if (outcome.kind === 'invalid') {
    if (interrupted) terminal.exitWith(EXIT_INTERRUPTED)
    else refuse(terminal, outcome.problems)
    return
  }
  if (outcome.problems.length > 0) terminal.stderr(problemText(outcome.problems, false))
  deliver(terminal, outcome.curve, options)
  if (interrupted) terminal.exitWith(EXIT_INTERRUPTED)
}

function requestOf(file: string, { cache, policies, requests, sample, set }: CacheOptions): CurveRequest {
  return {
    file,
    overrides: (set ?? []).map((text) => ({ flag: '--set', text })),
    ...(cache === undefined ? {} : { cache }),
    ...(policies === undefined ? {} : { policies }),
    ...(requests === undefined ? {} : { requests }),
    ...(sample === undefined ? {} : { sampleRatio: sample }),
  }
}

function progressText({ stage, doneRatio, requests }: CurveProgress): string {
  const share = doneRatio === null ? '' : `${String(Math.floor(doneRatio * 100)).padStart(3)} %  `
  const count = `${figureText(requests, 'count')} requests`.replaceAll(FIXED_SPACE, ' ')
  return `${share}${stage} ${count}`
}

function deliver(terminal: Terminal, curve: CacheCurve, { json, csv }: CacheOptions): void {
  if (json === STDOUT) terminal.stdout(jsonText(curve))
  else if (csv === STDOUT) terminal.stdout(csvText(curveCsvRows(curve)))
  else terminal.stdout(curveText(curve, { columns: terminal.outColumns, colour: terminal.colour }))
  if (json !== undefined && json !== STDOUT) writeWhole(json, jsonText(curve))
  if (csv !== undefined && csv !== STDOUT) writeWhole(csv, csvText(curveCsvRows(curve)))
}

function outputProblems(flag: string, path: string | undefined): CliProblem[] {
  const complaint = path === undefined || path === STDOUT ? undefined : fileComplaint(path)
  if (complaint === undefined) return []
  return [{ code: 'unwritable', severity: 'error', path: '', file: flag, line: 1, column: 1, ...complaint }]
}

function refuse(terminal: Terminal, problems: readonly CliProblem[]): void {
  terminal.stderr(`${problemText(problems, false)}${counted(problems.length, 'problem')}; nothing was measured\n`)
  terminal.exitWith(exitCodes.invalidInput)
}

function policyList(text: string): readonly string[] {
  const ids = text.split(',').map((id) => id.trim())
  if (ids.every((id) => id !== '')) return ids
  throw new InvalidArgumentError('Give names with commas between them, such as lru,sieve.')
}

function requestCount(text: string): number {
  const { number, multiple = '' } = /^(?<number>\d+(?:\.\d+)?)(?<multiple>[kmg]?)$/iu.exec(text)?.groups ?? {}
  const count = Number(number) * (MULTIPLES[multiple.toLowerCase()] ?? 1)
  if (Number.isInteger(count) && count >= 1 && count <= REQUESTS_MAX) return count
  throw new InvalidArgumentError('Give a whole number of at least 1, such as 500k or 20M.')
}

function sampleShare(text: string): number {
  const { number, percent } = /^(?<number>\d*\.?\d+)(?<percent>%?)$/u.exec(text.trim())?.groups ?? {}
  const share = percent === '%' ? Number(number) / 100 : Number(number)
  if (share > 0 && share < 1) return share
  throw new InvalidArgumentError('Give a share between 0 and 100 %, such as 1%.')
}
