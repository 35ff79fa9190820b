/** The command `headroom validate FILE`: tells every problem of a scenario, or what it contains. */
import { Command } from 'commander'
import type { ScenarioApi, ScenarioSummary, ScenarioValidation } from '../contract/scenario-api.ts'
import type { CliIo } from './cli-io.ts'
import { exitCodes } from './cli-io.ts'
import { appended } from './options.ts'
import { counted, problemText } from './problem-text.ts'

/** The command. Exit code 2 when the scenario is not valid. */
export function validateCommand(io: CliIo, scenarios: ScenarioApi): Command {
  return new Command('validate')
    .description('check a scenario and tell every problem with its place')
    .argument('<file>', 'scenario file (YAML or JSON)')
    .option('--set <path=value>', 'change the scenario; may be given again', appended)
    .option('--json', 'print the problems as JSON')
    .option('--print', 'print a valid scenario as it would run: what it extends merged in, --set applied')
    .action(async (file: string, options: ValidateOptions) => {
      const validation = await scenarios.validate(file, options.set ?? [])
      io.stdout(outputText(validation, options, io.colour))
      if (validation.summary === undefined) io.exitWith(exitCodes.invalidInput)
    })
}

interface ValidateOptions {
  readonly set?: readonly string[]
  readonly json?: true
  readonly print?: true
}

function outputText(validation: ScenarioValidation, { json, print }: ValidateOptions, colour: boolean): string {
  if (print === true && validation.text !== undefined) return validation.text
  return json === true ? jsonText(validation) : plainText(validation, colour)
}

function jsonText({ file, problems, summary }: ScenarioValidation): string {
  const result = { schema: 'headroom.validation/1', file, valid: summary !== undefined, problems }
  return `${JSON.stringify(result, null, 2)}\n`
}

function plainText({ file, problems, summary }: ScenarioValidation, colour: boolean): string {
  const list = problemText(problems, colour)
  const verdict = summary === undefined ? counted(problems.length, 'problem') : `valid: ${contents(summary)}`
  return `${list}${file}: ${verdict}\n`
}

function contents(summary: ScenarioSummary): string {
  const parts = [
    counted(summary.services, 'service'),
    counted(summary.endpoints, 'endpoint'),
    counted(summary.caches, 'cache'),
    counted(summary.databases, 'database'),
    counted(summary.sources, 'source'),
  ]
  return parts.join(', ')
}
