/** The command `headroom schema`: prints the JSON Schema of scenarios, for editors, or that of results, for programs. */
import { Command } from 'commander'
import type { ScenarioApi } from '../contract/scenario-api.ts'
import type { StudyApi } from '../contract/study-api.ts'
import type { CliIo } from './cli-io.ts'

/** The command. */
export function schemaCommand(io: CliIo, scenarios: ScenarioApi, studies: StudyApi): Command {
  return new Command('schema')
    .description('print the JSON Schema of scenario files')
    .option('--result', 'of the results that run --json writes')
    .action(async ({ result }: { readonly result?: true }) => {
      const schema = await (result === true ? studies.resultSchema() : scenarios.jsonSchema())
      io.stdout(`${JSON.stringify(schema, null, 2)}\n`)
    })
}
