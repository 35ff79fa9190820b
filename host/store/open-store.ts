/** Opens a data folder: the database, what the last process left unfinished, and the methods over it. */
import type Database from 'better-sqlite3'
import type { HostNotice } from '../contract/host-api.ts'
import { openDatabase } from './open-database.ts'
import type { OpenDatabase } from './open-database.ts'
import { emptyBin, recordLabels } from './record-labels.ts'
import { runTable } from './run-table.ts'
import { scenarioTable } from './scenario-table.ts'
import { asHostError, guarded } from './storage-error.ts'
import type { FreshScenario, ScenarioFacts, ScenarioStore, Store, StoreOptions } from './store.ts'

/** Room for the series of a few thousand runs, in bytes. */
const SERIES_BYTES_MAX = 2 * 1024 ** 3

/** How long deleted entries can be brought back at least, in ms: 30 days. */
const BIN_MS = 30 * 24 * 3_600_000

/**
 * Opens the folder. Where it cannot be written, `readOnlyReason` says why and every writing method throws `read-only`. Throws
 * a HostError `storage` when its database is another program's, a newer Headroom's, or cannot be read.
 */
export function openStore(options: StoreOptions): Store {
  const { folder, wallMs, seriesBytesMax = SERIES_BYTES_MAX, onEvent = () => undefined } = options
  let opened: OpenDatabase | undefined
  try {
    opened = openDatabase(folder, wallMs, onEvent)
    const scenarios = scenarioTable(opened.database, wallMs)
    const notices = [...opened.notices, ...begun(opened, scenarios, options)]
    return storeOver(opened, scenarios, notices, { wallMs, seriesBytesMax })
  } catch (error) {
    opened?.close()
    throw asHostError(error)
  }
}

/** Fills a new database, and tidies one that was used before. */
function begun(opened: OpenDatabase, scenarios: ScenarioStore, options: StoreOptions): readonly HostNotice[] {
  const { database, readOnlyReason } = opened
  if (opened.isNew) {
    const take = database.transaction(() => {
      for (const scenario of firstScenarios(opened, options)) scenarios.create(scenario)
    })
    take()
    return []
  }
  if (readOnlyReason !== null) return []
  emptyBin(database, options.wallMs() - BIN_MS)
  return interrupted(database, options)
}

/** Those of a damaged database, and those that ship and are not among them. */
function firstScenarios({ rescued }: OpenDatabase, options: StoreOptions): readonly FreshScenario[] {
  const names = new Set(rescued.map(({ fileName }) => fileName))
  const shipped = options.firstScenarios?.() ?? []
  return [
    ...shipped.filter(({ fileName }) => !names.has(fileName)),
    ...rescued.map(({ fileName, text }) => ({ fileName, text, facts: unknownFacts(fileName) })),
  ]
}

/** Of a text that nobody has read yet. */
function unknownFacts(fileName: string): ScenarioFacts {
  return { name: fileName, question: '', tags: [], problems: 0, planHash: null, bases: [], engine: '' }
}

/** Runs that a process left under way can be told only now: it was killed. */
function interrupted(database: Database.Database, { wallMs, onEvent }: StoreOptions): readonly HostNotice[] {
  const cutOff = database
    .prepare<[number], number>(
      `UPDATE run SET status = 'interrupted', ended_ms = ? WHERE status IN ('queued', 'running', 'paused')
       RETURNING number`,
    )
    .pluck()
    .all(wallMs())
    .toSorted((a, b) => a - b)
  if (cutOff.length === 0) return []
  onEvent?.('runs-interrupted', { runs: cutOff })
  const names = cutOff.map((number) => `#${number}`).join(', ')
  const message =
    cutOff.length === 1
      ? `Headroom ended while run ${names} was under way; it is marked as interrupted.`
      : `Headroom ended while runs ${names} were under way; they are marked as interrupted.`
  return [{ level: 'warning', message, hint: 'Run the scenario again. Everything that was saved is here.' }]
}

function storeOver(
  opened: OpenDatabase,
  scenarios: ScenarioStore,
  notices: readonly HostNotice[],
  { wallMs, seriesBytesMax }: { readonly wallMs: () => number; readonly seriesBytesMax: number },
): Store {
  const { database, readOnlyReason } = opened
  const labels = guarded(recordLabels(database, wallMs), ['label', 'remove', 'restore'], readOnlyReason)
  return {
    readOnlyReason,
    notices,
    scenarios: guarded(scenarios, ['create', 'save', 'learn'], readOnlyReason),
    runs: guarded(runTable(database, wallMs, seriesBytesMax), ['begin', 'change', 'adopt'], readOnlyReason),
    ...labels,
    close: () => opened.close(),
  }
}
