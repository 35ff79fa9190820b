// The promises of a scenario as a plan lists them: those of all clients first, then those of each endpoint.
import type { PlanObjective } from '../model/plan.ts'
import type { ScenarioSpec } from './parse.ts'

type Promises = ScenarioSpec['objectives']

/** Every objective and every SLO of an endpoint. */
export function planObjectives(
  scenario: ScenarioSpec,
  endpointIndex: (service: string, name: string) => number,
): PlanObjective[] {
  const overall = promisesOf(scenario.objectives, -1)
  const ofEndpoints = Object.entries(scenario.services).flatMap(([service, { endpoints }]) =>
    Object.entries(endpoints).flatMap(([name, { slo }]) =>
      slo === undefined ? [] : promisesOf(slo, endpointIndex(service, name)),
    ),
  )
  return [...overall, ...ofEndpoints]
}

function promisesOf(
  promises: Omit<Promises, 'throughputPerSecond'> & Partial<Promises>,
  endpoint: number,
): PlanObjective[] {
  const listed: readonly (readonly [metric: string, target: number | undefined])[] = [
    ['mean', promises.meanNs],
    ['p50', promises.p50Ns],
    ['p90', promises.p90Ns],
    ['p95', promises.p95Ns],
    ['p99', promises.p99Ns],
    ['p99_9', promises.p99_9Ns],
    ['availability', promises.availabilityRatio],
    ['errors', promises.errorsRatio],
    ['throughput', promises.throughputPerSecond],
  ]
  return listed.flatMap(([metric, target]) => (target === undefined ? [] : [{ metric, endpoint, target }]))
}
