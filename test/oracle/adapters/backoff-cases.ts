// Runs backoff cases against the production backoff algorithms: each library's names and units are translated.

import { backoffs } from '../../../sim-core/components/policy/backoff-registry.ts'
import type { Backoff, BackoffParameters } from '../../../sim-core/components/policy/backoff.ts'
import { RandomStreams } from '../../../sim-core/kernel/random.ts'
import { MAX_TIME_NS, msToNs, nsToMs, NS_PER_MS } from '../../../sim-core/kernel/time.ts'
import { absolutely, allOf, exactly, relatively } from '../oracle-case.ts'
import type { OracleCase, OracleOutcome } from '../oracle-case.ts'

/** Sequences drawn per distribution: the number the tolerance of the family is stated for. */
const SEQUENCES = 100_000

const SEED = 20_151

/** The tolerance of means that the family states, and ours for the second moment and for shares. */
const MEAN_TOLERANCE = 0.02
const VARIANCE_TOLERANCE = 0.03
const SHARE_TOLERANCE = 0.01

/** How far our range may stay inside the extremes of an observed sample that is smaller than ours, as a share of their span. */
const REACH_TOLERANCE = 0.02

/**
 * How many of as many draws as were observed may lie outside the observed extremes. About two do; with five times the
 * draws, more than 16 per observed sample do so once in 10^6.
 */
const OUTSIDE_MAX = 16

/** Half a nanosecond, in milliseconds: our delays are whole nanoseconds. */
const BOUND_TOLERANCE_MS = 0.5e-6

interface BackoffRecord extends OracleCase {
  readonly library: string
  readonly config: {
    readonly type?: string
    readonly generator?: string
    readonly initialMs?: number
    readonly maxMs?: number | null
    readonly multiplier?: number
    readonly randomizationFactor?: number
    readonly initialDelay?: number
    readonly maxDelay?: number
    readonly exponent?: number
    readonly baseMs?: number
    readonly capMs?: number
    readonly baseIntervalMs?: number
    readonly maxIntervalMs?: number
  }
  readonly expected: {
    readonly intervalsMs?: readonly number[]
    readonly samplesPerAttempt?: number
    readonly byAttempt?: readonly AttemptDistribution[]
  }
}

interface AttemptDistribution {
  readonly min: number
  readonly max: number
  readonly mean: number
  readonly variance?: number
  readonly probAtCap?: number
}

/** Our algorithm for a library's name of it, where that is not plain exponential. */
const ALGORITHMS: Readonly<Record<string, string>> = {
  'resilience4j exponentialRandom': 'proportional_jitter',
  'resilience4j randomized': 'proportional_jitter',
  'cockatiel fullJitter': 'full_jitter',
  'cockatiel halfJitter': 'equal_jitter',
  'cockatiel decorrelatedJitter': 'decorrelated_jitter_v2',
  'aws-backoff fullJitter': 'full_jitter',
  'aws-backoff equalJitter': 'equal_jitter',
  'aws-backoff decorrelatedJitter': 'decorrelated_jitter',
  'grpc-retry gRPC A6 jitter +-20%': 'proportional_jitter',
  'envoy-retry envoy fully jittered': 'full_jitter',
}

/** What gRPC fixes in its proposal. */
const GRPC_JITTER = 0.2

/** Libraries that count delays in whole milliseconds. */
const MILLISECOND_LIBRARIES: ReadonlySet<string> = new Set(['resilience4j', 'cockatiel', 'envoy-retry'])

/** Makes a production backoff by its id. Throws if nobody offers it. */
export function backoffOf(id: string, parameters: BackoffParameters): Backoff {
  const definition = backoffs.find((candidate) => candidate.id === id)
  if (definition === undefined) throw new Error(`no backoff ${id}`)
  return definition.create(parameters)
}

function toBackoff(record: BackoffRecord): Backoff {
  const { library, config } = record
  const kind = config.type ?? config.generator
  const id = kind === undefined ? 'exponential' : (ALGORITHMS[`${library} ${kind}`] ?? kind)
  const initialMs = config.initialMs ?? config.initialDelay ?? config.baseMs ?? config.baseIntervalMs ?? 0
  const maxMs = config.maxMs ?? config.maxDelay ?? config.capMs ?? config.maxIntervalMs ?? null
  // cockatiel reads its exponent in the decorrelated generator only; the others double. Envoy and AWS always double.
  const exponent = id === 'decorrelated_jitter_v2' ? config.exponent : undefined
  const fractional = id === 'decorrelated_jitter_v2' || !MILLISECOND_LIBRARIES.has(library)
  return backoffOf(id, {
    initialNs: msToNs(initialMs),
    maxNs: maxMs === null ? MAX_TIME_NS : msToNs(maxMs),
    multiplier: kind === 'randomized' ? 1 : (config.multiplier ?? exponent ?? 2),
    jitterRatio: config.randomizationFactor ?? GRPC_JITTER,
    resolutionNs: fractional ? 1 : NS_PER_MS,
  })
}

