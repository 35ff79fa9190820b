/** What every door of the host can ask about caches alone: how the miss ratio of every policy depends on the size. */
import type { Problem } from '../../sim-core/scenario/problem.ts'
import type { StudyOverride } from './study-api.ts'

/** Version of the shape of a curve. */
export const CURVE_SCHEMA = 'headroom.cache-curve/1'

/** What to measure. */
export interface CurveRequest {
  /** A scenario (.yaml, .yml, .json), or a trace of keys; relative to the working directory of the host. */
  readonly file: string
  /** Of the scenario; not needed where it has one only. */
  readonly cache?: string
  /** Ids of policies; all of them when absent. */
  readonly policies?: readonly string[]
  /** Most requests; of a scenario 2 million when absent, of a trace all. */
  readonly requests?: number
  /** Share of the keys in each sample, above 0 and below 1; every key when absent. */
  readonly sampleRatio?: number
  readonly overrides: readonly StudyOverride[]
}

/** How far it is. */
export interface CurveProgress {
  readonly stage: 'reading' | 'replaying'
  /** 0..1; null while that cannot be told. */
  readonly doneRatio: number | null
  /** Requests read so far. */
  readonly requests: number
}

/** The miss ratio of one policy. */
export interface PolicyCurve {
  readonly id: string
  readonly label: string
  /** By size; null where the sample is too small to tell. */
  readonly miss_ratio: readonly (number | null)[]
  /** Limits of the 95 % interval, by size; absent where nothing was sampled. */
  readonly low?: readonly (number | null)[]
  readonly high?: readonly (number | null)[]
}

/** A size that the scenario gives the cache. */
export interface MarkedSize {
  readonly tier: string
  /** In the unit of the curve. */
  readonly size: number
  /** The policy that the tier has. */
  readonly policy: string
}

/** Miss ratios by policy and size. Every request counts, the first one for each key too. */
export interface CacheCurve {
  readonly schema: typeof CURVE_SCHEMA
  readonly engine: string
  readonly source: string
  readonly cache: string | null
  readonly seed: number
  /** What sizes are counted in. */
  readonly unit: 'entries' | 'bytes'
  readonly requests: number
  /** Keys that were asked for and are kept, and the room that all of them take; estimates where the keys were sampled. */
  readonly distinct_keys: number
  readonly footprint: number
  /** Share of the requests that are the first for their key: no size avoids their misses. */
  readonly compulsory_miss_ratio: number
  /** Share of the requests for keys that the source lacks or the only tier does not accept: no size avoids their misses. */
  readonly never_kept_ratio: number
  readonly sample: { readonly ratio: number; readonly samples: number; readonly confidence: number } | null
  /** Ascending. */
  readonly sizes: readonly number[]
  readonly marked: readonly MarkedSize[]
  readonly policies: readonly PolicyCurve[]
  /** Whether it was stopped before all policies were measured. */
  readonly partial: boolean
  /** What the curve leaves out, in sentences. */
  readonly notes: readonly string[]
}

/** How it ends when nothing breaks. Warnings are problems too. */
export type CurveOutcome =
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'done'; readonly problems: readonly Problem[]; readonly curve: CacheCurve }

/** A measurement under way. */
export interface RunningCurve {
  /** Rejects with a HostError. */
  readonly outcome: Promise<CurveOutcome>
  /** Ends it soon; the outcome holds the policies that are done by then, marked partial. */
  cancel(): void
}

/** Measures caches. */
export interface CacheCurveApi {
  /** Reads or draws the requests, then replays them through every policy at every size. */
  start(request: CurveRequest, onProgress: (progress: CurveProgress) => void): RunningCurve
}
