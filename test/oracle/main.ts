// The oracle runner's command line: runs vector files against our algorithms and exits 1 unless all is well.
import { statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command, CommanderError, Option } from 'commander'
import type { OracleEffort } from './oracle-case.ts'
import { readOracleFolder } from './read-files.ts'
import { ORACLE_DATA, ORACLE_FAMILIES, type OracleData, type OracleFamily } from './registry.ts'
import { isSuccess, jsonReport, textReport } from './report.ts'
import { type FamilyReport, runFamily, strayReport } from './runner.ts'

/** Exit code of a run in which every case that counts passed. */
const EXIT_SUCCESS = 0

/** Exit code of a failed case, a file of no family, or wrong usage. */
const EXIT_FAILURE = 1

/** Where the command reads and writes, and which families it knows. */
export interface OracleEnvironment {
  /** The folder that a relative DIR starts from. */
  readonly workingDirectory: string
  readonly families: readonly OracleFamily[]
  readonly data: readonly OracleData[]
  readonly writeOut: (text: string) => void
  readonly writeError: (text: string) => void
}

interface OracleArguments {
  readonly folder: string | undefined
  readonly family?: string
  readonly json: boolean
  readonly id: string
  readonly effort: OracleEffort
  readonly offered: boolean
}

/** Runs the command with the arguments after its name and gives the exit code: 0 if all is well, else 1. */
export async function runOracle(args: readonly string[], environment: OracleEnvironment): Promise<number> {
  const parsed = parseArguments(args, environment)
  if (typeof parsed === 'number') return parsed
  const folder = resolve(environment.workingDirectory, parsed.folder ?? ownVectors())
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    environment.writeError(`error: no folder ${folder}\n`)
    return EXIT_FAILURE
  }
  const scope = { offeredOnly: parsed.offered, oneFamily: parsed.family !== undefined }
  const reports = await runFolder(folder, parsed, environment)
  environment.writeOut(parsed.json ? jsonReport(reports, scope) : textReport(reports, scope))
  return isSuccess(reports, scope) ? EXIT_SUCCESS : EXIT_FAILURE
}

async function runFolder(
  folder: string,
  { family: only, effort, id }: OracleArguments,
  { families, data }: OracleEnvironment,
): Promise<FamilyReport[]> {
  const { files, strays } = readOracleFolder(folder, families, data)
  const reports: FamilyReport[] = []
  for (const family of families) {
    if (only !== undefined && family.family !== only) continue
    const report = await runFamily(family, files, { effort }, id)
    if (report !== undefined) reports.push(report)
  }
  // A file that belongs to nobody may still be one that was asked for by name of its family or of a case.
  const ofNobody = only === undefined && id === '' ? strayReport(strays) : undefined
  return ofNobody === undefined ? reports : [...reports, ofNobody]
}

/** The arguments, or the exit code when there is nothing to run. */
function parseArguments(args: readonly string[], environment: OracleEnvironment): OracleArguments | number {
  const command = new Command('oracle')
    .description('Runs oracle vectors against the algorithms that simulations run.')
    .argument('[DIR]', 'folder with vector files, read recursively (default: the vectors of this repository)')
    .addOption(
      new Option('--family <family>', 'run one family').choices(environment.families.map(({ family }) => family)),
    )
    .option('--json', 'print JSON', false)
    .option('--id <part>', 'run only cases whose id contains this text', '')
    .addOption(
      new Option('--effort <effort>', 'work spent on stochastic cases').choices(['quick', 'full']).default('full'),
    )
    .option('--offered', 'do not count what is not offered yet', false)
    .exitOverride()
    .configureOutput({ writeOut: environment.writeOut, writeErr: environment.writeError })
  try {
    command.parse(args, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_SUCCESS : EXIT_FAILURE
    throw error
  }
  return { ...command.opts<Omit<OracleArguments, 'folder'>>(), folder: command.args[0] }
}

function ownVectors(): string {
  return join(dirname(fileURLToPath(import.meta.url)), 'vectors')
}

if (import.meta.main) {
  process.exitCode = await runOracle(process.argv.slice(2), {
    workingDirectory: process.env['INIT_CWD'] ?? process.cwd(),
    families: ORACLE_FAMILIES,
    data: ORACLE_DATA,
    writeOut: (text) => void process.stdout.write(text),
    writeError: (text) => void process.stderr.write(text),
  })
}
