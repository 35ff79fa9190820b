/** Checks between parts of a valid scenario: fault targets that exist, and causes of failure that can occur. */
import { BUILT_IN_CAUSES } from '../kernel/outcome.ts'
import type { PlacedComplaint } from '../language/field.ts'
import { hintForName } from '../language/nearest-name.ts'
import type { ParsedStep } from '../language/schema-context.ts'
import type { FailStepSpec } from '../components/service/service.steps.ts'
import { cacheCauses, cacheComplaints } from './cache-checks.ts'
import { loadCircles } from './load-circles.ts'
import type { ScenarioSpec } from './parse.ts'
import { unrolledComplaints } from './unrolled-steps.ts'

/** Every complaint that needs more than one section to see. */
export function crossComplaints(scenario: ScenarioSpec): readonly PlacedComplaint[] {
  return [
    ...targetComplaints(scenario),
    ...causeComplaints(scenario),
    ...cacheComplaints(scenario),
    ...loadCircles(scenario),
    ...unrolledComplaints(scenario),
  ]
}

/** A complaint for each fault whose index is beyond the last shard, or beyond the most instances there can be. */
function targetComplaints(scenario: ScenarioSpec): readonly PlacedComplaint[] {
  return scenario.faults.flatMap((fault, position): readonly PlacedComplaint[] => {
    if (fault.kind !== 'slow' && fault.kind !== 'freeze') return []
    const { section, id, index } = fault.target
    if (section === 'caches') return []
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

/** A complaint for each cause that a policy retries and nothing ever fails with. */
function causeComplaints(scenario: ScenarioSpec): readonly PlacedComplaint[] {
  const steps = Object.values(scenario.services).flatMap(({ endpoints }) =>
    Object.values(endpoints).flatMap((endpoint) => endpoint.steps),
  )
  const known = [...new Set([...BUILT_IN_CAUSES.slice(1), ...causesIn(steps), ...cacheCauses(scenario)])]
  return Object.entries(scenario.policies).flatMap(([id, { retry }]) =>
    (retry?.on ?? []).flatMap((cause, index): readonly PlacedComplaint[] => {
      if (known.includes(cause)) return []
      const path = ['policies', id, 'retry', 'on', index]
      const message = `nothing fails with the cause "${cause}"`
      return [{ code: 'unknown-reference', message, hint: hintForName(cause, known, ''), path }]
    }),
  )
}

/** The causes that `fail` steps name, however deep they stand in other steps. */
function causesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(causesIn)
  if (typeof value !== 'object' || value === null) return []
  if (isStep(value) && value.word === 'fail') return [(value.spec as FailStepSpec).cause]
  return Object.values(value).flatMap(causesIn)
}

function isStep(value: object): value is ParsedStep {
  return 'word' in value && 'spec' in value
}
