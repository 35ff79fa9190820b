// Declares sources of traffic: open ones with a rate, closed ones with users, mixes and journeys.
import { emitNetwork } from '../kernel/network.ts'
import type { PlanValue } from '../kernel/program.ts'
import { KERNEL } from '../kernel/program.ts'
import type { CompileContext, ComponentDefinition } from '../model/component-definition.ts'
import { TARGET_ENDPOINT } from '../kernel/call.ts'
import { growthFactor } from './growth.ts'
import type { JourneyFieldSpec } from './journey.schema.ts'
import type { JourneySpec } from './journey.ts'
import { rateProfile, userProfile } from './profiles/registry.ts'
import type { ArrivalSpec } from './registry.ts'
import type { TrafficConfig } from './traffic.model.ts'
import { TrafficModel } from './traffic.model.ts'
import type { TrafficSpec } from './traffic.schema.ts'
import { trafficSection } from './traffic.schema.ts'

export const trafficComponent: ComponentDefinition = {
  kind: 'traffic',
  presentation: {
    label: 'Traffic',
    icon: 'users',
    onCanvas: true,
    tab: { id: 'endpoints', label: 'Endpoints' },
    example: (names) => {
      const service = names.ids('services')?.[0] ?? 'service'
      const endpoint = names.members('services', service, 'endpoints')[0] ?? 'endpoint'
      return { rate: '100/s', mix: { [`${service}.${endpoint}`]: '100%' } }
    },
  },
  section: trafficSection,
  steps: {},
  metrics: [],
  compile: (_id, spec, context) => trafficConfig(spec as TrafficSpec, context) as unknown as PlanValue,
  emit: (id, spec, context) => emitClient(id, spec as TrafficSpec, context),
  create: (config, context) => new TrafficModel(config as unknown as TrafficConfig, context),
}

function trafficConfig(spec: TrafficSpec, context: CompileContext): TrafficConfig {
  let cumulative = 0
  return {
    arrivals: spec.users === undefined ? arrivalSpec(spec, context.durationNs) : undefined,
    batch: spec.batch,
    users: spec.users === undefined ? undefined : userProfile(spec.users, context.durationNs),
    thinkNs: spec.thinkNs,
    mix: spec.mix?.map(({ service, endpoint, share }) => ({
      endpoint: context.endpoint(service, endpoint).index,
      cumulative: (cumulative += share),
    })),
    journey: spec.journey && journeySpec(spec.journey, context),
    priority: spec.priority,
  }
}

/** Season and growth scale the rate, or shorten the gaps. */
function arrivalSpec(spec: TrafficSpec, durationNs: number): ArrivalSpec {
  const factor =
    spec.multiplier *
    (spec.growth === undefined ? 1 : growthFactor({ perYear: spec.growth.perYearRatio, years: spec.growth.years }))
  const { arrivals } = spec
  if (arrivals.kind === 'mmpp')
    return {
      kind: 'mmpp',
      phases: arrivals.phases.map(({ perSecond, meanNs }) => ({ perSecond: perSecond * factor, meanNs })),
    }
  if (arrivals.kind === 'interarrival') return arrivals
  return { ...arrivals, profile: rateProfile(spec.rate!, durationNs, factor) }
}

function journeySpec(journey: JourneyFieldSpec, context: CompileContext): JourneySpec {
  const index = ({ service, endpoint }: { readonly service: string; readonly endpoint: string }): number =>
    context.endpoint(service, endpoint).index
  if (journey.kind === 'sequence') return { kind: 'sequence', steps: journey.steps.map(index) }
  const next: { to: number; share: number }[][] = Array.from({ length: context.endpointCount }, () => [])
  for (const { from, transitions } of journey.next)
    next[index(from)] = transitions.map((to) => ({ to: index(to), share: to.share }))
  return { kind: 'markov', start: index(journey.start), next }
}

/** Requests need a client of their own when something happens on the client's side. */
function needsClient(spec: TrafficSpec): boolean {
  return (
    spec.users !== undefined || spec.journey !== undefined || spec.policy !== undefined || spec.network !== undefined
  )
}

function emitClient(id: string, spec: TrafficSpec, context: CompileContext): void {
  if (!needsClient(spec)) return
  const { program } = context
  const owner = context.component('traffic', id)
  const again = program.label()
  const answered = program.label()
  program.guarded(answered, () => {
    program.place(again)
    program.emit(owner, 'next_request')
    emitNetwork(program, spec.network?.requestNs, `${id}/network-request`)
    const data = { endpoint: TARGET_ENDPOINT }
    if (spec.policy === undefined) program.emit(KERNEL, 'call', { data })
    else program.emit(context.component('policies', spec.policy), 'call', { data })
    emitNetwork(program, spec.network?.responseNs, `${id}/network-response`)
    program.place(answered)
    program.emit(owner, 'answered', { targets: { again } })
  })
}
