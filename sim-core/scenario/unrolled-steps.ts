// Refuses steps that repeat one another into programs too large to be compiled.
import type { QueryStepSpec } from '../components/database/database.schema.ts'
import type { RepeatStepSpec } from '../components/service/service.steps.ts'
import type { PlacedComplaint } from '../language/field.ts'
import type { ParsedStep } from '../language/schema-context.ts'
import { formatNumber } from '../language/units.ts'
import type { ScenarioSpec } from './parse.ts'

/** Most steps of one scenario, every round of a `repeat` and every shard of a scattered query counted: half a second to compile. */
const UNROLLED_STEPS_MAX = 100_000

/** A complaint at the endpoint with most steps when there are too many in all. */
export function unrolledComplaints(scenario: ScenarioSpec): readonly PlacedComplaint[] {
  const endpoints = Object.entries(scenario.services).flatMap(([service, spec]) =>
    Object.entries(spec.endpoints).map(([endpoint, { steps }]) => ({
      path: ['services', service, 'endpoints', endpoint, 'steps'],
      count: unrolled(steps, scenario),
    })),
  )
  const total = endpoints.reduce((sum, { count }) => sum + count, 0)
  const most = endpoints.toSorted((a, b) => b.count - a.count)[0]
  if (most === undefined || total <= UNROLLED_STEPS_MAX) return []
  const limit = formatNumber(UNROLLED_STEPS_MAX)
  const message = `with every repetition and every shard asked, the endpoints have ${formatNumber(total)} steps; the limit is ${limit}`
  return [
    { code: 'too-large', message, hint: 'repeat fewer times, or let one longer step stand for many', path: most.path },
  ]
}

/** How many steps a parsed value holds, however deep. */
function unrolled(value: unknown, scenario: ScenarioSpec): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, part) => sum + unrolled(part, scenario), 0)
  if (typeof value !== 'object' || value === null) return 0
  if (!isStep(value)) return unrolled(Object.values(value), scenario)
  if (value.word === 'query') return branchesOf(value.spec as QueryStepSpec, scenario)
  const times = value.word === 'repeat' ? (value.spec as RepeatStepSpec).times : 1
  return 1 + times * unrolled(value.spec, scenario)
}

function branchesOf(query: QueryStepSpec, { databases }: ScenarioSpec): number {
  const database = databases[query.database]
  return database?.classes[query.class]?.scatter === true ? (database.shards?.count ?? 1) : 1
}

function isStep(value: object): value is ParsedStep {
  return 'word' in value && 'spec' in value
}
