/** Takes runs out of the data folder as a file, and files into it. */
import type { StudyResult } from '../../sim-core/analysis/study-result.ts'
import { ENGINE_VERSION } from '../../sim-core/kernel/engine-version.ts'
import { invariant } from '../../sim-core/kernel/invariant.ts'
import { MAX_TEXT_CHARACTERS } from '../../sim-core/scenario/limits-of-text.ts'
import type { Problem } from '../../sim-core/scenario/problem.ts'
import { isJsonMap } from '../../sim-core/scenario/layers.ts'
import { readYaml } from '../../sim-core/scenario/yaml-source.ts'
import type { ExportedBundle, HostApi, HostEvent, ImportRequest } from '../contract/host-api.ts'
import { HostError } from '../contract/host-error.ts'
import type { FinishedStudy } from '../contract/host.ts'
import type { ImportedBundle, RunSummary } from '../contract/run-records.ts'
import { prepare } from '../runs/scenario-study.ts'
import { notFound } from '../store/storage-error.ts'
import type { Store } from '../store/store.ts'
import { decodeBundle, encodeBundle, looksCompressed } from './bundle-file.ts'
import type { BundledRun } from './bundle-schema.ts'
import { BUNDLE_SCHEMA } from './bundle-schema.ts'
import { cleanFileName } from './scenario-names.ts'
import { parseText } from './scenario-reading.ts'
import { bundledStudy } from './bundle-study.ts'

/** What bundles are made from. */
export interface BundleParts {
  readonly store: Store
  readonly applicationVersion: string
  /** Keeps a scenario and tells of it. */
  readonly createScenario: HostApi['createScenario']
  readonly onEvent: (event: HostEvent) => void
}

/** The methods of HostApi about files. */
export function bundleMethods(parts: BundleParts): Pick<HostApi, 'exportBundle' | 'importFile'> {
  return {
    exportBundle: async (runIds) => exported(parts, runIds),
    importFile: async (request) => await imported(parts, request),
  }
}

function exported({ store, applicationVersion }: BundleParts, runIds: readonly string[]): ExportedBundle {
  const runs = [...new Set(runIds)].map((id) => bundledRun(store, id))
  const [first] = runs
  if (first === undefined) throw refusal('no run was named', 'choose one or more runs')
  const bytes = encodeBundle({ schema: BUNDLE_SCHEMA, application: applicationVersion, runs })
  if (bytes === undefined) throw refusal('these runs are too large for one file', 'export fewer runs at a time')
  const stem = first.fileName.replace(/\.yaml$/u, '')
  const what = runs.length === 1 ? `run-${first.run.summary.number}` : `${runs.length}-runs`
  return { fileName: `${stem}-${what}.headroom`, base64: bytes.toString('base64') }
}

function bundledRun(store: Store, id: string): BundledRun {
  const run = store.runs.read(id)
  if (run === undefined) throw notFound('run', id)
  const { summary, result, seriesNames } = run
  if (result === null) {
    throw refusal(`run #${summary.number} has no result`, 'wait until it is done, or leave it out')
  }
  const scenario = summary.scenarioId === null ? undefined : store.scenarios.read(summary.scenarioId)
  return {
    fileName: scenario?.fileName ?? cleanFileName(summary.scenarioName),
    run,
    columns: columnsOf(store, id, seriesNames),
  }
}

function columnsOf(store: Store, id: string, names: readonly string[]): StudyResult['series']['columns'] {
  const columns = names.flatMap((name) => {
    const values = store.runs.series(id, name)
    return values === undefined ? [] : [[name, Array.from(values, (value) => (Number.isNaN(value) ? null : value))]]
  })
  return Object.fromEntries(columns) as StudyResult['series']['columns']
}

/** Who calls a file this means a bundle, and wants to hear what is wrong with it as one. */
const BUNDLE_NAME = /\.headroom$/iu

async function imported(parts: BundleParts, { fileName, base64 }: ImportRequest): Promise<ImportedBundle> {
  checkWritable(parts.store)
  const bytes = Buffer.from(base64, 'base64')
  const isBundle = looksCompressed(bytes) || BUNDLE_NAME.test(fileName)
  if (!isBundle) return await scenarioIn(parts, fileName, bytes)
  const decoded = decodeBundle(bytes)
  if ('complaint' in decoded) return nothingOf(problem(fileName, decoded.complaint))
  const wrong = decoded.bundle.runs.flatMap((run) => contradictions(fileName, run))
  return wrong.length > 0 ? nothingOf(...wrong) : await runsIn(parts, decoded.bundle.runs)
}

