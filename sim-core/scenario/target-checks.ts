/** Checks that faults strike instances and shards that exist. */
import type { PlacedComplaint } from '../language/field.ts'
import type { ScenarioSpec } from './parse.ts'

/** A complaint for each fault whose index is beyond the last shard, or beyond the most instances there can be. */
export function targetComplaints(scenario: ScenarioSpec): readonly PlacedComplaint[] {
  return scenario.faults.flatMap((fault, position): readonly PlacedComplaint[] => {
    if (fault.kind !== 'slow' && fault.kind !== 'freeze') return []
    const { section, id, index } = fault.target
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
