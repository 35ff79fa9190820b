/** `headroom run FILE`: simulates a scenario and says whether it holds. */
import { Command, InvalidArgumentError } from 'commander'
import type { Host } from '../contract/host.ts'
import type { StudyOutcome, StudyOverride, StudyProgress, StudyRequest, StudyResult } from '../contract/study-api.ts'
import { exitCodes } from './cli-io.ts'
import type { DataOption } from './data-option.ts'
import { dataOption } from './data-option.ts'
import { appended } from './options.ts'
import { csvTables } from './export/csv-tables.ts'
import { csvText } from '../../sim-core/analysis/csv-text.ts'
import { jsonText } from './export/json-text.ts'
import type { Unwritable } from './export/output-files.ts'
import { exportFolderComplaint, fileComplaint, writeFolder, writeWhole } from './export/output-files.ts'
import { followWork } from './follow-work.ts'
import { checkKeeping, keepStudy } from './keep-study.ts'
import type { CliProblem } from './problem-text.ts'
import { counted, problemText } from './problem-text.ts'
import { reportText, verdictText } from './report/report.ts'
import type { Terminal } from './terminal.ts'
import { EXIT_INTERRUPTED } from './terminal.ts'

/** Stands for stdout where a file is asked for. */
const STDOUT = '-'

/** Most threads that make sense on any machine. */
const WORKERS_MAX = 1_024

interface RunOptions extends DataOption {
  readonly seed?: string
  readonly replications?: string
  readonly duration?: string
  readonly precision?: string
  readonly set?: readonly string[]
  readonly workers?: number
  readonly json?: string
  readonly csv?: string
  readonly quiet?: true
  readonly save?: true
}

/** Options that are a shorter way to write an override. */
const SHORTCUTS = ['seed', 'replications', 'duration', 'precision'] as const

/** The command. */
export function runCommand(terminal: Terminal, host: Host): Command {
  return new Command('run')
    .description('simulate a scenario and say whether it holds, what breaks first, and when')
    .argument('<file>', 'scenario file (YAML or JSON)')
    .option('--seed <n>', 'seed of every random number')
    .option('--replications <n>', 'independent runs, of which intervals are made')
    .option('--duration <time>', 'simulated time of each, such as 10m')
    .option('--precision <share>', 'add replications until every interval is this narrow, such as 5%')
    .option('--set <path=value>', 'change the scenario; may be given again', appended)
    .option('--workers <n>', 'threads to run on (default: all cores); the result is the same', workerCount)
    .option('--json <file>', 'write the whole result as JSON; - for stdout, in place of the report')
    .option('--csv <folder>', 'write series.csv, endpoints.csv, components.csv and objectives.csv')
    .option('--save', 'keep the run in the data folder, where the application shows it')
    .addOption(dataOption())
    .option('--quiet', 'no progress, and of the report the verdict alone')
    .action((file: string, options: RunOptions) => run(terminal, host, file, options))
}

async function run(terminal: Terminal, host: Host, file: string, options: RunOptions): Promise<void> {
  const { studies } = host
  const request = requestOf(file, options)
  const unwritable = outputProblems(options)
  if (unwritable.length > 0) {
    refuse(terminal, [...(await studies.check(request)), ...unwritable])
    return
  }
  if (options.save === true) await checkKeeping(host, options)
  const startedMs = Date.now()
  const { outcome, interrupted } = await followWork<StudyProgress, StudyOutcome>(
    terminal,
    options.quiet === true,
    (onProgress) => studies.start(request, onProgress),
    (line, progress) => line.show(progress),
  )
  if (outcome.kind === 'invalid') {
    refuse(terminal, outcome.problems)
    return
  }
  if (outcome.problems.length > 0) terminal.stderr(problemText(outcome.problems, false))
  deliver(terminal, outcome.result, options)
  if (options.save === true) await keepStudy(terminal, host, { request, result: outcome.result, startedMs }, options)
  const code = interrupted ? EXIT_INTERRUPTED : exitCodeOf(outcome.result)
  if (code !== exitCodes.ok) terminal.exitWith(code)
}

function requestOf(file: string, options: RunOptions): StudyRequest {
  const overrides: readonly StudyOverride[] = [
    ...(options.set ?? []).map((text) => ({ flag: '--set', text })),
    ...SHORTCUTS.flatMap((name) => {
      const value = options[name]
      return value === undefined ? [] : [{ flag: `--${name}`, text: `run.${name}=${value}` }]
    }),
  ]
  return { file, overrides, ...(options.workers === undefined ? {} : { workers: options.workers }) }
}

/** The report is printed even when a file cannot be written after all: a long run must not be lost to a full disk. */
function deliver(terminal: Terminal, result: StudyResult, { json, csv, quiet }: RunOptions): void {
  if (json === STDOUT) terminal.stdout(jsonText(result))
  else if (quiet === true) terminal.stdout(verdictText(result))
  else terminal.stdout(reportText(result, { columns: terminal.outColumns, colour: terminal.colour }))
  if (json !== undefined && json !== STDOUT) writeWhole(json, jsonText(result))
  if (csv !== undefined) {
    writeFolder(csv, new Map([...csvTables(result)].map(([name, rows]) => [name, csvText(rows)])))
  }
}

function exitCodeOf({ verdict }: StudyResult): number {
  if (verdict === 'pass') return exitCodes.ok
  return verdict === 'not_converged' ? exitCodes.notConverged : exitCodes.objectiveMissed
}

function outputProblems({ json, csv }: RunOptions): CliProblem[] {
  const found: [flag: string, complaint: Unwritable | undefined][] = [
    ['--json', json === undefined || json === STDOUT ? undefined : fileComplaint(json)],
    ['--csv', csv === undefined ? undefined : exportFolderComplaint(csv)],
  ]
  return found.flatMap(([flag, complaint]) =>
    complaint === undefined
      ? []
      : [{ code: 'unwritable', severity: 'error', path: '', file: flag, line: 1, column: 1, ...complaint } as const],
  )
}

function refuse(terminal: Terminal, problems: readonly CliProblem[]): void {
  terminal.stderr(`${problemText(problems, false)}${counted(problems.length, 'problem')}; nothing was run\n`)
  terminal.exitWith(exitCodes.invalidInput)
}

function workerCount(text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count >= 1 && count <= WORKERS_MAX) return count
  throw new InvalidArgumentError(`Give a whole number from 1 to ${WORKERS_MAX}.`)
}
