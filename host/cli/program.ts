/** The whole command line: every command, its help, and how it ends. */
import { Command, CommanderError } from 'commander'
import type { Host } from '../contract/host.ts'
import type { PagePlaces } from './built-page.ts'
import { exitCodes } from './cli-io.ts'
import { cacheCommand } from './cache-command.ts'
import { compareCommand } from './compare-command.ts'
import { errorReport } from './error-text.ts'
import { listCommand } from './list-command.ts'
import { oracleCommand } from './oracle-command.ts'
import { runCommand } from './run-command.ts'
import { runsCommand } from './runs-command.ts'
import { schemaCommand } from './schema-command.ts'
import { serveCommand } from './serve-command.ts'
import type { Terminal } from './terminal.ts'
import { validateCommand } from './validate-command.ts'

/** What the program knows of its installation. */
export interface Installation extends PagePlaces {
  readonly version: string
  /** File of the oracle runner; it need not exist. */
  readonly oracleRunner: string
  /** Whether errors tell where in the program they arose. */
  readonly debug: boolean
}

const EXIT_CODES_HELP = `
Exit codes:
  0    the command did what it was asked; every objective holds
  1    wrong usage
  2    invalid input: every problem is told with its place
  3    an objective is missed, or the system is overloaded
  5    a file or the data folder could not be read or written
  6    not converged: the intervals are too wide to tell
  70   a mistake of the program
  130  interrupted; what was done until then is reported, marked partial`

const EXAMPLES_HELP = `
Examples:
  headroom list                                 what ships, and what each answers
  headroom run scenarios/black-friday.yaml      does it hold, and what breaks first?
  headroom run my.yaml --set services.api.replicas=8       with more replicas
  headroom run my.yaml --precision 5% --json -  for a program to read
  headroom compare before.json after.json       is the second better than the first?
  headroom cache my.yaml --cache redis          how often it misses, by size and policy
  headroom validate my.yaml                     every mistake, with line and hint`

/** Runs the command of `args`, which are those after the name of the program. Never throws. */
export async function runProgram(
  args: readonly string[],
  terminal: Terminal,
  host: Host,
  installation: Installation,
): Promise<void> {
  try {
    await program(terminal, host, installation).parseAsync(args, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode !== exitCodes.ok) terminal.exitWith(exitCodes.usage)
      return
    }
    const { text, exitCode } = errorReport(error, installation.debug)
    terminal.stderr(text)
    terminal.exitWith(exitCode)
  }
}

function program(terminal: Terminal, host: Host, { version, oracleRunner, ...places }: Installation): Command {
  const root = new Command('headroom')
    .description('Capacity planning by simulation: will the system hold, what breaks first, and when.')
    .version(`headroom ${version}, engine ${host.engineVersion}`, '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .enablePositionalOptions()
    .showHelpAfterError('(headroom --help shows how)')
    .configureOutput({ writeOut: (text) => terminal.stdout(text), writeErr: (text) => terminal.stderr(text) })
    .exitOverride()
    .addHelpText('after', EXAMPLES_HELP)
    .addHelpText('after', EXIT_CODES_HELP)
  const commands = [
    runCommand(terminal, host).addHelpText('after', EXIT_CODES_HELP),
    runsCommand(terminal, host),
    compareCommand(terminal, host),
    cacheCommand(terminal, host.curves),
    validateCommand(terminal, host.scenarios),
    serveCommand(terminal, host, places),
    listCommand(terminal, host.scenarios),
    schemaCommand(terminal, host.scenarios, host.studies),
    oracleCommand(terminal, oracleRunner),
  ]
  for (const command of commands) root.addCommand(command.copyInheritedSettings(root))
  return root
}
