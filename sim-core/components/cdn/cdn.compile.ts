// How content delivery networks and their steps become plan data and instructions.
import type { Label, PlanValue, ProgramBuilder } from '../../kernel/program.ts'
import type { CompileContext, StepOwner } from '../../model/component-definition.ts'
import type { KeyAmountSpec } from '../../language/capacity-field.ts'
import type { CdnSpec } from './cdn.schema.ts'
import type { FetchStepSpec, PurgeStepSpec } from './cdn.steps.ts'
import type { Coordinates } from './great-circle.ts'

/** A cache of the network and where it stands. */
export interface PlanCache {
  readonly name: string
  readonly at: Coordinates
  readonly capacity: CdnSpec['capacity']
}

/** Clients of one place, with the share of all fetches up to and with theirs. */
export interface PlanClients {
  /** Of the default location where the clients' own is not known. */
  readonly at: Coordinates
  readonly isLocated: boolean
  readonly cumulativeShare: number
}

/** The plan's entry for a network, in base units. */
export interface CdnConfig {
  readonly locations: readonly PlanCache[]
  readonly shield: PlanCache | undefined
  readonly clients: readonly PlanClients[]
  readonly origin: Coordinates
  readonly eviction: CdnSpec['eviction']
  readonly ttlNs: number
  readonly network: CdnSpec['network']
  readonly propagation: CdnSpec['propagation']
  readonly push: readonly { readonly population: number; readonly amount: KeyAmountSpec }[]
}

/** Data of the instructions that are about an object: its population, and whether they are about the shield's cache. */
export interface ObjectData {
  readonly population: number
  readonly isAtShield: boolean
}

/** Data of `travel`. */
export interface TravelData {
  /** From the client to its location, from there on to the shield or the origin, or from the shield to the origin. */
  readonly leg: 'to_edge' | 'edge_to_shield' | 'edge_to_origin' | 'shield_to_origin'
  readonly isWayBack: boolean
}

/** The plan's entry for a parsed network. */
export function compileCdn(spec: CdnSpec, context: CompileContext): CdnConfig {
  const { capacity, shield, eviction, ttlNs, network, propagation } = spec
  const locations = Object.entries(spec.locations).map(([name, location]) => ({
    name,
    at: location.at,
    capacity: location.capacity ?? capacity,
  }))
  const fallback = locations.find(({ name }) => name === spec.default) ?? locations[0]!
  let cumulativeShare = 0
  return {
    locations,
    shield: shield && { name: 'shield', at: shield.at, capacity: shield.capacity ?? capacity },
    clients: Object.values(spec.clients).map(({ at, shareRatio }) => ({
      at: at ?? fallback.at,
      isLocated: at !== undefined,
      cumulativeShare: (cumulativeShare += shareRatio),
    })),
    origin: spec.origin.at,
    eviction,
    ttlNs,
    network,
    propagation,
    push: Object.entries(spec.push ?? {}).map(([id, amount]) => ({ population: context.population(id), amount })),
  }
}

/** What the instructions of one fetch have in common. */
interface Fetch {
  readonly program: ProgramBuilder
  readonly component: number
  readonly population: number
  readonly collapse: boolean
}

/** Emits one fetch: to the location nearest to the client, on a miss further on, and back with the object. */
export function emitFetch(step: FetchStepSpec, owner: StepOwner, context: CompileContext): void {
  const { program } = context
  const { shield, collapse } = context.spec('cdns', step.cdn) as CdnSpec
  const component = context.component('cdns', step.cdn)
  const fetch: Fetch = { program, component, population: context.population(step.key), collapse }
  const data = objectData(fetch, false)
  const askOrigin = (): void => {
    context.steps(step.origin, owner)
    program.emit(component, 'read_origin', { data })
  }
  program.emit(component, 'choose')
  emitRoundTrip(fetch, 'to_edge', () => {
    emitCache(fetch, false, () => {
      if (shield === undefined) emitRoundTrip(fetch, 'edge_to_origin', askOrigin)
      else emitRoundTrip(fetch, 'edge_to_shield', () => emitShield(fetch, askOrigin))
    })
    program.emit(component, 'answer', { data })
  })
}

function emitShield(fetch: Fetch, askOrigin: () => void): void {
  emitCache(fetch, true, () => emitRoundTrip(fetch, 'shield_to_origin', askOrigin))
}

function emitRoundTrip({ program, component }: Fetch, leg: TravelData['leg'], atTheEnd: () => void): void {
  program.emit(component, 'travel', { data: { leg, isWayBack: false } })
  atTheEnd()
  program.emit(component, 'travel', { data: { leg, isWayBack: true } })
}

/** One cache: found there, the object is taken; else it is brought by `bring`, once for all who ask for it meanwhile. */
function emitCache(fetch: Fetch, isAtShield: boolean, bring: () => void): void {
  const { program, component, collapse } = fetch
  const data = objectData(fetch, isAtShield)
  const found: Label = program.label()
  const fill = (): void => {
    program.emit(component, 'miss', { data })
    bring()
    program.emit(component, 'fill', { data })
  }
  program.emit(component, 'lookup', { data, targets: { found } })
  if (collapse) {
    const leave = program.label()
    program.emit(component, 'join', { data, targets: { found } })
    program.guarded(leave, fill)
    program.place(leave)
    program.emit(component, 'leave', { data })
  } else fill()
  program.place(found)
}

function objectData({ population }: Fetch, isAtShield: boolean): Readonly<Record<string, PlanValue>> {
  return { population, isAtShield } satisfies ObjectData
}

/** Emits one purge. */
export function emitPurge(step: PurgeStepSpec, context: CompileContext): void {
  const data: Readonly<Record<string, PlanValue>> = { population: context.population(step.key), isAtShield: false }
  context.program.emit(context.component('cdns', step.cdn), 'purge', { data })
}
