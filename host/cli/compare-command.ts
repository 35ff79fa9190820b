/** `headroom compare A B [C...]`: says whether B is better than A, worse, or cannot be told from it. */
import { Command } from 'commander'
import { parse } from 'yaml'
import { compareStudies } from '../../sim-core/analysis/compare-studies.ts'
import type { PlainValue } from '../../sim-core/analysis/diff-documents.ts'
import { diffDocuments } from '../../sim-core/analysis/diff-documents.ts'
import type { Host } from '../contract/host.ts'
import { exitCodes } from './cli-io.ts'
import type { ComparedInput, InputRead } from './compared-input.ts'
import { isFile, readKeptRun, readResultFile } from './compared-input.ts'
import type { DataOption } from './data-option.ts'
import { dataFolderOf, dataOption } from './data-option.ts'
import { jsonText } from './export/json-text.ts'
import { counted, problemText } from './problem-text.ts'
import type { ScenarioChanges } from './report/comparison.ts'
import { comparisonText } from './report/comparison.ts'
import type { Terminal } from './terminal.ts'

/** Studies are called by the letters of the alphabet. */
const LABELS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

interface CompareOptions extends DataOption {
  readonly json?: true
  readonly all?: true
}

/** The command. Exit code 2 when one of the inputs cannot be compared. */
export function compareCommand(terminal: Terminal, host: Host): Command {
  return new Command('compare')
    .description('say whether a run is better than another, worse, or cannot be told from it')
    .argument(
      '<runs...>',
      'two or more: files of `run --json`, or numbers or ids of runs that are kept; the first is the baseline',
    )
    .addOption(dataOption())
    .option('--all', 'every figure, not only those that differ')
    .option('--json', 'print the whole comparison as JSON')
    .action((runs: readonly string[], options: CompareOptions) => compare(terminal, host, runs, options))
}

async function compare(
  terminal: Terminal,
  host: Host,
  names: readonly string[],
  options: CompareOptions,
): Promise<void> {
  if (names.length < 2 || names.length > LABELS.length) {
    terminal.stderr(`error: give 2 to ${LABELS.length} runs to compare\n  headroom compare before.json after.json\n`)
    terminal.exitWith(exitCodes.usage)
    return
  }
  const reads = await readAll(host, names, options)
  const problems = reads.flatMap((read) => (read.kind === 'problem' ? [read.problem] : []))
  if (problems.length > 0) {
    terminal.stderr(`${problemText(problems, false)}${counted(problems.length, 'problem')}; nothing was compared\n`)
    terminal.exitWith(exitCodes.invalidInput)
    return
  }
  const inputs = reads.flatMap((read) => (read.kind === 'read' ? [read.input] : []))
  const comparison = compareStudies(inputs)
  const changes = scenarioChanges(inputs)
  if (options.json === true) {
    terminal.stdout(jsonText({ ...comparison, scenario_changes: changes }))
    return
  }
  const sources = inputs.map(({ source }) => source)
  const style = { columns: terminal.outColumns, colour: terminal.colour, all: options.all === true }
  terminal.stdout(comparisonText(comparison, sources, changes, style))
}

/** The data folder is only opened when something may be in it. */
async function readAll(host: Host, names: readonly string[], options: DataOption): Promise<InputRead[]> {
  if (names.every(isFile)) return names.map((name, i) => readResultFile(name, LABELS.charAt(i)))
  const workspace = await host.openWorkspace({ dataFolder: dataFolderOf(options), wallMs: Date.now })
  try {
    const reads: InputRead[] = []
    for (const [i, name] of names.entries()) {
      const label = LABELS.charAt(i)
      reads.push(isFile(name) ? readResultFile(name, label) : await readKeptRun(workspace.api, name, label))
    }
    return reads
  } finally {
    await workspace.close()
  }
}

/** Each scenario against the first, as far as their texts are known. */
function scenarioChanges(inputs: readonly ComparedInput[]): ScenarioChanges[] {
  const [baseline, ...candidates] = inputs
  const before = documentOf(baseline?.scenarioText ?? null)
  if (baseline === undefined || before === null) return []
  return candidates.flatMap(({ label, scenarioText }) => {
    const after = documentOf(scenarioText)
    if (after === null) return []
    return [{ baseline: baseline.label, candidate: label, changes: diffDocuments(before, after) }]
  })
}

/** Null for what is not known, and for a text of another version that cannot be read. */
function documentOf(text: string | null): PlainValue {
  try {
    return text === null ? null : (parse(text) as PlainValue)
  } catch {
    return null
  }
}
