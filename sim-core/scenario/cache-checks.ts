// Checks of caches that need other sections to see: who reads through them, what breaks in them.
import type { ReadStepSpec } from '../components/cache/cache.schema.ts'
import { UNIVERSE_MAX } from '../components/cache/eviction/bounded-store.ts'
import { CAUSE_UNAVAILABLE } from '../components/cache/lookup.compile.ts'
import { acceptsPopulation } from '../components/cache/tier-placement.ts'
import type { FaultSpec } from '../components/fault/fault.schema.ts'
import type { PlacedComplaint } from '../language/field.ts'
import { hintForName } from '../language/nearest-name.ts'
import { formatBytes } from '../language/units.ts'
import { cdnPopulations } from './cdn-checks.ts'
import type { ScenarioSpec } from './parse.ts'
import { stepsIn } from './parsed-steps.ts'

/** A service that reads or writes keys of a population through a cache, and the endpoint where it does. */
export interface CacheUse {
  readonly service: string
  readonly endpoint: string
  readonly cache: string
  readonly key: string
  readonly isWrite: boolean
}

/** Every use of a cache, in order of the services; each step counts. */
export function cacheUses({ services }: ScenarioSpec): readonly CacheUse[] {
  return Object.entries(services).flatMap(([service, { endpoints }]) =>
    Object.entries(endpoints).flatMap(([endpoint, { steps }]) =>
      stepsIn(steps)
        .filter(({ word }) => word === 'read' || word === 'write')
        .map(({ word, spec }) => {
          const { cache, key } = spec as ReadStepSpec
          return { service, endpoint, cache, key, isWrite: word === 'write' }
        }),
    ),
  )
}

/** A complaint for each thing about caches that cannot be. */
export function cacheComplaints(scenario: ScenarioSpec): readonly PlacedComplaint[] {
  return [
    ...unacceptedKeys(scenario),
    ...nothingMissing(scenario),
    ...warmInVain(scenario),
    ...keysBeyondNumbers(scenario),
    ...tiersBeyondMemory(scenario),
    ...scenario.faults.flatMap((fault, position) => faultComplaints(scenario, fault, position)),
  ]
}

/** Keys that no tier of the cache accepts, through which they are read. */
function unacceptedKeys(scenario: ScenarioSpec): readonly PlacedComplaint[] {
  const refused = cacheUses(scenario).filter(
    ({ cache, key }) => scenario.caches[cache]?.tiers.some((tier) => acceptsPopulation(tier, key)) === false,
  )
  return refused.map(({ service, endpoint, cache, key }) => ({
    code: 'contradiction',
    message: `no tier of ${cache} accepts ${key}`,
    hint: `add ${key} to what a tier accepts, or do not go through ${cache}`,
    path: ['services', service, 'endpoints', endpoint, 'steps'],
  }))
}

function nothingMissing({ caches, keys }: ScenarioSpec): readonly PlacedComplaint[] {
  if (Object.values(keys).some(({ missingRatio }) => missingRatio !== undefined)) return []
  return Object.entries(caches).flatMap(([id, { negativeNs }]): readonly PlacedComplaint[] => {
    if (negativeNs === undefined) return []
    const message = 'the source lacks no key, so there is nothing to remember'
    const hint = 'give a population of keys `missing: 5%`, or leave negative away'
    return [{ code: 'contradiction', message, hint, path: ['caches', id, 'negative'] }]
  })
}

/** Populations that a cache is to hold at the start, and that nobody reads through it. */
function warmInVain(scenario: ScenarioSpec): readonly PlacedComplaint[] {
  const reads = cacheUses(scenario).filter(({ isWrite }) => !isWrite)
  return Object.entries(scenario.caches).flatMap(([id, { warm }]): readonly PlacedComplaint[] => {
    // An amount for every population is one for those that are read.
    if (warm?.kind !== 'by_population') return []
    const unread = Object.keys(warm.amounts).filter(
      (population) => !reads.some(({ cache, key }) => cache === id && key === population),
    )
    return unread.map((population) => ({
      code: 'contradiction',
      message: `no step reads ${population} through ${id}, so there is nothing to warm`,
      hint: `read ${population} through ${id}, or leave it out of warm`,
      path: ['caches', id, 'warm', population],
    }))
  })
}

