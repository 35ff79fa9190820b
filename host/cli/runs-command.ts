/** The command `headroom runs`: lists, shows, deletes, restores, exports and imports what is kept of runs. */
import { Command } from 'commander'
import type { HostApi } from '../contract/host-api.ts'
import type { Host } from '../contract/host.ts'
import type { RunRecord } from '../contract/run-records.ts'
import type { StudyResult } from '../contract/study-api.ts'
import { exitCodes } from './cli-io.ts'
import type { DataOption } from './data-option.ts'
import { dataOption } from './data-option.ts'
import { jsonText } from './export/json-text.ts'
import { keptResult } from './kept-result.ts'
import { namedRuns, withWorkspace } from './kept-runs.ts'
import { reportText } from './report/report.ts'
import { runLine, runListText } from './report/run-list.ts'
import { exportRuns, importFile } from './run-files.ts'
import type { ExportOptions, ImportOptions } from './run-files.ts'
import type { Terminal } from './terminal.ts'

const NAMES_HELP = 'numbers (41 or #41), ids, or beginnings of ids'

interface JsonOption extends DataOption {
  readonly json?: true
}

/** The command with its own commands. Exit code 2 when a run is not there, or a file is no good. */
export function runsCommand(terminal: Terminal, host: Host): Command {
  const command = new Command('runs').description(
    'list, show, delete, restore, export and import the runs that are kept',
  )
  const commands = [
    new Command('list')
      .description('every run that is kept, the newest first')
      .addOption(dataOption())
      .option('--json', 'print the list as JSON')
      .action((options: JsonOption) => withWorkspace(host, options, ({ api }) => list(terminal, api, options))),
    new Command('show')
      .description('the report of a run, as it was printed when it ran')
      .argument('<run>', 'number (41 or #41), id, or beginning of an id')
      .addOption(dataOption())
      .option('--json', 'print the run with its scenario and whole result as JSON')
      .action((name: string, options: JsonOption) =>
        withWorkspace(host, options, ({ api }) => show(terminal, api, name, options)),
      ),
    new Command('delete')
      .description('delete runs; for 30 days they can be restored')
      .argument('<runs...>', NAMES_HELP)
      .addOption(dataOption())
      .action((names: readonly string[], options: DataOption) =>
        withWorkspace(host, options, ({ api }) => deleteRuns(terminal, api, names)),
      ),
    new Command('restore')
      .description('bring deleted runs back')
      .argument('<ids...>', 'ids, as delete printed them')
      .addOption(dataOption())
      .action((ids: readonly string[], options: DataOption) =>
        withWorkspace(host, options, ({ api }) => restoreRuns(terminal, api, ids)),
      ),
    new Command('export')
      .description('write runs with their scenarios and every number into one .headroom file')
      .argument('<runs...>', NAMES_HELP)
      .addOption(dataOption())
      .option('--output <file>', 'name of the file (default: after the scenario and the run)')
      .action((names: readonly string[], options: ExportOptions) =>
        withWorkspace(host, options, ({ api }) => exportRuns(terminal, api, names, options)),
      ),
    new Command('import')
      .description('take in the runs of a .headroom file, or a scenario')
      .argument('<file>', '.headroom file, or scenario (YAML or JSON)')
      .addOption(dataOption())
      .option('--verify', 'run every imported run again and compare every number')
      .action((file: string, options: ImportOptions) =>
        withWorkspace(host, options, ({ api }) => importFile(terminal, host, api, file, options)),
      ),
  ]
  for (const one of commands) command.addCommand(one)
  return command
}

async function list(terminal: Terminal, api: HostApi, { json }: JsonOption): Promise<void> {
  const runs = await api.listRuns({})
  terminal.stdout(json === true ? jsonText({ schema: 'headroom.runs/1', runs }) : runListText(runs, terminal.colour))
}

async function show(terminal: Terminal, api: HostApi, name: string, { json }: JsonOption): Promise<void> {
  const [summary] = await namedRuns(api, [name])
  const record = await api.readRun(summary?.id ?? '')
  const result = await keptResult(api, record)
  terminal.stdout(json === true ? recordJson(record, result) : recordText(terminal, record, result))
}

function recordJson({ summary, scenarioText, injectedFaults }: RunRecord, result: StudyResult | null): string {
  return jsonText({ schema: 'headroom.run/1', run: summary, scenario: scenarioText, faults: injectedFaults, result })
}

function recordText(terminal: Terminal, { summary, hasSeries }: RunRecord, result: StudyResult | null): string {
  const head = `${runLine(summary)}\n`
  if (result === null) return `${head}${summary.error === null ? '' : `  ${summary.error.message}\n`}`
  const pruned = hasSeries ? '' : 'its series were given up to save room; the figures are whole\n'
  return head + pruned + reportText(result, { columns: terminal.outColumns, colour: terminal.colour })
}

async function deleteRuns(terminal: Terminal, api: HostApi, names: readonly string[]): Promise<void> {
  const runs = await namedRuns(api, names)
  await api.remove({ kind: 'run', ids: runs.map(({ id }) => id) })
  for (const { number, id } of runs) {
    terminal.stdout(`run #${number} deleted; headroom runs restore ${id} brings it back\n`)
  }
}

async function restoreRuns(terminal: Terminal, api: HostApi, ids: readonly string[]): Promise<void> {
  await api.restore({ kind: 'run', ids })
  const runs = await api.listRuns({})
  for (const wanted of ids) {
    const run = runs.find(({ id }) => id === wanted)
    if (run === undefined) {
      terminal.stderr(
        `error: no deleted run has the id ${wanted}\n  delete prints the whole id; after 30 days it is gone\n`,
      )
      terminal.exitWith(exitCodes.invalidInput)
    } else terminal.stdout(`${runLine(run)}\n`)
  }
}