/** The adapter of deterministic backoffs: every interval equal, in milliseconds. */
export function runBackoffSequence(testCase: OracleCase): OracleOutcome {
  const record = testCase as BackoffRecord
  const backoff = toBackoff(record)
  const stream = new RandomStreams(SEED, 0).stream('oracle/backoff')
  const memory = new Float64Array(1)
  const expected = record.expected.intervalsMs ?? []
  return exactly(
    expected,
    expected.map((_, attempt) => nsToMs(backoff.delayNs(attempt, memory, 0, stream))),
  )
}

/** The adapter of random backoffs: bounds, mean, and variance and share at the limit where they are given. */
export function runBackoffDistribution(testCase: OracleCase): OracleOutcome {
  const record = testCase as BackoffRecord
  const backoff = toBackoff(record)
  const expected = record.expected.byAttempt ?? []
  const samplesMs = expected.map(() => new Float64Array(SEQUENCES))
  const stream = new RandomStreams(SEED, 0).stream('oracle/backoff')
  const memory = new Float64Array(1)
  for (let sequence = 0; sequence < SEQUENCES; sequence++) {
    memory[0] = 0
    samplesMs.forEach((column, attempt) => {
      column[sequence] = nsToMs(backoff.delayNs(attempt, memory, 0, stream))
    })
  }
  const observedSamples = record.expected.samplesPerAttempt
  return allOf(
    expected.flatMap((wanted, attempt) => {
      const ours = samplesMs[attempt]!
      const range =
        observedSamples === undefined ? judgeBounds(wanted, ours) : judgeRange(wanted, ours, observedSamples)
      return [range, ...judgeMoments(wanted, ours)]
    }),
  )
}

/** The given extremes are bounds: nothing of ours may lie outside. */
function judgeBounds(wanted: AttemptDistribution, samplesMs: Float64Array): OracleOutcome {
  let outside = 0
  for (const sample of samplesMs) outside = Math.max(outside, wanted.min - sample, sample - wanted.max)
  return absolutely({ outside: 0 }, { outside }, BOUND_TOLERANCE_MS * Math.max(1, wanted.max))
}

/** The given extremes are those of a sample: ours must reach them, and seldom lie beyond. */
function judgeRange(wanted: AttemptDistribution, samplesMs: Float64Array, observedSamples: number): OracleOutcome {
  let min = Infinity
  let max = -Infinity
  let outside = 0
  for (const sample of samplesMs) {
    min = Math.min(min, sample)
    max = Math.max(max, sample)
    if (sample < wanted.min || sample > wanted.max) outside += 1
  }
  const short = Math.max(0, min - wanted.min, wanted.max - max)
  return allOf([
    absolutely({ short: 0 }, { short }, REACH_TOLERANCE * (wanted.max - wanted.min)),
    absolutely({ outside: 0 }, { outside: outside / samplesMs.length }, OUTSIDE_MAX / observedSamples),
  ])
}

function judgeMoments(wanted: AttemptDistribution, samplesMs: Float64Array): OracleOutcome[] {
  let total = 0
  let squares = 0
  let atMax = 0
  for (const sample of samplesMs) {
    total += sample
    squares += (sample - wanted.mean) ** 2
    if (sample === wanted.max) atMax += 1
  }
  const mean = total / samplesMs.length
  const outcomes = [relatively({ mean: wanted.mean }, { mean }, MEAN_TOLERANCE)]
  if (wanted.variance !== undefined) {
    const variance = squares / samplesMs.length - (mean - wanted.mean) ** 2
    outcomes.push(relatively({ variance: wanted.variance }, { variance }, VARIANCE_TOLERANCE))
  }
  if (wanted.probAtCap !== undefined) {
    const probAtCap = atMax / samplesMs.length
    outcomes.push(absolutely({ probAtCap: wanted.probAtCap }, { probAtCap }, SHARE_TOLERANCE))
  }
  return outcomes
}
