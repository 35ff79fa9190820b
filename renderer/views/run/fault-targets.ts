/** What can be broken by hand in a scenario, and which actions fit it. */
import type { FaultRequest } from '../../../host/contract/run-records.ts'
import type { JsonValue } from '../../../sim-core/language/field.ts'
import { entriesOf, valueAt } from '../../stores/document-path.ts'

/** Something to break, in the words of the language. */
export interface FaultTarget {
  /** As `faults` of a scenario name it. */
  readonly value: string
  readonly section: 'services' | 'databases'
}

export type FaultKind = FaultRequest['action']['kind']

/** Kinds that fit a target: only services lose replicas. */
export function kindsFor({ section }: FaultTarget): readonly FaultKind[] {
  return section === 'services' ? ['kill', 'slow', 'restore'] : ['slow']
}

/** Every service and database, and the shards of those that have several. */
export function faultTargets(document: JsonValue): FaultTarget[] {
  const services = entriesOf(valueAt(document, ['services'])).map(([id]): FaultTarget => ({
    value: id,
    section: 'services',
  }))
  const databases = entriesOf(valueAt(document, ['databases'])).flatMap(([id, entry]): FaultTarget[] => {
    const count = valueAt(entry, ['shards', 'count'])
    const shards = typeof count === 'number' && count > 1 ? count : 0
    const parts = Array.from({ length: Math.min(shards, SHARDS_LISTED) }, (_, shard) => `${id}.shard[${shard}]`)
    return [id, ...parts].map((value) => ({ value, section: 'databases' }))
  })
  return [...services, ...databases]
}

/** Shards that a list has room for; others can be named in the scenario. */
const SHARDS_LISTED = 64
