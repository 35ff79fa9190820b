/** From a parsed scenario to a study that can be run. */
import { compile, studyOf } from '../../sim-core/scenario/compile.ts'
import type { ParseResult } from '../../sim-core/scenario/parse.ts'
import { planHash } from '../../sim-core/scenario/plan-hash.ts'
import type { Problem } from '../../sim-core/scenario/problem.ts'
import type { Plan, PlanStudy } from '../../sim-core/model/plan.ts'
import type { StudyOverride } from '../contract/study-api.ts'

/** The file in which the language places problems of overrides; the line is the number of the override. */
const OVERRIDES_FILE = '--set'

/** A study that can be run. */
export interface PreparedStudy {
  readonly plan: Plan
  readonly planHash: string
  readonly study: PlanStudy
}

/** The plan, unless a problem is an error. */
export interface Preparation {
  readonly problems: readonly Problem[]
  readonly prepared?: PreparedStudy
}

/** Compiles what was parsed with these overrides. */
export function prepare({ scenario, problems }: ParseResult, overrides: readonly StudyOverride[]): Preparation {
  const found = problems.map((problem) => atFlag(problem, overrides))
  if (scenario === undefined) return { problems: found }
  const plan = compile(scenario)
  return { problems: found, prepared: { plan, planHash: planHash(plan), study: studyOf(scenario) } }
}

/** Places a problem of an override at the flag by which it was given. */
function atFlag(problem: Problem, overrides: readonly StudyOverride[]): Problem {
  const flag = problem.file === OVERRIDES_FILE ? overrides[problem.line - 1]?.flag : undefined
  return flag === undefined ? problem : { ...problem, file: flag }
}
