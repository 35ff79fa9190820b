/** What can be broken by hand in a scenario, and which actions fit it. */
import type { FaultRequest } from '../../../host/contract/run-records.ts'
import type { JsonValue } from '../../../sim-core/language/field.ts'
import { entriesOf, valueAt } from '../../stores/document-path.ts'

/** Something to break, in the words of the language, and how it can be. */
export interface FaultTarget {
  /** As `faults` of a scenario name it. */
  readonly value: string
  readonly kinds: readonly FaultKind[]
  /** Whether some of its replicas can die while others live. */
  readonly hasReplicas: boolean
}

export type FaultKind = FaultRequest['action']['kind']

/** Every service and database, the shards of those that have several, the shared tiers of caches with their nodes, and the locations of CDNs. */
export function faultTargets(document: JsonValue): FaultTarget[] {
  const entries = (section: string) => entriesOf(valueAt(document, [section]))
  return [
    ...entries('services').map(([id]): FaultTarget => {
      return { value: id, kinds: ['kill', 'slow', 'restore'], hasReplicas: true }
    }),
    ...entries('databases').flatMap(([id, entry]) =>
      [id, ...partsOf(`${id}.shard`, valueAt(entry, ['shards', 'count']))].map((value): FaultTarget => {
        return { value, kinds: ['slow'], hasReplicas: false }
      }),
    ),
    ...entries('caches').flatMap(([id, entry]) => tierTargets(id, valueAt(entry, ['tiers']))),
    ...entries('cdns').flatMap(([id, entry]) => locationTargets(id, valueAt(entry, ['locations']))),
  ]
}

/** Tiers in the memory of instances die with those; nodes without servers take no time that could grow. */
function tierTargets(cache: string, tiers: JsonValue | undefined): FaultTarget[] {
  return (Array.isArray(tiers) ? (tiers as readonly JsonValue[]) : []).flatMap((tier): FaultTarget[] => {
    const name = valueAt(tier, ['name'])
    if (typeof name !== 'string' || valueAt(tier, ['scope']) === 'replica') return []
    const kinds: readonly FaultKind[] =
      valueAt(tier, ['servers']) === undefined ? ['kill', 'restore'] : ['kill', 'slow', 'restore']
    const all = `${cache}.${name}`
    return [all, ...partsOf(all, valueAt(tier, ['nodes']))].map((value) => ({ value, kinds, hasReplicas: false }))
  })
}

/** One location each, or all of them. */
function locationTargets(cdn: string, locations: JsonValue | undefined): FaultTarget[] {
  const names = entriesOf(locations).map(([name]) => `${cdn}.${name}`)
  return [cdn, ...names].map((value) => ({ value, kinds: ['kill', 'restore'], hasReplicas: false }))
}

/** `name[0]` and so on, where there are several. */
function partsOf(name: string, count: JsonValue | undefined): string[] {
  const parts = typeof count === 'number' && count > 1 ? count : 0
  return Array.from({ length: Math.min(parts, PARTS_LISTED) }, (_, part) => `${name}[${part}]`)
}

/** Shards or nodes that a list has room for; others can be named in the scenario. */
const PARTS_LISTED = 64