/** Caches and networks that would have more keys of all their populations together than they can number. */
function keysBeyondNumbers(scenario: ScenarioSpec): readonly PlacedComplaint[] {
  const uses = cacheUses(scenario)
  const inCaches = Object.keys(scenario.caches).map((id) => {
    const populations = uses.filter(({ cache }) => cache === id).map(({ key }) => key)
    return keysComplaint(scenario, ['caches', id], new Set(populations))
  })
  const inNetworks = [...cdnPopulations(scenario)].map(([id, populations]) =>
    keysComplaint(scenario, ['cdns', id], populations),
  )
  return [...inCaches, ...inNetworks].flat()
}

function keysComplaint(
  { keys }: ScenarioSpec,
  path: readonly [string, string],
  populations: ReadonlySet<string>,
): readonly PlacedComplaint[] {
  const different = [...populations]
  const total = different.reduce((sum, population) => sum + (keys[population]?.count ?? 0), 0)
  if (total <= UNIVERSE_MAX) return []
  const [, id] = path
  const names = different.join(', ')
  const message = `${names} have ${total} keys together, and all that go through ${id} may be ${UNIVERSE_MAX} at most`
  const hint = `lower their counts, or let some of them go through another one than ${id}`
  return [{ code: 'out-of-range', message, hint, path }]
}

/** Tiers of scope `replica` live in the memory of the instances that read through them. */
function tiersBeyondMemory(scenario: ScenarioSpec): readonly PlacedComplaint[] {
  const uses = cacheUses(scenario)
  return Object.entries(scenario.caches).flatMap(([id, { tiers }]) =>
    tiers.flatMap(({ name, scope, capacity }, index): readonly PlacedComplaint[] => {
      if (scope !== 'replica' || !('bytes' in capacity)) return []
      const service = uses
        .filter(({ cache }) => cache === id)
        .map((use) => use.service)
        .find((each) => (scenario.services[each]?.memory?.sizeBytes ?? Infinity) < capacity.bytes)
      if (service === undefined) return []
      const memory = formatBytes(scenario.services[service]?.memory?.sizeBytes ?? 0)
      const message = `the tier ${name} holds ${formatBytes(capacity.bytes)}, and an instance of ${service} has ${memory} of memory`
      const hint = `lower the capacity to less than ${memory}, or give ${service} more memory`
      return [{ code: 'contradiction', message, hint, path: ['caches', id, 'tiers', index, 'capacity'] }]
    }),
  )
}

function faultComplaints(
  scenario: ScenarioSpec,
  { kind, target }: FaultSpec,
  position: number,
): readonly PlacedComplaint[] {
  if (target.section !== 'caches') return []
  const { id, tier: name, index = 0 } = target
  const path = ['faults', position, kind]
  const tiers = scenario.caches[id]?.tiers ?? []
  const tier = tiers.find((each) => each.name === name)
  if (tier === undefined) {
    const known = tiers.map((each) => each.name)
    const hint = hintForName(name, known, '')
    return [{ code: 'unknown-reference', message: `${id} has no tier "${name}"`, hint, path }]
  }
  if (tier.scope === 'replica') {
    const message = `the tier ${name} is in the memory of the instances, and has no nodes`
    return [{ code: 'contradiction', message, hint: 'strike the service that reads through it', path }]
  }
  if (index >= tier.nodes) {
    const hint = tier.nodes === 1 ? 'the only index is 0' : `the indices are 0 to ${tier.nodes - 1}`
    return [{ code: 'out-of-range', message: `${id}.${name} has no node ${index}`, hint, path }]
  }
  if ((kind === 'slow' || kind === 'freeze') && tier.servers === undefined) {
    const message = `the nodes of ${id}.${name} have no servers that could work slower`
    return [{ code: 'contradiction', message, hint: 'give the tier servers and demand', path }]
  }
  return []
}

/** Causes that caches fail reads with. */
export function cacheCauses({ caches }: ScenarioSpec): readonly string[] {
  const fails = Object.values(caches).some(({ tiers }) => tiers.some(({ onFailure }) => onFailure === 'fail'))
  return fails ? [CAUSE_UNAVAILABLE] : []
}
