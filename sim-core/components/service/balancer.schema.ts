/** How the load balancer of a service is written in a scenario, and what in it contradicts itself. */
import { isMap, isScalar, list, oneOf, when } from '../../language/collections.ts'
import type { OutputOf, PlacedComplaint } from '../../language/field.ts'
import { mapped, optional, withDefault } from '../../language/field.ts'
import { fields } from '../../language/fields.ts'
import { choice, count, duration, factor, flag, number, ratio } from '../../language/scalar-fields.ts'
import type { SchemaContext } from '../../language/schema-context.ts'
import type { BalancerDefinition, BalancerParameters } from './balancing/balancer.ts'
import { HASH_NAMES } from './balancing/balancer.ts'
import { outlierEjection } from './balancing/outlier-ejection.ts'
import { passiveHealth } from './balancing/passive-health.ts'
import { balancers } from './balancing/registry.ts'
import { slowStart as slowStartRule } from './balancing/slow-start.ts'
import { stickySessions } from './balancing/sticky-sessions.ts'

/** Largest weight of one replica. */
const MAX_WEIGHT = 1_000_000

/** Most instances drawn for one request: with more, all of them might as well be asked. */
const MAX_CHOICES = 64

/** Bounds of rings and tables: those of Envoy. */
const MAX_RING_SIZE = 8_388_608
const MAX_TABLE_SIZE = 5_000_011

/** Most zones: no provider has more in one region. */
const MAX_ZONES = 32

/** Elementary steps that making a ring or a table may take: a second of work. */
const MAX_TABLE_STEPS = 2e8

/** As a scenario writes the parameters that some algorithms take. */
const PARAMETER_WORDS: Readonly<Record<keyof BalancerParameters, string>> = {
  choices: 'choices',
  replacement: 'replacement',
  decayNs: 'decay',
  loadLimit: 'load_limit',
  ringSize: 'ring_size',
  ringSizeMax: 'ring_size_max',
  tableSize: 'table_size',
  hash: 'hash',
  mapping: 'mapping',
  avalanche: 'avalanche',
  maxConnections: 'max_connections',
}

const PARAMETERS = Object.keys(PARAMETER_WORDS) as (keyof BalancerParameters)[]

function health() {
  return fields(
    {
      interval: withDefault(duration({ above: 0, help: 'Time between two checks of an instance.' }), '30s'),
      timeout: withDefault(duration({ above: 0, help: 'How long a check waits for its answer.' }), '5s'),
      healthy: withDefault(count({ max: 100, help: 'Successful checks in a row that bring an instance back.' }), 2),
      unhealthy: withDefault(count({ max: 100, help: 'Failed checks in a row that take an instance out.' }), 3),
    },
    { help: 'Active health checks of the instances.' },
  )
}

function sticky(context: SchemaContext) {
  return fields(
    {
      key: context.reference('keys', 'The population of clients: each key of it is a client with a cookie of its own.'),
      duration: withDefault(duration({ above: 0, help: 'How long a cookie lasts from when it was set.' }), '1h'),
    },
    { help: stickySessions.help },
  )
}

function ejection() {
  return fields(
    {
      consecutive_failures: withDefault(
        count({ max: 1_000_000, help: 'Failures in a row that eject an instance.' }),
        5,
      ),
      interval: withDefault(duration({ above: 0, help: 'Time between two looks at all instances.' }), '10s'),
      base_ejection: withDefault(
        duration({ above: 0, help: 'How long the first ejection lasts; the n-th in a row lasts n times as long.' }),
        '30s',
      ),
      max_ejection_time: withDefault(duration({ above: 0, help: 'Longest ejection.' }), '5m'),
      max_ejection_percent: withDefault(
        ratio({ help: 'No more are ejected once this share of the instances is; one always may be, unless it is 0%.' }),
        '10%',
      ),
      success_rate_stdev: withDefault(
        number({
          above: 0,
          max: 100,
          help: 'Standard deviations below the mean success rate at which an instance is ejected.',
        }),
        1.9,
      ),
      success_rate_hosts: withDefault(
        count({ max: 10_000, help: 'Fewest instances with enough requests for success rates to be compared.' }),
        5,
      ),
      success_rate_requests: withDefault(
        count({ max: 1_000_000, help: 'Fewest requests of an instance in an interval for its rate to count.' }),
        100,
      ),
    },
    { help: outlierEjection.help },
  )
}

function passive() {
  return fields(
    {
      max_fails: withDefault(count({ max: 1_000_000, help: 'Failures that take an instance out.' }), 1),
      fail_timeout: withDefault(
        duration({ above: 0, help: 'How long it stays out, and within which time failures add up.' }),
        '10s',
      ),
    },
    {
      help: passiveHealth.help,
    },
  )
}

function slowStart() {
  return fields(
    {
      window: duration({ above: 0, help: 'Time until a new instance gets its full share.' }),
      aggression: withDefault(
        number({ above: 0, max: 100, help: 'Speed of the ramp: 1 is linear, more is faster at first.' }),
        1,
      ),
      min_weight: withDefault(ratio({ help: 'Least share of its due that it gets.' }), '10%'),
    },
    { help: slowStartRule.help },
  )
}

