// From a validated scenario to a plan: names become indices, steps become instructions.
import { catalog } from '../catalog.ts'
import type { ServiceSpec } from '../components/service/service.schema.ts'
import { BUILT_IN_CAUSES, CAUSES_MAX } from '../kernel/outcome.ts'
import { replicasMax } from '../components/service/service-config.ts'
import { invariant } from '../kernel/invariant.ts'
import type { Label } from '../kernel/program.ts'
import { ProgramBuilder } from '../kernel/program.ts'
import type { ParsedStep } from '../language/schema-context.ts'
import type { CompileContext, ComponentDefinition, StepOwner } from '../model/component-definition.ts'
import type { PlanPopulation } from '../model/plan-parts.ts'
import { isStationary, requestsExpected, traceStride } from './estimate.ts'
import { planObjectives } from './objectives.ts'
import type { ScenarioSpec } from './parse.ts'
import { theoryOf } from './theory.ts'
import type { Plan, PlanStudy } from '../model/plan.ts'

interface Entry {
  readonly definition: ComponentDefinition
  readonly id: string
  readonly spec: unknown
}

interface DraftEndpoint {
  readonly service: string
  readonly name: string
  readonly entry: Label
  readonly populations: Set<number>
  readonly calls: Set<number>
}

/** Compiles a validated scenario. Pure; throws only on our own mistakes, since everything a user may get wrong is validated. */
export function compile(scenario: ScenarioSpec): Plan {
  const compiler = new Compiler(scenario)
  return compiler.plan()
}

/** How the scenario asks to be repeated. */
export function studyOf(scenario: ScenarioSpec): PlanStudy {
  const { seed, replications, maxReplications, precisionRatio, confidenceRatio } = scenario.run
  return {
    seed,
    replications,
    replicationsMax: Math.max(replications, maxReplications),
    precision: precisionRatio ?? null,
    confidence: confidenceRatio,
  }
}

class Compiler implements CompileContext {
  readonly program = new ProgramBuilder()
  readonly durationNs: number
  private readonly scenario: ScenarioSpec
  private readonly entries: readonly Entry[]
  private readonly endpoints: readonly DraftEndpoint[]
  private readonly populations: readonly PlanPopulation[]
  private readonly causes: string[] = [...BUILT_IN_CAUSES]
  private readonly usages = new Map<string, Set<number>>()
  private readonly ordinals = new Map<string, number>()

  constructor(scenario: ScenarioSpec) {
    this.scenario = scenario
    this.durationNs = scenario.run.durationNs
    this.entries = catalog.flatMap((definition) => entriesOf(definition, scenario))
    this.endpoints = Object.entries(scenario.services).flatMap(([service, { endpoints }]) =>
      Object.keys(endpoints).map((name) => ({
        service,
        name,
        entry: this.program.label(),
        populations: new Set<number>(),
        calls: new Set<number>(),
      })),
    )
    this.populations = Object.entries(scenario.keys).map(([id, { count, popularity, sizeBytes, missingRatio }]) => ({
      id,
      count,
      exponent: popularity.type === 'zipf' ? popularity.exponent : 0,
      sizeBytes,
      ...(missingRatio === undefined ? {} : { missingRatio }),
    }))
  }

  plan(): Plan {
    const { scenario } = this
    for (const { definition, id, spec } of this.entries) definition.emit?.(id, spec, this)
    const components = this.entries.map(({ definition, id, spec }) => ({
      kind: definition.kind,
      id,
      config: definition.compile(id, spec, this),
      ratios: definition.metrics.flatMap(({ id: metric, kind, of, among }) =>
        kind === 'ratio' && of && among ? [{ id: metric, of, among }] : [],
      ),
    }))
    const instructions = this.program.build()
    this.closeOverCalls()
    const expected = requestsExpected(scenario)
    return {
      name: scenario.name,
      question: scenario.question ?? '',
      components,
      instructions,
      endpoints: this.endpoints.map(({ service, name, entry, populations }) => ({
        id: `${service}.${name}`,
        service,
        name,
        entry: entry.pc,
        populations: [...populations].sort((a, b) => a - b),
      })),
      populations: this.populations,
      causes: this.causes,
      objectives: planObjectives(scenario, (service, name) => this.endpointIndex(service, name)),
      theory: theoryOf(scenario),
      stationary: isStationary(scenario),
      measurement: {
        durationNs: scenario.run.durationNs,
        warmupNs: scenario.run.warmup.kind === 'fixed' ? scenario.run.warmup.durationNs : null,
        bucketNs: scenario.run.bucketNs,
        traceStride: traceStride(expected),
      },
      inFlightMax: scenario.run.limits.inFlight,
      eventsMax: scenario.run.limits.events ?? null,
      requestsExpected: expected,
    }
  }

