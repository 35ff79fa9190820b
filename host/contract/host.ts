/** The whole host as its doors see it inside one process, and what it asks of the machine it runs on. */
import type { StudyResult } from '../../sim-core/analysis/study-result.ts'
import type { CacheCurveApi } from './cache-curve-api.ts'
import type { HostApi, HostEvent } from './host-api.ts'
import type { RunSummary } from './run-records.ts'
import type { ScenarioApi } from './scenario-api.ts'
import type { StudyApi } from './study-api.ts'

/** What the host is given. */
export interface Platform {
  /** A clock that never goes back, in ms. */
  readonly nowMs: () => number
  /** Cores that work may be spread over. */
  readonly cores: number
  /** Folder of the scenarios that ship with the program. */
  readonly libraryFolder: string
}

/** What the host offers to a program that works on files. */
export interface Host {
  readonly engineVersion: string
  readonly scenarios: ScenarioApi
  readonly studies: StudyApi
  readonly curves: CacheCurveApi
  /** Opens a data folder. Rejects with a HostError `storage` when its database cannot be used. */
  openWorkspace(options: WorkspaceOptions): Promise<Workspace>
  /** Ends every thread. */
  close(): Promise<void>
}

/** Which folder, and how. */
export interface WorkspaceOptions {
  /** Created when it is not there. */
  readonly dataFolder: string
  /** The wall clock, in ms since 1970. */
  readonly wallMs: () => number
  /** Most bytes of kept series; the oldest untagged runs lose theirs first. */
  readonly seriesBytesMax?: number
}

/** A study that ran outside the data folder. */
export interface FinishedStudy {
  /** Of its scenario. */
  readonly fileName: string
  /** The scenario as it ran: bases merged, changes applied. */
  readonly scenarioText: string
  readonly result: StudyResult
  readonly startedMs: number
  readonly endedMs: number
}

/** An open data folder. */
export interface Workspace {
  readonly api: HostApi
  /** Calls back for every event until the answer is called. */
  onEvent(listener: (event: HostEvent) => void): () => void
  /** Takes in a study as a run, with its scenario when that is not here. Rejects with a HostError. */
  keep(study: FinishedStudy): Promise<RunSummary>
  /** Waits for what is being written, then closes the store. Runs under way are interrupted. */
  close(): Promise<void>
}
