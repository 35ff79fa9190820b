/** What every door of the host can ask about scenarios, without running them. */
import type { AlgorithmFamily } from '../../sim-core/scenario/algorithm-families.ts'
import type { Problem } from '../../sim-core/scenario/problem.ts'

/** What a valid scenario contains, in a few numbers. */
export interface ScenarioSummary {
  readonly name: string
  readonly question?: string
  readonly services: number
  readonly endpoints: number
  readonly caches: number
  readonly databases: number
  readonly sources: number
}

/** What was found in a file; the summary is absent when the scenario is not valid. */
export interface ScenarioValidation {
  readonly file: string
  readonly problems: readonly Problem[]
  readonly summary?: ScenarioSummary
  /** The scenario as it would run, as YAML: bases merged, changes applied. Absent when it is not valid. */
  readonly text?: string
}

/** Questions about scenarios. A file that cannot be read is a problem of the validation, not an exception. */
export interface ScenarioApi {
  /**
   * Checks a file with all it extends and with changes `path=value` applied. `path` is relative to the working directory of
   * the host.
   */
  validate(path: string, overrides?: readonly string[]): Promise<ScenarioValidation>
  /** The scenarios that ship with the program, in the order of their file names. */
  library(): Promise<readonly ScenarioValidation[]>
  /** Every algorithm that a scenario can name, by family. */
  algorithms(): Promise<readonly AlgorithmFamily[]>
  /** The JSON Schema of the scenario language. */
  jsonSchema(): Promise<Readonly<Record<string, unknown>>>
}
