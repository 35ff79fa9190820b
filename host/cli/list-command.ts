/** The command `headroom list`: shows the scenarios that ship with their questions, or the algorithms that scenarios name. */
import { basename } from 'node:path'
import { Command } from 'commander'
import type { ScenarioApi, ScenarioValidation } from '../contract/scenario-api.ts'
import type { CliIo } from './cli-io.ts'
import { counted } from './problem-text.ts'

type Families = Awaited<ReturnType<ScenarioApi['algorithms']>>

/** The command. */
export function listCommand(io: CliIo, scenarios: ScenarioApi): Command {
  return new Command('list')
    .description('list the scenarios that ship and the question each answers')
    .option('--algorithms', 'list the algorithms that scenarios can name, by family')
    .action(async (options: { readonly algorithms?: true }) => {
      io.stdout(
        options.algorithms === true
          ? algorithmsText(await scenarios.algorithms())
          : libraryText(await scenarios.library()),
      )
    })
}

function libraryText(library: readonly ScenarioValidation[]): string {
  if (library.length === 0) return 'no scenarios\n'
  return columns(library.map(({ file, problems, summary }) => [basename(file), answer(problems.length, summary)]))
}

function answer(problems: number, summary: ScenarioValidation['summary']): string {
  return summary === undefined ? `not valid: ${counted(problems, 'problem')}` : (summary.question ?? summary.name)
}

function algorithmsText(families: Families): string {
  return families
    .map(
      ({ label, places, algorithms }) =>
        `${label} (${places.join(' and ')})\n${columns(algorithms.map(({ id, label: name }) => [`  ${id}`, name]))}`,
    )
    .join('\n')
}

/** Two columns, the first as wide as its longest entry. */
function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([first]) => first.length))
  return rows.map(([first, second]) => `${first.padEnd(width)}  ${second}\n`).join('')
}