/** Keeps a study that ran elsewhere. Rejects with a HostError. */
export async function keepStudy(parts: BundleParts, study: FinishedStudy): Promise<RunSummary> {
  checkWritable(parts.store)
  const {
    runIds: [id = ''],
  } = await runsIn(parts, [bundledStudy(study)])
  const kept = parts.store.runs.read(id)
  invariant(kept !== undefined, 'a run was taken in that is not there')
  return kept.summary
}

function checkWritable({ readOnlyReason }: Store): void {
  if (readOnlyReason === null) return
  const message = `nothing can be taken in: ${readOnlyReason}`
  throw new HostError({ code: 'read-only', message, hint: 'open Headroom where it can write', retryable: false })
}

/** A scenario with mistakes is taken in, to be mended here; what is no text of that kind at all is not. */
async function scenarioIn(parts: BundleParts, fileName: string, bytes: Buffer): Promise<ImportedBundle> {
  if (bytes.length > MAX_TEXT_CHARACTERS || bytes.includes(0)) {
    const message = 'this is neither a bundle nor the text of a scenario'
    const hint = 'choose a .headroom file, or a scenario as YAML of a few kilobytes'
    return nothingOf(problem(fileName, { code: 'no-bundle', message, hint }))
  }
  const text = bytes.toString('utf8')
  const textOf = (name: string): string | undefined => parts.store.scenarios.byFileName(name)?.text
  const { problems } = parseText(text, fileName, textOf)
  if (!isJsonMap(readYaml(text, fileName).source?.value ?? null)) return nothingOf(...problems)
  const wanted = cleanFileName(fileName)
  const here = parts.store.scenarios.byFileName(wanted)
  const { id } = here?.text === text ? here : await parts.createScenario({ from: 'text', fileName: wanted, text })
  return { scenarioIds: [id], runIds: [], alreadyHere: 0, problems }
}

/** Everything is looked at before anything is written, so a file comes in whole or not at all. */
async function runsIn(parts: BundleParts, runs: readonly BundledRun[]): Promise<ImportedBundle> {
  const { store, onEvent } = parts
  const fresh = runs.filter(({ run }) => store.runs.read(run.summary.id) === undefined)
  const scenarioIds: string[] = []
  const runIds: string[] = []
  for (const bundled of fresh) {
    let scenarioId = scenarioHere(store, bundled)
    if (scenarioId === undefined) {
      const { fileName, run } = bundled
      const created = await parts.createScenario({ from: 'text', fileName, text: run.scenarioText })
      scenarioId = created.id
      scenarioIds.push(scenarioId)
    }
    const summary = { ...bundled.run.summary, scenarioId, revision: null }
    const adopted = store.runs.adopt({ ...bundled.run, summary }, bundled.columns)
    if (adopted !== undefined) runIds.push(adopted.id)
  }
  if (runIds.length > 0) onEvent({ event: 'runs-changed' })
  return { scenarioIds, runIds, alreadyHere: runs.length - runIds.length, problems: [] }
}

/** A scenario that gives the very plan that ran, the one of the same name before others. */
function scenarioHere(store: Store, { fileName, run }: BundledRun): string | undefined {
  const same = store.scenarios.list().filter(({ facts }) => facts.planHash === run.summary.planHash)
  return (same.find((scenario) => scenario.fileName === fileName) ?? same[0])?.id
}

/** Whether the parts of a run fit together: its summary, its result, and the scenario that is said to have run. */
function contradictions(fileName: string, { run }: BundledRun): readonly Problem[] {
  const { summary, result, scenarioText } = run
  const wrong = (message: string): readonly Problem[] => [
    problem(fileName, { code: 'no-bundle', message, hint: 'nothing was imported; ask for the file once more' }),
  ]
  const label = `run #${summary.number} of this bundle`
  if (result === null || result.plan_hash !== summary.planHash || result.engine !== summary.engine) {
    return wrong(`${label}: its result is that of another run`)
  }
  if (result.seed !== summary.seed || result.fingerprint !== summary.fingerprint) {
    return wrong(`${label}: its result is that of another run`)
  }
  // What another version of the engine makes of a text is another plan.
  if (summary.engine !== ENGINE_VERSION) return []
  const { prepared } = prepare(
    parseText(scenarioText, fileName, () => undefined),
    [],
  )
  return prepared?.planHash === summary.planHash ? [] : wrong(`${label}: its scenario is not what ran`)
}

function nothingOf(...problems: readonly Problem[]): ImportedBundle {
  return { scenarioIds: [], runIds: [], alreadyHere: 0, problems }
}

function problem(
  file: string,
  { code, message, hint }: { readonly code: string; readonly message: string; readonly hint: string },
): Problem {
  return { code, severity: 'error', path: '', file, line: 1, column: 1, message, hint }
}

function refusal(message: string, hint: string): HostError {
  return new HostError({ code: 'invalid-call', message, hint, retryable: false })
}
