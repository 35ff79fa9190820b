/** What the doors of the application call: flat methods with plain values, the same over every transport. */
import type { HostErrorDetails } from './host-error.ts'
import type { LiveRun } from './live-run.ts'
import type { NewScenario, ScenarioCard, ScenarioDocument, ScenarioRevision, ScenarioSave } from './scenario-library.ts'
import type { ScenarioSaved, ScenarioTemplate } from './scenario-library.ts'
import type {
  ImportedBundle,
  RunFilter,
  RunRecord,
  RunRequest,
  RunStart,
  RunSummary,
  SeriesQuery,
} from './run-records.ts'
import type { FaultRequest, RunControl, SeriesColumns } from './run-records.ts'

/** Where the host lives and how it is. */
export interface HostInfo {
  readonly engineVersion: string
  readonly applicationVersion: string
  /** Differs after every start of the host: who sees another one than before knows that the host was started anew. */
  readonly startId: string
  readonly dataFolder: string
  /** Why nothing can be written, in a sentence; null when all is well. */
  readonly readOnlyReason: string | null
  readonly cores: number
  /** What happened at the start that the user should know: a quarantined database, runs cut off by a crash. */
  readonly notices: readonly HostNotice[]
}

/** Something to tell the user once. */
export interface HostNotice {
  readonly level: 'info' | 'warning' | 'error'
  readonly message: string
  /** What to do. */
  readonly hint: string
}

/** What tags and notes may be put on. */
export type RecordKind = 'scenario' | 'run'

/** Entries of one kind. */
export interface RecordSelection {
  readonly kind: RecordKind
  readonly ids: readonly string[]
}

/** New tags and notes of an entry; what is absent stays. */
export interface LabelChange {
  readonly kind: RecordKind
  readonly id: string
  readonly tags?: readonly string[]
  readonly notes?: string
}

/**
 * Every method rejects with a HostError; `not-found`, `read-only` and `conflict` are its codes for what the user can
 * cause. Arguments are checked on entry.
 */
export interface HostApi {
  hello(): Promise<HostInfo>

  /** Every scenario that is not deleted, the last changed first. */
  listScenarios(): Promise<readonly ScenarioCard[]>
  /** The scenarios that ship with the program. */
  listTemplates(): Promise<readonly ScenarioTemplate[]>
  readScenario(id: string): Promise<ScenarioDocument>
  createScenario(request: NewScenario): Promise<ScenarioDocument>
  /** Keeps a new text. Rejects with `conflict` when somebody else saved since `baseRevision`. */
  saveScenario(save: ScenarioSave): Promise<ScenarioSaved>
  /** Earlier texts of a scenario, the newest first, at most 200. */
  scenarioHistory(id: string): Promise<readonly ScenarioRevision[]>
  /** The text of every file that `text` extends, directly or not, by the name it is asked for under. */
  scenarioBases(text: string): Promise<Readonly<Record<string, string>>>

  label(change: LabelChange): Promise<void>
  /** Hides entries; `restore` brings them back until the host empties its bin at a later start. */
  remove(selection: RecordSelection): Promise<void>
  restore(selection: RecordSelection): Promise<void>

  startRun(request: RunRequest): Promise<RunStart>
  controlRun(control: RunControl): Promise<void>
  /** Breaks or mends something in a run under way, in all its replications at the same instant. */
  injectFault(request: FaultRequest): Promise<void>
  listRuns(filter: RunFilter): Promise<readonly RunSummary[]>
  readRun(id: string): Promise<RunRecord>
  readSeries(query: SeriesQuery): Promise<SeriesColumns>

  /** The bundle of some runs, base64. */
  exportBundle(runIds: readonly string[]): Promise<ExportedBundle>
  /** Takes in a bundle, base64, or the text of a scenario, whichever the file is. */
  importFile(file: ImportRequest): Promise<ImportedBundle>
}

/** A file for the user to keep. */
export interface ExportedBundle {
  readonly fileName: string
  readonly base64: string
}

/** A file that the user dropped or opened. */
export interface ImportRequest {
  readonly fileName: string
  readonly base64: string
}

/** What the host tells without being asked. */
export type HostEvent =
  | { readonly event: 'scenario-changed'; readonly id: string; readonly revision: number }
  | { readonly event: 'scenarios-changed' }
  | { readonly event: 'run-changed'; readonly run: RunSummary }
  | { readonly event: 'runs-changed' }
  | { readonly event: 'run-live'; readonly live: LiveRun }
  | { readonly event: 'notice'; readonly notice: HostNotice }

/** The name of every method: what may be called from outside. */
export const hostMethods = [
  'hello',
  'listScenarios',
  'listTemplates',
  'readScenario',
  'createScenario',
  'saveScenario',
  'scenarioHistory',
  'scenarioBases',
  'label',
  'remove',
  'restore',
  'startRun',
  'controlRun',
  'injectFault',
  'listRuns',
  'readRun',
  'readSeries',
  'exportBundle',
  'importFile',
] as const satisfies readonly (keyof HostApi)[]

/** How a call fails on the wire. */
export interface WireFailure {
  readonly hostError: HostErrorDetails
}
