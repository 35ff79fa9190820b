/** Scenarios as the application keeps them: text with a history, a picture of the last run, positions on the canvas. */
import type { RunSummary } from './run-records.ts'

/** A scenario in the list. */
export interface ScenarioCard {
  readonly id: string
  /** Name of its file, unique among scenarios; `extends` of others finds it by this. */
  readonly fileName: string
  readonly name: string
  readonly question: string
  readonly tags: readonly string[]
  readonly notes: string
  readonly revision: number
  readonly updatedMs: number
  /** How many errors its text has. */
  readonly problems: number
  /** The latest run that ended with a result, if any. */
  readonly lastRun: RunSummary | null
  /** Whether the text changed since that run. */
  readonly stale: boolean
  /** Load (req/s) and p95 (ms) over that run, at most 60 points each, evenly spaced; empty without a run. */
  readonly spark: { readonly loadRps: readonly (number | null)[]; readonly p95Ms: readonly (number | null)[] }
}

/** Where nodes stand on the canvas, by `section/id`, in px. */
export type CanvasLayout = Readonly<Record<string, { readonly x: number; readonly y: number }>>

/** A scenario to work on. */
export interface ScenarioDocument {
  readonly id: string
  readonly fileName: string
  readonly name: string
  readonly text: string
  readonly layout: CanvasLayout
  readonly revision: number
  readonly updatedMs: number
  readonly tags: readonly string[]
  readonly notes: string
}

/** An earlier text. */
export interface ScenarioRevision {
  readonly revision: number
  readonly savedMs: number
  readonly text: string
}

/** A scenario that ships with the program. */
export interface ScenarioTemplate {
  readonly fileName: string
  readonly name: string
  readonly question: string
  readonly tags: readonly string[]
}

/** Where a new scenario comes from. */
export type NewScenario =
  | { readonly from: 'text'; readonly fileName: string; readonly text: string }
  | { readonly from: 'template'; readonly fileName: string }
  | { readonly from: 'copy'; readonly id: string }

/** A text to keep. */
export interface ScenarioSave {
  readonly id: string
  readonly text: string
  readonly layout: CanvasLayout
  /** The revision that the editor last saw. */
  readonly baseRevision: number
}

/** The new text is on disk. */
export interface ScenarioSaved {
  readonly revision: number
  readonly savedMs: number
}
