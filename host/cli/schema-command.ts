/** The command `headroom schema`: prints the JSON Schema of the scenario language, for editors. */
import { Command } from 'commander'
import type { ScenarioApi } from '../contract/scenario-api.ts'
import type { CliIo } from './cli-io.ts'

/** The command. */
export function schemaCommand(io: CliIo, scenarios: ScenarioApi): Command {
  return new Command('schema')
    .description('print the JSON Schema of scenario files')
    .action(async () => io.stdout(`${JSON.stringify(await scenarios.jsonSchema(), null, 2)}\n`))
}
