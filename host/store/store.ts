/** What the rest of the host asks of the data folder, whatever it is made of. Every write is on disk when it returns. */
import type { StudyResult } from '../../sim-core/analysis/study-result.ts'
import type { HostErrorDetails } from '../contract/host-error.ts'
import type { HostNotice, LabelChange, RecordSelection } from '../contract/host-api.ts'
import type { InjectedFault, RunFilter, RunRequest, RunStatus, RunSummary } from '../contract/run-records.ts'
import type { CanvasLayout, ScenarioDocument, ScenarioRevision, ScenarioSaved } from '../contract/scenario-library.ts'

/** What a text says of itself, kept beside it so that lists need not parse. */
export interface ScenarioFacts {
  readonly name: string
  readonly question: string
  readonly tags: readonly string[]
  readonly problems: number
  /** Of the plan that the text compiles to; null when it has errors. */
  readonly planHash: string | null
  /** Names of the files it extends, directly or not. */
  readonly bases: readonly string[]
  /** Version of the engine that found these facts; empty when none did yet, or a file it extends has changed since. */
  readonly engine: string
}

/** A scenario as it is kept. Its tags come on top of those of the text. */
export interface StoredScenario extends ScenarioDocument {
  readonly facts: ScenarioFacts
}

/** A scenario without what lists do not show. */
export type ListedScenario = Omit<StoredScenario, 'text' | 'layout'>

/** A scenario before it is kept. */
export interface FreshScenario {
  readonly fileName: string
  readonly text: string
  readonly facts: ScenarioFacts
}

/** Scenarios with their history. Writing methods throw a HostError `read-only`, `conflict`, `not-found` or `storage`. */
export interface ScenarioStore {
  /** Those that are not deleted, the last changed first. */
  list(): readonly ListedScenario[]
  /** Not a deleted one. */
  read(id: string): StoredScenario | undefined
  /** Not a deleted one. */
  byFileName(fileName: string): StoredScenario | undefined
  /** The file name is made unique by a number where it is taken. */
  create(scenario: FreshScenario): StoredScenario
  /**
   * Keeps a text as the next revision; a text and layout that are kept already change nothing. Texts that follow each
   * other within a minute share a line of the history, unless a run used them.
   */
  save(change: {
    readonly id: string
    readonly text: string
    readonly layout: CanvasLayout
    readonly baseRevision: number
    readonly facts: ScenarioFacts
  }): ScenarioSaved
  /** The newest first, at most 200. */
  history(id: string): readonly ScenarioRevision[]
  /** Keeps what a text says of itself where that was not known any more. */
  learn(id: string, facts: ScenarioFacts): void
}

/** A run before it begins. */
export interface NewRun {
  readonly scenarioId: string | null
  readonly scenarioName: string
  readonly revision: number | null
  readonly scenarioText: string
  readonly planHash: string
  readonly seed: number
  readonly engine: string
  readonly replications: number
  /** Wanted precision and everything else that decides how many replications there are: equal text, equal study. */
  readonly studyKey: string
  readonly request: Omit<RunRequest, 'scenarioId' | 'fresh'>
}

/** What changes while a run goes on, and at its end. */
export interface RunChange {
  /** Those that end a run set the time of its end. */
  readonly status?: RunStatus
  readonly error?: HostErrorDetails
  readonly injectedFaults?: readonly InjectedFault[]
  /** The result with its series, kept in one transaction with the status, which is `done` when none is given. */
  readonly result?: StudyResult
}

/** A kept run. */
export interface StoredRun {
  readonly summary: RunSummary
  readonly scenarioText: string
  readonly studyKey: string
  readonly request: NewRun['request']
  /** `series.columns` is empty. */
  readonly result: StudyResult | null
  readonly seriesNames: readonly string[]
  readonly hasSeries: boolean
  readonly injectedFaults: readonly InjectedFault[]
}

/** The picture of a run on the card of its scenario: at most 60 points each. */
export interface RunSpark {
  readonly loadRps: readonly (number | null)[]
  readonly p95Ms: readonly (number | null)[]
}

/** Runs, their results and series. */
export interface RunStore {
  begin(run: NewRun): RunSummary
  change(id: string, change: RunChange): RunSummary
  /** The newest whole, unaltered run (`done`, nothing injected) of the same study that is not deleted. */
  find(planHash: string, seed: number, engine: string, studyKey: string): RunSummary | undefined
  list(filter: RunFilter): readonly RunSummary[]
  /** The latest run of a scenario that ended with a result. */
  lastOf(scenarioId: string): { readonly run: RunSummary; readonly spark: RunSpark } | undefined
  /** Not a deleted one; without reading its result. */
  summary(id: string): RunSummary | undefined
  /** Not a deleted one. */
  read(id: string): StoredRun | undefined
  /** One series, one value per bucket, NaN where there is none; undefined when it is not there or was pruned. */
  series(id: string, name: string): Float64Array | undefined
  /**
   * Takes in a finished run from elsewhere with all it had, under the next number; undefined when the same run (by id) is
   * here already. A scenario that is not here is forgotten; a run that is here deleted comes back.
   */
  adopt(run: StoredRun, columns: StudyResult['series']['columns']): RunSummary | undefined
}

/** Which folder, and how. */
export interface StoreOptions {
  /** Created when it is not there. */
  readonly folder: string
  /** The wall clock, in ms since 1970. */
  readonly wallMs: () => number
  /** Most bytes of kept series, as compressed; the oldest untagged runs lose theirs first. */
  readonly seriesBytesMax?: number
  /** What a folder that is used for the first time begins with; the last is the last changed. */
  readonly firstScenarios?: () => readonly FreshScenario[]
  /** Tells the log what was done with the database. */
  readonly onEvent?: (event: string, fields: Readonly<Record<string, unknown>>) => void
}

/** An open data folder. */
export interface Store {
  readonly readOnlyReason: string | null
  readonly notices: readonly HostNotice[]
  readonly scenarios: ScenarioStore
  readonly runs: RunStore
  label(change: LabelChange): void
  /** Entries that are not there are passed over. */
  remove(selection: RecordSelection): void
  restore(selection: RecordSelection): void
  close(): void
}
