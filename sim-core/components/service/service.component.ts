// Declares services: replicas behind a balancer, and the steps that endpoints are made of.
import type { PlanValue } from '../../kernel/program.ts'
import { emitNetwork } from '../../kernel/network.ts'
import type { CompileContext, ComponentDefinition, StepOwner } from '../../model/component-definition.ts'
import { serviceConfig } from './service-config.ts'
import { serviceMetrics } from './service-metrics.ts'
import type { ServiceConfig } from './service-config.ts'
import { ServiceModel } from './service.model.ts'
import type { EndpointSpec, ServiceSpec } from './service.schema.ts'
import { serviceSection } from './service.schema.ts'
import { serviceStepCompilers } from './service.step-compilers.ts'

export const serviceComponent: ComponentDefinition = {
  kind: 'service',
  presentation: {
    label: 'Service',
    icon: 'server',
    onCanvas: true,
    tab: { id: 'scaling', label: 'Scaling' },
    example: () => ({
      replicas: 2,
      workers: 64,
      cpu: 4,
      endpoints: { get: { steps: [{ cpu: 'lognormal(mean 2ms, p99 9ms)' }] } },
    }),
  },
  section: serviceSection,
  steps: serviceStepCompilers,
  metrics: serviceMetrics,
  compile: (_id, spec, context) =>
    serviceConfig(spec as ServiceSpec, (id) => context.population(id)) as unknown as PlanValue,
  emit(id, spec, context) {
    for (const [name, endpoint] of Object.entries((spec as ServiceSpec).endpoints)) {
      emitEndpoint({ id, name, service: spec as ServiceSpec, endpoint }, context)
    }
  },
  create: (config, context) => new ServiceModel(config as unknown as ServiceConfig, context),
}

interface EndpointProgram {
  readonly id: string
  readonly name: string
  readonly service: ServiceSpec
  readonly endpoint: EndpointSpec
}

/** dispatch, network, worker, the steps, worker back, network, return; a failure anywhere runs the rest of the way out. */
function emitEndpoint({ id, name, service, endpoint }: EndpointProgram, context: CompileContext): void {
  const { program } = context
  const owner: StepOwner = { service: id, endpoint: name, component: context.component('services', id) }
  const { index, entry } = context.endpoint(id, name)
  const back = program.label()
  const out = program.label()
  const data = endpoint.priority === undefined ? { endpoint: index } : { endpoint: index, priority: endpoint.priority }
  program.runBy(index, owner.component, () => {
    carryKeys(service, context)
    program.guarded(out, () => {
      program.place(entry)
      program.emit(owner.component, 'dispatch', { data })
    })
    program.guarded(back, () => {
      emitNetwork(program, service.network?.requestNs, `${id}/network-request`)
      if (service.workers.kind === 'unlimited') context.steps(endpoint.steps, owner)
      else emitHeldWorker(owner, endpoint, context)
    })
    program.guarded(out, () => {
      program.place(back)
      emitNetwork(program, service.network?.responseNs, `${id}/network-response`)
      program.place(out)
      program.emit(owner.component, 'return', { data, handler: out, next: out })
    })
  })
}

/** Requests carry the keys that the balancer looks at. */
function carryKeys({ balancer }: ServiceSpec, context: CompileContext): void {
  if (balancer.key !== undefined) context.population(balancer.key)
  if (balancer.sticky !== undefined) context.population(balancer.sticky.key)
}

function emitHeldWorker(owner: StepOwner, endpoint: EndpointSpec, context: CompileContext): void {
  const { program } = context
  const release = program.label()
  program.emit(owner.component, 'acquire_worker', { station: 'workers' })
  program.guarded(release, () => context.steps(endpoint.steps, owner))
  program.place(release)
  program.emit(owner.component, 'release_worker')
}