  get endpointCount(): number {
    return this.endpoints.length
  }

  component(section: string, id: string): number {
    const index = this.entries.findIndex((entry) => entry.definition.section.section === section && entry.id === id)
    invariant(index >= 0, 'a validated scenario refers to a component that does not exist')
    return index
  }

  spec(section: string, id: string): unknown {
    return this.entries[this.component(section, id)]!.spec
  }

  population(id: string): number {
    const index = this.populations.findIndex((population) => population.id === id)
    invariant(index >= 0, 'a validated scenario refers to a population that does not exist')
    this.endpoints[this.program.emittedEndpoint]?.populations.add(index)
    return index
  }

  endpoint(service: string, name: string): { readonly index: number; readonly entry: Label } {
    const index = this.endpointIndex(service, name)
    const caller = this.program.emittedEndpoint
    if (caller !== index) this.endpoints[caller]?.calls.add(index)
    return { index, entry: this.endpoints[index]!.entry }
  }

  cause(name: string): number {
    const known = this.causes.indexOf(name)
    if (known >= 0) return known
    invariant(this.causes.length < CAUSES_MAX, 'a scenario names more causes than there are codes')
    return this.causes.push(name) - 1
  }

  usage(section: string, id: string): Set<number> {
    const key = `${section}/${id}`
    let usage = this.usages.get(key)
    if (usage === undefined) this.usages.set(key, (usage = new Set()))
    return usage
  }

  instancesMax(service: string): number {
    return replicasMax(this.spec('services', service) as ServiceSpec)
  }

  streamName(owner: StepOwner, word: string): string {
    const key = `${owner.service}/${owner.endpoint}.${word}`
    const ordinal = this.ordinals.get(key) ?? 0
    this.ordinals.set(key, ordinal + 1)
    return `${key}.${ordinal}`
  }

  steps(steps: readonly ParsedStep[], owner: StepOwner): void {
    for (const { word, spec } of steps) {
      const definition = catalog.find((kind) => Object.hasOwn(kind.steps, word))
      invariant(definition !== undefined, 'a validated scenario has a step word that no component compiles')
      definition.steps[word]!(spec, owner, this)
    }
  }

  private endpointIndex(service: string, name: string): number {
    const index = this.endpoints.findIndex((endpoint) => endpoint.service === service && endpoint.name === name)
    invariant(index >= 0, 'a validated scenario refers to an endpoint that does not exist')
    return index
  }

  /** A request carries the keys that the endpoints it calls use, however deep. */
  private closeOverCalls(): void {
    const gain = ({ populations, calls }: DraftEndpoint): boolean => {
      const before = populations.size
      for (const called of calls)
        this.endpoints[called]!.populations.forEach((population) => populations.add(population))
      return populations.size > before
    }
    while (this.endpoints.filter(gain).length > 0);
  }
}

/** The components that a section of the scenario holds: its entries by id, or the section itself when it is a list. */
function entriesOf(definition: ComponentDefinition, scenario: ScenarioSpec): Entry[] {
  const { section } = definition.section
  const value = (scenario as unknown as Readonly<Record<string, unknown>>)[section]
  if (value === undefined) return []
  if (Array.isArray(value)) return value.length === 0 ? [] : [{ definition, id: section, spec: value }]
  return Object.entries(value as Readonly<Record<string, unknown>>).map(([id, spec]) => ({ definition, id, spec }))
}
