/** What a planner chooses before a run: how often, from which seed, how precisely. */
import type { RunRequest } from '../../../host/contract/run-records.ts'
import type { ScenarioSpec } from '../../../sim-core/scenario/parse.ts'

/** As the form holds it; an empty field is the scenario's own figure. */
export interface RunSettings {
  readonly replications: number | ''
  readonly seed: number | ''
  /** Half-width of intervals to reach, in per cent of the figure. */
  readonly precisionPercent: number | ''
}

export const ownSettings: RunSettings = { replications: '', seed: '', precisionPercent: '' }

/** Bounds that the form keeps to; the host checks them again. */
export const REPLICATIONS_MAX = 1_000
export const SEED_MAX = 4_294_967_295
export const PRECISION_PERCENT = { min: 0.1, max: 50 } as const

/** The scenario's own figures, to show where a field is empty. */
export function placeholders(scenario: ScenarioSpec | undefined): Readonly<Record<keyof RunSettings, string>> {
  if (scenario === undefined) return { replications: '', seed: '', precisionPercent: '' }
  const { replications, seed, precisionRatio } = scenario.run
  return {
    replications: String(replications),
    seed: String(seed),
    precisionPercent: precisionRatio === undefined ? 'as it comes' : String(precisionRatio * 100),
  }
}

/** What to ask the host for. */
export function requestOf(scenarioId: string, settings: RunSettings): RunRequest {
  const { replications, seed, precisionPercent } = settings
  return {
    scenarioId,
    ...(replications === '' ? {} : { replications }),
    ...(seed === '' ? {} : { seed }),
    ...(precisionPercent === '' ? {} : { precision: precisionPercent / 100 }),
  }
}
