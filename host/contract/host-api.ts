/** The whole host as its doors see it, and what it asks of the machine it runs on. */
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

/** What the host offers. */
export interface HostApi {
  readonly engineVersion: string
  readonly scenarios: ScenarioApi
  readonly studies: StudyApi
  /** Ends every thread. */
  close(): Promise<void>
}
