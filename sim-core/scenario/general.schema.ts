/** The sections of a scenario that belong to no component: what it is about, the run, keys, objectives, sweeps. */
import { isScalar, isWord, keyed, list, named, oneOf, when } from '../language/collections.ts'
import { distributionOf } from '../language/distribution-field.ts'
import type { Field, JsonValue, PlacedComplaint } from '../language/field.ts'
import { leaf, mapped, optional, withDefault } from '../language/field.ts'
import { fields } from '../language/fields.ts'
import { popularity } from '../language/popularity-field.ts'
import { quoted } from '../language/quantity.ts'
import { count, duration, rate, ratio } from '../language/scalar-fields.ts'
import { sloFields } from '../language/slo-fields.ts'
import { parsePath } from './paths.ts'

/** The only version of the language so far. */
export const SCENARIO_VERSION = 1

/** Longest run: the clock counts nanoseconds exactly for 104 days. */
const MAX_RUN_NS = 100 * 86_400e9

/** Handles of requests in flight are 24-bit numbers, one of which means none. */
const MAX_IN_FLIGHT = 16_777_215

/** Requests in flight that a run makes room for where nothing is said: 2^20. */
const DEFAULT_IN_FLIGHT = 1_048_576

/** Most replications of one run. */
const MAX_REPLICATIONS = 1_000

/** A run is shown in about this many buckets where no bucket is given. */
const DEFAULT_BUCKETS = 360

/** Most keys of one population: they are numbered by integers of 31 bits. */
const MAX_KEYS = 2_147_483_647

/** Most runs that one axis of a sweep may ask for. */
const MAX_AXIS_VALUES = 1_000

/** Lengths of a bucket that a reader likes, in seconds, repeated for every power of ten and then in minutes and hours. */
const NICE_SECONDS = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600,
  7_200, 14_400, 21_600, 43_200, 86_400,
]

const NS_PER_SECOND = 1e9

/** The bucket where none is given: the shortest nice one that divides the run into at most 360. */
function defaultBucketNs(durationNs: number): number {
  const wanted = durationNs / DEFAULT_BUCKETS / NS_PER_SECOND
  const nice = NICE_SECONDS.find((seconds) => seconds >= wanted) ?? NICE_SECONDS.at(-1) ?? wanted
  return Math.round(nice * NS_PER_SECOND)
}

function warmup() {
  const given = mapped(duration({ help: 'Time at the start that no figure counts.' }), (durationNs) => ({
    kind: 'fixed' as const,
    durationNs,
  }))
  const auto = leaf<{ readonly kind: 'auto' }, ''>(() => ({ value: { kind: 'auto' } }), {
    type: '`auto`',
    help: 'Found from the run itself (MSER-5).',
    suffix: '',
    json: { type: 'string', enum: ['auto'] },
    input: { kind: 'word', value: 'auto' },
  })
  return oneOf(
    [when(isWord('auto'), 'auto', auto, 'Automatic'), when(isScalar, 'a duration such as 5m', given, 'Fixed')],
    {
      help: 'Time at the start that no figure counts.',
    },
  )
}

/** The section `run`. */
export function runSchema() {
  const limits = fields(
    {
      in_flight: withDefault(
        count({
          max: MAX_IN_FLIGHT,
          help: 'Most requests in flight at once; beyond it the system is overloaded and the run says so.',
        }),
        DEFAULT_IN_FLIGHT,
      ),
      events: optional(count({ help: 'Most events of one replication.' }), 'unlimited'),
    },
    { help: 'Bounds on the memory and time of a run.' },
  )
  const schema = fields(
    {
      duration: withDefault(
        duration({
          above: 0,
          max: MAX_RUN_NS,
          reason: 'the clock counts nanoseconds',
          help: 'Simulated time, warm-up included.',
        }),
        '10m',
      ),
      warmup: withDefault(warmup(), 'auto'),
      seed: withDefault(count({ min: 0, help: 'Seed of every random number.' }), 1),
      replications: withDefault(
        count({ max: MAX_REPLICATIONS, help: 'Independent runs, of which means and intervals are made.' }),
        5,
      ),
      bucket: optional(
        duration({ above: 0, help: 'Simulated time between two points of a chart.' }),
        'about a 360th of the duration',
      ),
      precision: optional(
        ratio({
          above: 0,
          help: 'Replications go on until the interval of every objective is this narrow, relative to its mean.',
        }),
        'as many replications as given',
      ),
      confidence: withDefault(ratio({ min: 0.5, max: 0.9999, help: 'Confidence of the intervals.' }), '95%'),
      max_replications: withDefault(
        count({ max: MAX_REPLICATIONS, help: 'Most replications when a precision is asked for.' }),
        100,
      ),
      limits: withDefault(limits, {}),
    },
    { help: 'How the simulation is run.', check: warmupFits },
  )
  return mapped(schema, (spec) => ({ ...spec, bucketNs: spec.bucketNs ?? defaultBucketNs(spec.durationNs) }))
}

function warmupFits(spec: {
  readonly durationNs: number
  readonly bucketNs?: number
  readonly warmup: { readonly kind: string; readonly durationNs?: number }
}) {
  const complaints: PlacedComplaint[] = []
  if ((spec.warmup.durationNs ?? 0) >= spec.durationNs) {
    complaints.push({
      code: 'contradiction',
      message: 'the warm-up is as long as the whole run',
      hint: 'shorten it, or lengthen the run',
      path: ['warmup'],
    })
  }
  if ((spec.bucketNs ?? 0) > spec.durationNs) {
    complaints.push({
      code: 'contradiction',
      message: 'a bucket is longer than the whole run',
      hint: 'shorten it',
      path: ['bucket'],
    })
  }
  return complaints
}

/** The section `keys`: populations that caches and shards see. */
export function keysSchema() {
  const population = fields(
    {
      count: count({ max: MAX_KEYS, help: 'Number of different keys.' }),
      popularity: withDefault(popularity({ help: 'How unevenly they are asked for.' }), 'uniform'),
      size: withDefault(
        distributionOf('bytes', { help: 'Size of the value of a key; each key keeps its own.' }),
        '1KB',
      ),
      missing: optional(
        ratio({ above: 0, help: 'Share of the keys that the source does not have: asking for them brings nothing.' }),
        'none',
      ),
    },
    { help: 'A population of keys, such as products or customers.' },
  )
  return named(population, { help: 'The populations, by name.' })
}

/** The section `objectives`. */
export function objectivesSchema() {
  return fields(
    { ...sloFields(), throughput: optional(rate({ above: 0, help: 'Least rate of requests that succeed.' })) },
    { help: 'What the whole system promises, judged over all requests of clients.' },
  )
}

/** The section `vary`: axes of a sweep, kept as written. */
export function varySchema(): Field<Readonly<Record<string, readonly JsonValue[]>>> {
  const path = leaf<string, ''>(
    (input) => {
      const parsed = parsePath(String(input))
      return 'value' in parsed ? { value: String(input) } : parsed
    },
    {
      type: 'path',
      help: 'What is varied, such as `services.catalog.replicas`.',
      suffix: '',
      json: { type: 'string' },
    },
  )
  const value = leaf<JsonValue, ''>(
    (input) =>
      input === undefined
        ? { complaint: { code: 'missing', message: `${quoted(input)} is no value`, hint: 'write a value' } }
        : { value: input as JsonValue },
    { type: 'any value', help: 'A value to try.', suffix: '', json: {} },
  )
  return keyed(path, list(value, { max: MAX_AXIS_VALUES, help: 'The values to try.' }), {
    help: 'Axes of a sweep: for each path the values to try.',
  })
}
