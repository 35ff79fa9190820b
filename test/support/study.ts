// Runs scenarios for tests: the text of a scenario in, what its replications measured out.
import { createRun } from '../../sim-core/run.ts'
import type { Run } from '../../sim-core/run.ts'
import type { ReplicationResult } from '../../sim-core/metrics/replication-result.ts'
import { compile } from '../../sim-core/scenario/compile.ts'
import { parseScenario } from '../../sim-core/scenario/parse.ts'
import type { Plan } from '../../sim-core/model/plan.ts'

/** Events between two looks at whether a run is over. */
const EVENTS_PER_STEP = 1_000_000

/** Problems of a scenario that a failure tells. */
const PROBLEMS_TOLD = 10

/** The plan of a scenario's text. Throws with its first problems when there is one. */
export function planOf(text: string): Plan {
  const { scenario, problems } = parseScenario(text, 'test.yaml')
  if (scenario === undefined) {
    const found = problems.map(({ line, path, message, hint }) => `${line} ${path}: ${message}; ${hint}`)
    throw new Error(`the scenario is not valid:\n${found.slice(0, PROBLEMS_TOLD).join('\n')}`)
  }
  return compile(scenario)
}

/** Runs to its end what was set up, `eventsPerStep` events at a time. */
export function finishRun(run: Run, eventsPerStep = EVENTS_PER_STEP): ReplicationResult {
  while (run.step(eventsPerStep));
  return run.finish()
}

/** One replication of a plan, whole. */
export function replicate(plan: Plan, seed: number, replication: number): ReplicationResult {
  return finishRun(createRun(plan, seed, replication))
}

/** Replications 0 to `replications` - 1 of a scenario's text. */
export function runStudy(text: string, replications: number, seed = 1): ReplicationResult[] {
  const plan = planOf(text)
  return Array.from({ length: replications }, (_, replication) => replicate(plan, seed, replication))
}
