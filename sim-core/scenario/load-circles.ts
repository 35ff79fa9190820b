// Finds loads of a cache that wait for themselves: where all who ask for a key wait for one load, the load must not ask, too.
import type { ReadStepSpec } from '../components/cache/cache.schema.ts'
import type { FetchStepSpec } from '../components/cdn/cdn.steps.ts'
import type { CallStepSpec } from '../components/service/service.steps.ts'
import type { PlacedComplaint } from '../language/field.ts'
import type { ScenarioSpec } from './parse.ts'
import { stepsIn } from './parsed-steps.ts'

/** A step that reads through a cache at which reads wait for the loads of others without end. */
interface WaitingRead {
  readonly path: readonly string[]
  readonly spec: ReadStepSpec
}

/** A complaint for each read whose steps lead back to a read of the same keys through the same cache, by way of fetches too. */
export function loadCircles(scenario: ScenarioSpec): readonly PlacedComplaint[] {
  const waiting = waitingReads(scenario)
  const leadsTo = new Map<string, Set<string>>()
  const note = (name: string, steps: unknown): void => {
    const found = leadsTo.get(name) ?? new Set<string>()
    collect(steps, scenario, found, new Set())
    leadsTo.set(name, found)
  }
  for (const { spec } of waiting) note(nameOf(spec), spec.miss)
  // Fetches that wait for one another alone are told elsewhere.
  for (const { spec } of stepsIn(scenario.services).filter(({ word }) => word === 'fetch')) {
    const { cdn, origin } = spec as FetchStepSpec
    note(networkNamed(cdn), origin)
  }
  return waiting
    .filter(({ spec }) => reaches(leadsTo, nameOf(spec), nameOf(spec)))
    .map(({ path, spec: { cache, key } }) => ({
      code: 'contradiction',
      message: `the load of ${key} through ${cache} waits for a load of ${key} through ${cache}`,
      hint: 'read something else in the steps of the miss, or choose stampede: lock',
      path,
    }))
}

function nameOf({ cache, key }: ReadStepSpec): string {
  return `${cache} ${key}`
}

/** Names of caches and keys have a space between them, this one has none. */
function networkNamed(cdn: string): string {
  return `cdns.${cdn}`
}

function waitingReads(scenario: ScenarioSpec): readonly WaitingRead[] {
  return Object.entries(scenario.services).flatMap(([service, { endpoints }]) =>
    Object.entries(endpoints).flatMap(([endpoint, { steps }]) =>
      stepsIn(steps)
        .filter(({ word, spec }) => word === 'read' && waits(spec as ReadStepSpec, scenario))
        .map(({ spec }) => ({
          path: ['services', service, 'endpoints', endpoint, 'steps'],
          spec: spec as ReadStepSpec,
        })),
    ),
  )
}

function waits({ cache }: ReadStepSpec, { caches }: ScenarioSpec): boolean {
  const spec = caches[cache]
  return spec !== undefined && (spec.strategy === 'read_through' || spec.stampede.kind === 'single_flight')
}

/** Notes every read that waits, and every network asked, to which a list of steps leads, calls included. */
function collect(value: unknown, scenario: ScenarioSpec, found: Set<string>, called: Set<unknown>): void {
  for (const { word, spec } of stepsIn(value)) {
    if (word === 'read' && waits(spec as ReadStepSpec, scenario)) found.add(nameOf(spec as ReadStepSpec))
    if (word === 'fetch') found.add(networkNamed((spec as FetchStepSpec).cdn))
    if (word !== 'call') continue
    const { service, endpoint } = (spec as CallStepSpec).endpoint
    const steps = scenario.services[service]?.endpoints[endpoint]?.steps
    if (called.has(steps)) continue
    called.add(steps)
    collect(steps, scenario, found, called)
  }
}

function reaches(leadsTo: ReadonlyMap<string, ReadonlySet<string>>, from: string, to: string): boolean {
  const seen = new Set<string>()
  const open = [...(leadsTo.get(from) ?? [])]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name === to) return true
    if (seen.has(name)) continue
    seen.add(name)
    open.push(...(leadsTo.get(name) ?? []))
  }
  return false
}
