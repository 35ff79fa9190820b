/** Shapes that several components share: waiting lines, processors, connection pools and network paths. */
import { isMap, isScalar, oneOf, when } from './collections.ts'
import { distributionOf } from './distribution-field.ts'
import type { Field, PlacedComplaint } from './field.ts'
import { checked, mapped, optional, withDefault } from './field.ts'
import { fields } from './fields.ts'
import { kindField } from './kind-field.ts'
import { choice, count, duration } from './scalar-fields.ts'
import { CONCURRENCY_DEFAULTS, concurrencyParameters } from '../kernel/shedding/concurrency-limit.ts'
import { concurrencyLimits } from '../kernel/shedding/concurrency-registry.ts'
import { QUEUE_SHEDDER_DEFAULTS, queueShedderParameters } from '../kernel/shedding/queue-shedder.ts'
import { queueShedders } from '../kernel/shedding/queue-shedder-registry.ts'
import type { DistributionSpec } from '../distributions/registry.ts'

/** In which order a waiting line is served. */
const queueDisciplines = ['fifo', 'lifo', 'priority'] as const

/** How a processor divides itself between the work at hand. */
const schedulings = ['processor_sharing', 'fifo', 'lifo', 'priority', 'priority_preemptive'] as const

/** The fields of a waiting line, for shapes that contain one. */
function waitingFields() {
  return {
    capacity: optional(
      count({ min: 0, help: 'Most that may wait; whoever comes when it is full is refused at once.' }),
      'unlimited',
    ),
    patience: optional(distributionOf('duration', { help: 'How long somebody waits before giving up.' }), 'for ever'),
  }
}

/** A waiting line: discipline, capacity, patience, and what it sheds. */
export function queue(help: string) {
  return withDefault(
    fields(
      {
        discipline: withDefault(choice(queueDisciplines, { help: 'Who is served next.' }), 'fifo'),
        ...waitingFields(),
        expired: withDefault(
          choice(['serve', 'drop'], {
            help: 'What becomes of whoever is next when its caller has stopped waiting, if policies hand on their deadlines.',
          }),
          'serve',
        ),
        shed: optional(queueShedder(), 'nothing'),
      },
      { help },
    ),
    {},
  )
}

/** What drops requests that have waited too long. */
function queueShedder() {
  return kindField({
    definitions: queueShedders,
    parameters: queueShedderParameters,
    defaults: QUEUE_SHEDDER_DEFAULTS,
    help: 'Drops whoever is next when waits stay too long.',
  })
}

/** A limit on what is under way that finds itself. */
export function adaptiveLimit(help: string) {
  const field = kindField({
    definitions: concurrencyLimits,
    parameters: concurrencyParameters,
    defaults: CONCURRENCY_DEFAULTS,
    help,
  })
  return checked(field, ({ parameters: { min, max } }): readonly PlacedComplaint[] => {
    if (min <= max) return []
    const message = `the limit cannot be at least ${min} and at most ${max}`
    return [{ code: 'contradiction', message, hint: 'make min at most max', path: ['min'] }]
  })
}

/** Most cores of one processor, workers of one replica or connections of one pool. */
export const MAX_SERVERS = 1_000_000

/** The fields of a processor: cores, scheduling and its waiting line. */
export function processorFields(defaultCores: number) {
  return {
    cores: withDefault(count({ max: MAX_SERVERS, help: 'Cores that work at the same time.' }), defaultCores),
    scheduling: withDefault(
      choice(schedulings, { help: 'How the cores are shared out between the work at hand.' }),
      'processor_sharing',
    ),
    ...waitingFields(),
  }
}

/** Under processor sharing nobody waits whole, so nobody can lose patience. */
export function patienceHasEffect(spec: {
  readonly scheduling: string
  readonly patienceNs?: unknown
}): readonly PlacedComplaint[] {
  if (spec.scheduling !== 'processor_sharing' || spec.patienceNs === undefined) return []
  const message = 'patience has no effect under processor_sharing, where all work is in service at once'
  return [{ code: 'contradiction', message, hint: 'add scheduling: fifo, or leave patience away', path: ['patience'] }]
}

/** A connection pool: at most `max` connections, and how long a caller waits for one. */
export function pool(help: string) {
  return fields(
    {
      max: count({ max: MAX_SERVERS, help: 'Most connections open at the same time.' }),
      acquire_timeout: optional(
        duration({ help: 'How long a caller waits for a connection before it fails.' }),
        'for ever',
      ),
      capacity: optional(
        count({ min: 0, help: 'Most callers that may wait; whoever comes when it is full fails at once.' }),
        'unlimited',
      ),
    },
    { help },
  )
}

/** Time on the way, each direction separately; absent means no time at all. */
export interface NetworkSpec {
  readonly requestNs?: DistributionSpec
  readonly responseNs?: DistributionSpec
}

/** A network path: one distribution for each direction alike, or `request` and `response` separately. */
export function network(help: string): Field<NetworkSpec> {
  const bothWays = mapped(
    distributionOf('duration', { help: 'Time on the way, each direction drawn separately.' }),
    (spec) => ({
      requestNs: spec,
      responseNs: spec,
    }),
  )
  const directions = fields(
    {
      request: optional(distributionOf('duration', { help: 'Time on the way there.' }), 'none'),
      response: optional(distributionOf('duration', { help: 'Time on the way back.' }), 'none'),
    },
    { help: 'Both directions.' },
  )
  const hasDirection = (input: unknown): boolean =>
    isMap(input) && (Object.hasOwn(input, 'request') || Object.hasOwn(input, 'response'))
  return oneOf(
    [
      when(hasDirection, '{ request: 1ms, response: 1ms }', directions, 'Per direction'),
      when((input) => isScalar(input) || isMap(input), 'a duration distribution', bothWays, 'Both ways'),
    ],
    { help },
  )
}
