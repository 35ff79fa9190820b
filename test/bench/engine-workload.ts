// Runs a scenario through the language and the engine as a user's run does, and times it.
import { compile } from '../../sim-core/scenario/compile.ts'
import { parseScenario } from '../../sim-core/scenario/parse.ts'
import type { Plan } from '../../sim-core/model/plan.ts'
import type { ReplicationResult } from '../../sim-core/metrics/replication-result.ts'
import { createRun } from '../../sim-core/run.ts'
import type { Measurement } from './benchmark.ts'
import { cpuSeconds, peakMb } from './benchmark.ts'

/** Events between two looks at the clock, as workers step. */
export const STEP_EVENTS = 50_000

const SEED = 7

/** The plan of a scenario that must be without problems. */
export function planOf(text: string): Plan {
  const { scenario, problems } = parseScenario(text, 'bench.yaml')
  if (scenario === undefined) throw new Error(`the scenario has problems: ${JSON.stringify(problems)}`)
  return compile(scenario)
}

/** One replication, from text to result. The check is the mean latency in ms. */
export function runScenario(text: string, replication = 0): Measurement {
  const startSeconds = cpuSeconds()
  const run = createRun(planOf(text), SEED, replication)
  const readySeconds = cpuSeconds()
  while (run.step(STEP_EVENTS));
  const result = run.finish()
  const endSeconds = cpuSeconds()
  return {
    requests: run.requests,
    events: result.events,
    seconds: endSeconds - readySeconds,
    setUpSeconds: readySeconds - startSeconds,
    peakMb: peakMb(),
    check: meanLatencyMs(result),
  }
}

/** Mean latency of the clients' completed requests. */
export function meanLatencyMs({ endpoints }: ReplicationResult): number {
  const { latencySumNs, completed } = endpoints.at(-1)!.columns
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0)
  return sum(latencySumNs) / sum(completed) / 1e6
}
