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
}

/** A scenario as it is kept. `userTags` come on top of those of the text. */
export interface StoredScenario extends ScenarioDocument {
  readonly facts: ScenarioFacts
}

/** Scenarios with their history. Writing methods throw a HostError `read-only`, `conflict`, `not-found` or `storage`. */
export interface ScenarioStore {
  /** Those that are not deleted, the last changed first. */
  list(): readonly StoredScenario[]
  /** Also deleted ones. */
  read(id: string): StoredScenario | undefined
  byFileName(fileName: string): StoredScenario | undefined
  /** The file name is made unique by a number where it is taken. */
  create(scenario: { readonly fileName: string; readonly text: string; readonly facts: ScenarioFacts }): StoredScenario
  save(change: {
    readonly id: string
    readonly text: string
    readonly layout: CanvasLayout
    readonly baseRevision: number
    readonly facts: ScenarioFacts
  }): ScenarioSaved
  history(id: string): readonly ScenarioRevision[]
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
  readonly status?: RunStatus
  readonly error?: HostErrorDetails
  readonly injectedFaults?: readonly InjectedFault[]
  /** The result with its series; ends the run and is kept in one transaction with it. */
  readonly result?: StudyResult
}

/** A kept run. */
export interface StoredRun {
  readonly summary: RunSummary
  readonly scenarioText: string
  readonly studyKey: string
  /** `series.columns` is empty. */
  readonly result: StudyResult | null
  readonly seriesNames: readonly string[]
  readonly hasSeries: boolean
  readonly injectedFaults: readonly InjectedFault[]
}

/** Runs, their results and series. */
export interface RunStore {
  begin(run: NewRun): RunSummary
  change(id: string, change: RunChange): RunSummary
  /** The newest whole, unaltered run (`done`, nothing injected) of the same study that is not deleted. */
  find(planHash: string, seed: number, engine: string, studyKey: string): RunSummary | undefined
  list(filter: RunFilter): readonly RunSummary[]
  read(id: string): StoredRun | undefined
  /** One series, one value per bucket, NaN where there is none; undefined when it is not there or was pruned. */
  series(id: string, name: string): Float64Array | undefined
  /** Takes in a finished run from elsewhere with all it had; undefined when the same run (by id) is here already. */
  adopt(run: StoredRun, columns: StudyResult['series']['columns']): RunSummary | undefined
}

/** An open data folder. */
export interface Store {
  readonly readOnlyReason: string | null
  readonly notices: readonly HostNotice[]
  readonly scenarios: ScenarioStore
  readonly runs: RunStore
  label(change: LabelChange): void
  remove(selection: RecordSelection): void
  restore(selection: RecordSelection): void
  close(): void
}
