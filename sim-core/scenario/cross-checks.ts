/** Checks between parts of a valid scenario: fault targets that exist, and causes of failure that can occur. */
import type { JsonValue, PlacedComplaint } from '../language/field.ts'
import { cacheComplaints } from './cache-checks.ts'
import { causeComplaints } from './cause-checks.ts'
import { cdnComplaints } from './cdn-checks.ts'
import type { ScenarioSpec } from './parse.ts'
import { sharedIds } from './shared-ids.ts'
import { unrolledComplaints } from './unrolled-steps.ts'

/** Every complaint about a valid document and what it parsed to that needs more than one section to see. */
export function crossComplaints(scenario: ScenarioSpec, document: JsonValue): readonly PlacedComplaint[] {
  return [
    ...sharedIds(document),
    ...targetComplaints(scenario),
    ...causeComplaints(scenario, document),
    ...cacheComplaints(scenario),
    ...cdnComplaints(scenario, document),
    ...unrolledComplaints(scenario),
  ]
}

/** A complaint for each fault whose index is beyond the last shard, or beyond the most instances there can be. */
function targetComplaints(scenario: ScenarioSpec): readonly PlacedComplaint[] {
  return scenario.faults.flatMap((fault, position): readonly PlacedComplaint[] => {
    if (fault.kind !== 'slow' && fault.kind !== 'freeze') return []
    const { section, id, index } = fault.target
    if (section === 'caches' || section === 'cdns') return []
    const count = section === 'databases' ? shardsOf(scenario, id) : instancesOf(scenario, id)
    if (index === undefined || index < count) return []
    const what = section === 'databases' ? 'shard' : 'instance'
    const message = `${id} has no ${what} ${index}`
    const hint = count === 1 ? 'the only index is 0' : `the indices are 0 to ${count - 1}`
    return [{ code: 'out-of-range', message, hint, path: ['faults', position, fault.kind] }]
  })
}

function shardsOf(scenario: ScenarioSpec, id: string): number {
  return scenario.databases[id]?.shards?.count ?? 1
}

function instancesOf(scenario: ScenarioSpec, id: string): number {
  const service = scenario.services[id]
  return Math.max(service?.replicas ?? 0, service?.autoscaler?.config.max ?? 0)
}
