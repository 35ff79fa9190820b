// How many requests may be under way at the same time, found out while they are: the interface of adaptive limits.

import { NS_PER_MS, NS_PER_SECOND, NS_PER_MINUTE } from '../time.ts'

/** A limit that learns from every request that it let in. No method allocates. */
export interface ConcurrencyLimit {
  /** Requests that may be under way, a whole number of at least 1. */
  readonly limit: number
  /**
   * A request that was let in has ended.
   * @param durationNs since it was let in, or since it asked to be
   * @param underWay requests under way when it ended, itself included
   * @param dropped whether it was refused further down, or given up
   */
  onEnd(nowNs: number, durationNs: number, underWay: number, dropped: boolean): void
}

/** What adaptive limits are made from; times in ns. Each kind reads the parameters that its definition lists. */
export interface ConcurrencyParameters {
  readonly initial: number
  readonly min: number
  readonly max: number
  readonly backoffRatio: number
  readonly slowNs: number
  readonly queue: number
  readonly tolerance: number
  readonly smoothingRatio: number
  readonly memory: number
  readonly windowNs: number
  readonly probeNs: number
  readonly probes: number
  readonly bufferRatio: number
}

/** The name of a parameter. */
export type ConcurrencyParameterId = keyof ConcurrencyParameters

/** Highest limit that may be given. */
const MAX_LIMIT = 1_000_000

/** Every parameter, once for all kinds. */
export const concurrencyParameters = {
  initial: { key: 'initial', quantity: 'count', min: 1, max: MAX_LIMIT, help: 'Limit at the start.' },
  min: { key: 'min', quantity: 'count', min: 1, max: MAX_LIMIT, help: 'The limit never falls below.' },
  max: { key: 'max', quantity: 'count', min: 1, max: MAX_LIMIT, help: 'The limit never rises above.' },
  backoffRatio: {
    key: 'backoff',
    quantity: 'ratio',
    min: 0.01,
    max: 1,
    help: 'What is left of the limit when a request was dropped or took too long.',
  },
  slowNs: {
    key: 'slow',
    quantity: 'duration',
    min: 1,
    max: Infinity,
    help: 'Requests that take longer count as dropped.',
  },
  queue: {
    key: 'queue',
    quantity: 'number',
    min: 0,
    max: MAX_LIMIT,
    help: 'Requests that may wait further down while nothing slows down: what the limit grows by.',
  },
  tolerance: {
    key: 'tolerance',
    quantity: 'number',
    min: 1,
    max: 100,
    help: 'How many times as long as usual requests may take before the limit falls.',
  },
  smoothingRatio: {
    key: 'smoothing',
    quantity: 'ratio',
    min: 0.001,
    max: 1,
    help: 'Share of each step that is taken.',
  },
  memory: {
    key: 'memory',
    quantity: 'count',
    min: 1,
    max: MAX_LIMIT,
    help: 'Requests over which the usual time is averaged.',
  },
  windowNs: {
    key: 'window',
    quantity: 'duration',
    min: 1,
    max: Infinity,
    help: 'Time between two changes of the limit.',
  },
  probeNs: {
    key: 'probe_interval',
    quantity: 'duration',
    min: 1,
    max: Infinity,
    help: 'Time between two measurements of how long requests take when hardly any are under way.',
  },
  probes: { key: 'probes', quantity: 'count', min: 1, max: MAX_LIMIT, help: 'Requests of one such measurement.' },
  bufferRatio: {
    key: 'buffer',
    quantity: 'ratio',
    min: 0,
    max: 1,
    help: 'How much longer than at rest requests may take before the limit falls.',
  },
} as const

/** What holds where neither a scenario nor the kind says otherwise. */
export const CONCURRENCY_DEFAULTS: ConcurrencyParameters = {
  initial: 20,
  min: 20,
  max: 200,
  backoffRatio: 0.9,
  slowNs: 5 * NS_PER_SECOND,
  queue: 4,
  tolerance: 1.5,
  smoothingRatio: 0.2,
  memory: 600,
  windowNs: 100 * NS_PER_MS,
  probeNs: NS_PER_MINUTE,
  probes: 50,
  bufferRatio: 0.25,
}

/** An adaptive limit as the catalogue lists it. */
export interface ConcurrencyDefinition {
  readonly id: string
  readonly label: string
  /** One or two sentences for the user. */
  readonly help: string
  /** Authors, title, year, section. */
  readonly source: string
  /** Where it differs from the source; empty when it does not. */
  readonly differs: string
  /** The parameters it reads. */
  readonly parameters: readonly ConcurrencyParameterId[]
  /** Its own defaults, where they are not those of all kinds. */
  readonly defaults: Partial<ConcurrencyParameters>
  create(parameters: ConcurrencyParameters): ConcurrencyLimit
}
