// The shape of a comparison of studies. Keys are snake_case because this is exported as JSON.
import type { Direction } from './figure-direction.ts'
import type { Estimate, ObjectiveResult, StudyResult } from './study-result.ts'

/** Version of the shape; it grows by new keys only. */
export const COMPARISON_SCHEMA = 'headroom.comparison/1'

/** A study and what it is called beside the others, such as `A`. */
export interface LabelledStudy {
  readonly label: string
  readonly result: StudyResult
}

/** The candidate against the baseline. `higher` and `lower` are of figures that are neither good nor bad. */
export type FigureVerdict = 'better' | 'worse' | 'higher' | 'lower' | 'same' | 'cannot_tell'

/** One figure of two studies. */
export interface FigureComparison {
  /** As in `per_replication` of a result. */
  readonly id: string
  /** `clients`, an endpoint, a component, or `component/station`. */
  readonly subject: string
  readonly figure: string
  readonly direction: Direction
  /** Whether it is one of the figures that the overall verdict goes by. */
  readonly headline: boolean
  readonly baseline: Estimate
  readonly candidate: Estimate
  /** Candidate - baseline, in the unit of the figure. */
  readonly difference: Estimate
  /** Candidate / baseline - 1; null where the baseline is 0. */
  readonly relative: Estimate
  /** Chance of such a difference were there none; of headline figures, adjusted for how many of them there are. */
  readonly probability: number | null
  readonly verdict: FigureVerdict
  /** Why nothing can be told; empty otherwise. */
  readonly reason: string
}

/** Where a difference is known to be. */
export type OverallVerdict = 'better' | 'worse' | 'mixed' | 'same' | 'cannot_tell'

/** Two studies. */
export interface PairComparison {
  readonly baseline: string
  readonly candidate: string
  /** Whether replications are compared one by one, since they drew the same random numbers. */
  readonly paired: boolean
  /** Why they are paired, or not, in a sentence. */
  readonly pairing: string
  readonly verdict: OverallVerdict
  /** The verdict with its evidence. */
  readonly sentence: string
  /** Ids of the figures that the verdict goes by. */
  readonly headline: readonly string[]
  readonly figures: readonly FigureComparison[]
}

/** One of several studies, in the order of how well they do. */
export interface RankedStudy {
  readonly label: string
  /** Place from 1; a range where the intervals do not tell it apart from others. */
  readonly rank: readonly [best: number, worst: number]
  readonly objectives_held: number
  readonly objectives_open: number
  readonly objectives: number
  readonly headroom: number | null
  readonly p95_ms: Estimate
  readonly error_ratio: Estimate
}

/** A study as the comparison names it. */
export interface ComparedStudy {
  readonly label: string
  readonly scenario: string
  readonly engine: string
  readonly plan_hash: string
  readonly seed: number
  readonly replications: number
  readonly fingerprint: string
  readonly verdict: StudyResult['verdict']
  readonly objectives: readonly ObjectiveResult[]
}

/** A whole comparison. */
export interface StudyComparison {
  readonly schema: typeof COMPARISON_SCHEMA
  readonly confidence: number
  readonly studies: readonly ComparedStudy[]
  /** What a reader must know before believing any difference, in sentences. */
  readonly warnings: readonly string[]
  /** Each of the others against the first. */
  readonly pairs: readonly PairComparison[]
  /** The best first; empty for two studies. */
  readonly ranking: readonly RankedStudy[]
}
