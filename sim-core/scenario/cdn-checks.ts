// Checks of content delivery networks that need other sections to see: which keys they are asked for, told of and sent.
import type { FetchStepSpec, PurgeStepSpec } from '../components/cdn/cdn.steps.ts'
import type { JsonValue, PlacedComplaint } from '../language/field.ts'
import { isJsonMap } from './layers.ts'
import type { ScenarioSpec } from './parse.ts'
import { stepsIn } from './parsed-steps.ts'
import type { Segment } from './problem.ts'

/** The step words that are about an object of a network. */
const OBJECT_WORDS: readonly string[] = ['fetch', 'purge']

/** A population of keys that a network is asked for, told of or sent, and where the document says so. */
interface CdnUse {
  readonly cdn: string
  readonly key: string
  readonly path: readonly Segment[]
}

/** The populations whose objects each network keeps: those that steps fetch or purge, and those that are pushed. */
export function cdnPopulations({ services, cdns }: ScenarioSpec): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map(Object.entries(cdns).map(([id, { push = {} }]) => [id, new Set(Object.keys(push))]))
  for (const { word, spec } of stepsIn(services)) {
    if (!OBJECT_WORDS.includes(word)) continue
    const { cdn, key } = spec as FetchStepSpec | PurgeStepSpec
    found.get(cdn)?.add(key)
  }
  return found
}

/**
 * A complaint for each thing about networks that cannot be.
 * @param document the one that `scenario` was parsed from: only there does every step have its place
 */
export function cdnComplaints(scenario: ScenarioSpec, document: JsonValue): readonly PlacedComplaint[] {
  return [...usesInSteps(document), ...pushes(scenario)].flatMap(({ cdn, key, path }): readonly PlacedComplaint[] => {
    if (scenario.keys[key]?.missingRatio === undefined) return []
    const message = `${key} has keys that the source lacks, and networks have no answer for an object that does not exist`
    const hint = `give ${cdn} a population of its own without missing`
    return [{ code: 'contradiction', message, hint, path }]
  })
}

function pushes({ cdns }: ScenarioSpec): readonly CdnUse[] {
  return Object.entries(cdns).flatMap(([cdn, { push = {} }]) =>
    Object.keys(push).map((key) => ({ cdn, key, path: ['cdns', cdn, 'push', key] })),
  )
}

function usesInSteps(document: JsonValue): readonly CdnUse[] {
  return usesBelow(isJsonMap(document) ? document['services'] : undefined, ['services'])
}

/** What the `fetch` and `purge` steps below a value name, those in other steps included. An endpoint of that name has no `cdn`. */
function usesBelow(value: JsonValue | undefined, path: readonly Segment[]): readonly CdnUse[] {
  if (Array.isArray(value)) return value.flatMap((part, index) => usesBelow(part, [...path, index]))
  if (!isJsonMap(value)) return []
  return Object.entries(value).flatMap(([word, part]) => [
    ...(OBJECT_WORDS.includes(word) ? useOf(part, [...path, word]) : []),
    ...usesBelow(part, [...path, word]),
  ])
}

function useOf(step: JsonValue, path: readonly Segment[]): readonly CdnUse[] {
  if (!isJsonMap(step)) return []
  const { cdn, key } = step
  return typeof cdn === 'string' && typeof key === 'string' ? [{ cdn, key, path: [...path, 'key'] }] : []
}