function discovery() {
  return fields(
    {
      join: withDefault(duration({ help: 'Time until callers know of an instance that is ready.' }), '0s'),
      leave: withDefault(duration({ help: 'Time until they know that one is gone. Requests sent there fail.' }), '0s'),
    },
    { help: 'Delay with which the registry tells callers of instances.' },
  )
}

/** What some of the algorithms take. */
function parameterFields() {
  return {
    choices: optional(count({ max: MAX_CHOICES, help: 'Instances that `power_of_two` draws.' }), '2'),
    replacement: optional(flag({ help: 'Whether `power_of_two` may draw the same instance twice.' }), 'false'),
    decay: optional(duration({ above: 0, help: 'Time over which `peak_ewma` forgets latencies.' }), '10s'),
    load_limit: optional(
      factor({
        above: 1,
        max: 100,
        help: 'Most requests under way at one instance, times the mean of all, for `consistent_hash`.',
      }),
      'none',
    ),
    ring_size: optional(count({ max: MAX_RING_SIZE, help: 'Fewest points of the ring of `ring_hash`.' }), '1024'),
    ring_size_max: optional(count({ max: MAX_RING_SIZE, help: 'Most points of that ring.' }), '8388608'),
    table_size: optional(
      count({ min: 3, max: MAX_TABLE_SIZE, help: 'Slots of the table of `maglev`, a prime number.' }),
      '65537',
    ),
    hash: optional(choice(HASH_NAMES, { help: 'Hash function of `haproxy_hash`.' }), 'sdbm'),
    mapping: optional(
      choice(['map_based', 'consistent'], { help: 'How `source` and `haproxy_hash` turn a hash into an instance.' }),
      'map_based',
    ),
    avalanche: optional(
      flag({ help: 'Whether `source` and `haproxy_hash` mix the hash once more.' }),
      'only for a consistent mapping without a named hash',
    ),
    max_connections: optional(
      count({ max: MAX_WEIGHT, help: 'Requests under way at one instance before `first` uses the next one.' }),
      'the number of workers',
    ),
  }
}

/** What stands on top of any algorithm. */
function fieldsOnTop(context: SchemaContext) {
  return {
    sticky: optional(sticky(context), 'none'),
    health: optional(health(), 'no checks: an instance is seen to be down at once'),
    ejection: optional(ejection(), 'none'),
    passive: optional(passive(), 'none'),
    panic_threshold: optional(
      ratio({ above: 0, help: 'Share of healthy instances below which all of them get requests, healthy or not.' }),
      'never',
    ),
    slow_start: optional(slowStart(), 'none'),
    discovery: optional(discovery(), 'known at once'),
    zones: optional(
      count({
        min: 2,
        max: MAX_ZONES,
        help: 'Zones over which replicas are spread in turn: instance i of any service is in zone i modulo this, a client in any one. Requests stay in their zone while anybody there can serve them.',
      }),
      'one zone',
    ),
  }
}

/** The balancer of a service: an algorithm by name, or with settings. */
export function balancer(context: SchemaContext) {
  const ids = balancers.map(({ id }) => id)
  const algorithm = choice(ids, { help: 'How an instance is chosen for a request.', entries: balancers })
  const full = fields(
    {
      algorithm,
      weights: optional(
        list(count({ max: MAX_WEIGHT, help: 'Weight of one replica.' }), {
          help: 'Weight of each replica in order; the last one repeats.',
        }),
        'all 1',
      ),
      key: optional(
        context.reference(
          'keys',
          'What algorithms that hash look at: a population of keys, such as clients or paths. For `ip_hash` and `source` its keys are client addresses.',
        ),
      ),
      ...parameterFields(),
      ...fieldsOnTop(context),
    },
    { help: 'The load balancer in front of the replicas.' },
  )
  const short = mapped(algorithm, (value): OutputOf<typeof full> => ({ algorithm: value }))
  return oneOf(
    [
      when(isScalar, ids.join(', or '), short, 'Algorithm'),
      when(isMap, '{ algorithm: least_connections, ... }', full, 'Detailed'),
    ],
    {
      help: 'The load balancer in front of the replicas.',
    },
  )
}

/** A parsed balancer. */
export type BalancerSpec = OutputOf<ReturnType<typeof balancer>>

/** The parameters of the algorithm, as it takes them. */
export function parametersOf(spec: BalancerSpec): BalancerParameters {
  const given = PARAMETERS.filter((name) => spec[name] !== undefined).map((name) => [name, spec[name]])
  return Object.fromEntries(given) as BalancerParameters
}

/**
 * Everything in a balancer that contradicts itself or the service.
 * @param replicasMax most replicas of the service
 * @param hasWorkers whether the workers of a replica are limited
 * @param populations names of the populations of keys, where they are known
 */
export function balancerComplaints(
  spec: BalancerSpec,
  replicasMax: number,
  hasWorkers: boolean,
  populations: readonly string[] | undefined,
): readonly PlacedComplaint[] {
  const definition = balancers.find(({ id }) => id === spec.algorithm)
  if (definition === undefined) return []
  return [
    ...keyFits(spec, definition, populations),
    ...parametersFit(spec, definition),
    ...weightsFit(spec, definition, replicasMax),
    ...healthFits(spec),
    ...firstCanBeFull(spec, hasWorkers),
  ]
}

