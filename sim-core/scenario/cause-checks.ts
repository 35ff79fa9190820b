/** Checks that whatever reacts to a cause of failure names one that something can fail with. */
import type { FailStepSpec } from '../components/service/service.steps.ts'
import { BUILT_IN_CAUSES } from '../kernel/outcome.ts'
import type { JsonValue, PlacedComplaint } from '../language/field.ts'
import { hintForName } from '../language/nearest-name.ts'
import { cacheCauses } from './cache-checks.ts'
import { isJsonMap } from './layers.ts'
import type { ScenarioSpec } from './parse.ts'
import { stepsIn } from './parsed-steps.ts'

/** Where a cause is named, in the document. */
interface NamedCause {
  readonly cause: string
  readonly path: readonly (string | number)[]
}

/**
 * A complaint for each cause that a policy retries, or that leads to a fallback, and that nothing ever fails with.
 * @param document the one that `scenario` was parsed from: only there does every step have its place
 */
export function causeComplaints(scenario: ScenarioSpec, document: JsonValue): readonly PlacedComplaint[] {
  const steps = Object.values(scenario.services).flatMap(({ endpoints }) =>
    Object.values(endpoints).flatMap((endpoint) => endpoint.steps),
  )
  const named = stepsIn(steps)
    .filter(({ word }) => word === 'fail')
    .map(({ spec }) => (spec as FailStepSpec).cause)
  const known = [...new Set([...BUILT_IN_CAUSES.slice(1), ...named, ...cacheCauses(scenario)])]
  return [...retriedCauses(scenario), ...causesOfFallbacks(document, [])].flatMap(({ cause, path }) => {
    if (known.includes(cause)) return []
    const message = `nothing fails with the cause "${cause}"`
    return [{ code: 'unknown-reference', message, hint: hintForName(cause, known, ''), path }]
  })
}

function retriedCauses({ policies }: ScenarioSpec): readonly NamedCause[] {
  return Object.entries(policies).flatMap(([id, { retry }]) =>
    (retry?.on ?? []).map((cause, index) => ({ cause, path: ['policies', id, 'retry', 'on', index] })),
  )
}

/** What the `try` steps of a document name, however deep they stand in other steps. */
function causesOfFallbacks(value: JsonValue | undefined, path: readonly (string | number)[]): readonly NamedCause[] {
  if (Array.isArray(value)) return value.flatMap((part, index) => causesOfFallbacks(part, [...path, index]))
  if (!isJsonMap(value)) return []
  const guarded = value['try']
  const causes = isJsonMap(guarded) && Array.isArray(guarded['on']) ? guarded['on'] : []
  const here = causes.flatMap((cause: JsonValue, index) =>
    typeof cause === 'string' ? [{ cause, path: [...path, 'try', 'on', index] }] : [],
  )
  return [...here, ...Object.entries(value).flatMap(([key, part]) => causesOfFallbacks(part, [...path, key]))]
}
