// Declares faults: what is killed, slowed or frozen, and when.
import type { PlanValue } from '../../kernel/program.ts'
import type { CompileContext, ComponentDefinition } from '../../model/component-definition.ts'
import type { PlanFault } from './fault.model.ts'
import { FaultModel } from './fault.model.ts'
import type { FaultTarget } from './fault-target.ts'
import type { FaultSpec } from './fault.schema.ts'
import { faultSection } from './fault.schema.ts'

export const faultComponent: ComponentDefinition = {
  kind: 'fault',
  presentation: {
    label: 'Fault',
    icon: 'bolt',
    onCanvas: false,
    tab: { id: 'resilience', label: 'Resilience' },
    example: (names) => ({ at: '10m', kill: names.ids('services')?.[0] ?? 'service', replicas: 1 }),
  },
  section: faultSection,
  steps: {},
  metrics: [],
  compile: (_id, spec, context) =>
    (spec as readonly FaultSpec[]).map((fault) => planFault(fault, context)) as unknown as PlanValue,
  create: (config, context) => new FaultModel(config as unknown as readonly PlanFault[], context),
}

function planFault(fault: FaultSpec, context: CompileContext): PlanFault {
  const where = place(fault.target, context)
  if (fault.kind === 'kill' || fault.kind === 'restore') {
    return {
      place: where,
      action: fault.kind === 'kill' ? { kind: 'kill', count: fault.replicas } : { kind: 'restore' },
      timing: { kind: 'at', atNs: fault.atNs, forNs: undefined },
    }
  }
  const speed = fault.kind === 'slow' ? 1 / fault.factor : 0
  const { when } = fault
  return {
    place: where,
    action: { kind: 'speed', speed },
    timing: when.kind === 'once' ? { kind: 'at', atNs: when.atNs, forNs: when.forNs } : when,
  }
}

function place(target: FaultTarget, context: CompileContext): PlanFault['place'] {
  const { section, id, index } = target
  const component = context.component(section, id)
  if (section === 'caches') {
    const tier = `${id}.${target.tier}`
    return { component, name: index === undefined ? tier : `${tier}[${index}]`, part: index, group: target.tier }
  }
  if (section === 'cdns') {
    const { location } = target
    if (location === undefined) return { component, name: id, part: undefined }
    return { component, name: `${id}.${location}`, part: undefined, group: location }
  }
  const part = section === 'services' ? 'instance' : 'shard'
  return { component, name: index === undefined ? id : `${id}.${part}[${index}]`, part: index }
}
