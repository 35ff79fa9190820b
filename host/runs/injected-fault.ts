/** Faults put in by hand: checked as if they stood in the scenario. */
import type { PlanFault } from '../../sim-core/components/fault/fault.model.ts'
import { faultSection } from '../../sim-core/components/fault/fault.schema.ts'
import { invariant } from '../../sim-core/kernel/invariant.ts'
import type { JsonValue } from '../../sim-core/language/field.ts'
import { compile } from '../../sim-core/scenario/compile.ts'
import { isJsonMap } from '../../sim-core/scenario/layers.ts'
import { parseScenario } from '../../sim-core/scenario/parse.ts'
import { writeScenario } from '../../sim-core/scenario/write.ts'
import { HostError } from '../contract/host-error.ts'
import type { FaultRequest } from '../contract/run-records.ts'

/** Kind of the component that a plan's faults make up; its id is that of the section. */
const { section } = faultSection

const NS_PER_SECOND = 1e9

type FaultText = Pick<FaultRequest, 'target' | 'action'>

/**
 * What a fault does in the plan of a scenario, at whatever instant. Throws a HostError `invalid-call` with what the language
 * of scenarios has against it.
 *
 * @param document the scenario that runs
 */
export function faultOf(document: JsonValue, fault: FaultText): (atNs: number) => PlanFault {
  const before = isJsonMap(document) && Array.isArray(document[section]) ? document[section] : []
  const broken = { ...(isJsonMap(document) ? document : {}), [section]: [...before, entryOf(fault)] }
  const { scenario, problems } = parseScenario(writeScenario(broken), 'fault.yaml')
  const problem = problems.find(({ severity }) => severity === 'error')
  if (problem !== undefined || scenario === undefined) {
    const { message = 'this fault makes no sense in this scenario', hint = 'choose another target' } = problem ?? {}
    throw new HostError({ code: 'invalid-call', message, hint, retryable: false })
  }
  const faults = compile(scenario).components.find(({ id }) => id === section)?.config
  const planned = Array.isArray(faults) ? (faults as unknown as readonly PlanFault[]).at(-1) : undefined
  invariant(planned !== undefined && planned.timing.kind === 'at', 'a fault was lost on the way to the plan')
  const { forNs } = planned.timing
  return (atNs) => ({ ...planned, timing: { kind: 'at', atNs, forNs } })
}

/** The entry of `faults` that stands for it; when it strikes is yet to be found out. */
function entryOf({ target, action }: FaultText): JsonValue {
  if (action.kind === 'slow') {
    const forNs = Math.round(action.forS * NS_PER_SECOND)
    return { at: '0s', for: `${forNs}ns`, slow: target, by: `${action.factor}x` }
  }
  if (action.kind === 'restore') return { at: '0s', restore: target }
  return { at: '0s', kill: target, ...(action.replicas === undefined ? {} : { replicas: action.replicas }) }
}
