/** How a service is written in a scenario: replicas, workers, cores, balancer, autoscaler and endpoints. */
import { isMap, isScalar, isWord, named, oneOf, when } from '../../language/collections.ts'
import type { OutputOf } from '../../language/field.ts'
import { mapped, optional, withDefault } from '../../language/field.ts'
import { fields } from '../../language/fields.ts'
import { bytes, choice, count, number } from '../../language/scalar-fields.ts'
import type { SchemaContext, SectionDefinition } from '../../language/schema-context.ts'
import { sloFields } from '../../language/slo-fields.ts'
import {
  MAX_SERVERS,
  adaptiveLimit,
  network,
  patienceHasEffect,
  processorFields,
  queue,
} from '../../language/station-fields.ts'
import { MAX_REPLICAS, autoscaler } from './autoscaler.schema.ts'
import { serviceSteps } from './service.steps.ts'
import type { BalancerSpec } from './balancer.schema.ts'
import { balancer, balancerComplaints } from './balancer.schema.ts'

/** Priorities run from 0, served first, to this one. */
const MAX_PRIORITY = 15

function workers() {
  const limited = fields(
    {
      count: count({ max: MAX_SERVERS, help: 'Requests that one replica works on at the same time.' }),
      adapt: optional(adaptiveLimit('Finds out by itself how many of the workers are used.'), 'all workers are used'),
      queue: queue('The line of requests that wait for a worker.'),
    },
    { help: 'Workers with a waiting line of their own kind.' },
  )
  const unlimited = mapped(choice(['unlimited'], { help: 'No limit.' }), () => ({ kind: 'unlimited' as const }))
  const plain = mapped(
    count({ max: MAX_SERVERS, help: 'Workers with an endless line, first come first served.' }),
    (workerCount) => ({
      kind: 'limited' as const,
      count: workerCount,
      adapt: undefined,
      queue: { discipline: 'fifo' as const, expired: 'serve' as const } as OutputOf<typeof limited>['queue'],
    }),
  )
  return oneOf(
    [
      when(isWord('unlimited'), 'unlimited', unlimited, 'Unlimited'),
      when(isScalar, 'a count such as 64', plain, 'Number'),
      when(
        isMap,
        '{ count: 64, queue: { ... } }',
        mapped(limited, (spec) => ({ kind: 'limited' as const, ...spec })),
        'With queue',
      ),
    ],
    { help: 'Requests that one replica works on at the same time; the others wait in its line.' },
  )
}

function cpu() {
  const full = fields(processorFields(1), { help: 'The processor of one replica.', check: patienceHasEffect })
  const cores = mapped(count({ max: MAX_SERVERS, help: 'Cores of one replica.' }), (value): OutputOf<typeof full> => ({
    cores: value,
    scheduling: 'processor_sharing',
  }))
  return oneOf(
    [
      when(isScalar, 'a number of cores', cores, 'Cores'),
      when(isMap, '{ cores: 4, scheduling: fifo }', full, 'Detailed'),
    ],
    {
      help: 'The processor of one replica: what `cpu` steps use.',
    },
  )
}

function memory() {
  const size = bytes({ above: 0, help: 'Memory of one replica, against which memory use is measured.' })
  const full = fields(
    {
      size,
      idle: withDefault(bytes({ help: 'Used by a replica that does nothing.' }), '0B'),
      per_request: withDefault(bytes({ help: 'Used besides for every request that it has not answered yet.' }), '0B'),
    },
    { help: 'Memory of one replica, and what is used of it.' },
  )
  const short = mapped(size, (sizeBytes): OutputOf<typeof full> => ({ sizeBytes, idleBytes: 0, perRequestBytes: 0 }))
  return oneOf(
    [
      when(isScalar, 'a size such as 4GB', short, 'Size'),
      when(isMap, '{ size: 4GB, idle: 500MB, per_request: 2MB }', full, 'Detailed'),
    ],
    { help: 'Memory of one replica, and what is used of it.' },
  )
}

function endpoint(context: SchemaContext) {
  return fields(
    {
      slo: optional(fields(sloFields(), { help: 'What the endpoint promises, judged at the end of a run.' })),
      priority: optional(
        number({ min: 0, max: MAX_PRIORITY, help: 'Priority of its requests, 0 first; replaces that of the traffic.' }),
        'that of the traffic',
      ),
      steps: context.steps(),
    },
    { help: 'One kind of request that the service answers: what happens, step by step.' },
  )
}

/** The schema of one service. */
export function serviceSchema(context: SchemaContext) {
  return fields(
    {
      replicas: withDefault(count({ max: MAX_REPLICAS, help: 'Instances at the start of the run.' }), 1),
      workers: withDefault(workers(), 'unlimited'),
      cpu: withDefault(cpu(), 1),
      memory: optional(memory(), 'neither limited nor measured'),
      network: optional(network('Time on the way between a caller and an instance.'), 'none'),
      balancer: withDefault(balancer(context), 'round_robin'),
      autoscaler: optional(autoscaler(), 'a fixed number of replicas'),
      endpoints: named(endpoint(context), { min: 1, help: 'The kinds of request that the service answers, by name.' }),
    },
    {
      help: 'A service: identical replicas behind a load balancer.',
      check: (spec) => [...balancerFits(spec, context), ...memoryIsMeasured(spec)],
    },
  )
}

/** A parsed service. */
export type ServiceSpec = OutputOf<ReturnType<typeof serviceSchema>>

/** A parsed endpoint of a service. */
export type EndpointSpec = ServiceSpec['endpoints'][string]

function balancerFits(spec: ServiceFields, context: SchemaContext) {
  const most = Math.max(spec.replicas, spec.autoscaler?.config.max ?? 0)
  return balancerComplaints(spec.balancer, most, spec.workers.kind === 'limited', context.names.ids('keys'))
}

/** A target of memory use needs a use that can change. */
function memoryIsMeasured({ memory: spec, autoscaler: scaler }: ServiceFields) {
  if (scaler?.config.memoryTarget === undefined) return []
  const complaint = (message: string, hint: string) => [
    { code: 'contradiction', message, hint, path: ['autoscaler', 'memory'] },
  ]
  const example = 'memory: { size: 4GB, idle: 500MB, per_request: 2MB }'
  if (spec === undefined) return complaint('the service has no memory whose use could be measured', `add ${example}`)
  if (spec.idleBytes + spec.perRequestBytes > 0) return []
  return complaint('the memory of the service is never used', `say how much is used, as in ${example}`)
}

interface ServiceFields {
  readonly replicas: number
  readonly workers: OutputOf<ReturnType<typeof workers>>
  readonly balancer: BalancerSpec
  readonly memory?: { readonly idleBytes: number; readonly perRequestBytes: number } | undefined
  readonly autoscaler?: { readonly config: { readonly max: number; readonly memoryTarget?: number } } | undefined
}

/** The section `services`. */
export const serviceSection = {
  section: 'services',
  label: 'Services',
  help: 'Identical replicas behind a load balancer, with the requests they answer.',
  schema: (context: SchemaContext) => named(serviceSchema(context), { help: 'The services, by name.', min: 1 }),
  steps: serviceSteps,
} as const satisfies SectionDefinition