function keyFits(
  spec: BalancerSpec,
  { id, keyed }: BalancerDefinition,
  populations: readonly string[] | undefined,
): readonly PlacedComplaint[] {
  if (keyed !== undefined && spec.key === undefined) {
    const [first] = populations ?? []
    const hint =
      first === undefined
        ? `define what requests are about, as in keys: { clients: { count: 10k } }, and write { algorithm: ${id}, key: clients }`
        : `write { algorithm: ${id}, key: ${first} }, or another population of \`keys\``
    return [{ code: 'missing', message: `${id} needs a key to hash`, hint, path: ['balancer'] }]
  }
  if (keyed !== undefined || spec.key === undefined) return []
  const hashing = balancers.filter((each) => each.keyed !== undefined).map((each) => each.id)
  return [contradiction(`${id} does not look at keys`, `remove key, or use one of ${hashing.join(', ')}`, 'key')]
}

function parametersFit(spec: BalancerSpec, definition: BalancerDefinition): readonly PlacedComplaint[] {
  const takes: readonly string[] = definition.parameters ?? []
  const complaints = PARAMETERS.filter((name) => spec[name] !== undefined && !takes.includes(name)).map((name) => {
    const word = PARAMETER_WORDS[name]
    const owners = balancers.filter(({ parameters }) => parameters?.includes(name)).map(({ id }) => id)
    return contradiction(`${definition.id} takes no ${word}`, `remove it, or use ${owners.join(' or ')}`, word)
  })
  const { tableSize, ringSize = 1, ringSizeMax = Infinity } = spec
  if (tableSize !== undefined && !isPrime(tableSize)) {
    const hint = `write ${nextPrime(tableSize)}`
    complaints.push({
      ...contradiction(`${tableSize} is not a prime number`, hint, 'table_size'),
      code: 'out-of-range',
    })
  }
  if (ringSize > ringSizeMax) {
    complaints.push(
      contradiction(`ring_size ${ringSize} is above ring_size_max ${ringSizeMax}`, 'swap them', 'ring_size'),
    )
  }
  return complaints
}

function weightsFit(
  spec: BalancerSpec,
  definition: BalancerDefinition,
  replicasMax: number,
): readonly PlacedComplaint[] {
  const { weights = [] } = spec
  if (spec.weights !== undefined && !definition.weighted) {
    const weighing = balancers.filter(({ weighted }) => weighted).map((each) => each.id)
    const hint = `remove weights, or use one of ${weighing.join(', ')}`
    return [contradiction(`${definition.id} does not look at weights`, hint, 'weights')]
  }
  if (weights.length > replicasMax) {
    const message = `there are ${weights.length} weights for at most ${replicasMax} replicas`
    return [contradiction(message, 'give at most one weight for each replica', 'weights')]
  }
  const { id, weightMax = MAX_WEIGHT, tableSteps } = definition
  const heavy = weights.findIndex((weight) => weight > weightMax)
  if (heavy >= 0) {
    const message = `${weights[heavy]} is above the largest weight of ${id}`
    return [
      {
        code: 'out-of-range',
        message,
        hint: `allowed is from 1 to ${weightMax}`,
        path: ['balancer', 'weights', heavy],
      },
    ]
  }
  const all = Array.from({ length: replicasMax }, (_, index) => weights[index] ?? weights.at(-1) ?? 1)
  if (tableSteps === undefined || tableSteps(all, parametersOf(spec)) <= MAX_TABLE_STEPS) return []
  const message = `${id} would need too large a table for these weights and sizes`
  return [{ code: 'too-large', message, hint: 'give smaller weights in the same proportion', path: ['balancer'] }]
}

function healthFits({ ejection: outliers, passive: checks }: BalancerSpec): readonly PlacedComplaint[] {
  if (outliers === undefined || checks === undefined) return []
  return [contradiction('ejection and passive both take instances out for failures', 'keep one of them', 'passive')]
}

/** An instance that always has room gets everything. */
function firstCanBeFull({ algorithm, maxConnections }: BalancerSpec, hasWorkers: boolean): readonly PlacedComplaint[] {
  if (algorithm !== 'first' || maxConnections !== undefined || hasWorkers) return []
  const message = 'first fills one instance before the next, and with unlimited workers none is ever full'
  const hint = 'give max_connections, as in { algorithm: first, max_connections: 64 }, or a number of workers'
  return [{ code: 'missing', message, hint, path: ['balancer'] }]
}

function contradiction(message: string, hint: string, word: string): PlacedComplaint {
  return { code: 'contradiction', message, hint, path: ['balancer', word] }
}

function isPrime(value: number): boolean {
  for (let divisor = 2; divisor * divisor <= value; divisor++) if (value % divisor === 0) return false
  return value >= 2
}

function nextPrime(value: number): number {
  let candidate = value + 1
  while (!isPrime(candidate)) candidate += 1
  return candidate
}
