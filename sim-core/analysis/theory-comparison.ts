// Puts what was simulated beside what queueing theory says.
import type { Plan } from '../model/plan.ts'
import { NO_ESTIMATE } from './estimate.ts'
import type { ComponentSummary, EndpointSummary, Estimate, TheoryComparison } from './study-result.ts'

/** @param endpoints figures by endpoint index */
export function theoryComparisons(
  plan: Plan,
  endpoints: readonly Omit<EndpointSummary, 'slo'>[],
  components: Readonly<Record<string, ComponentSummary>>,
): TheoryComparison[] {
  return plan.theory.map(({ component, endpoint, model, figures }) => {
    const simulated = simulatedFigures(
      endpoints[plan.endpoints.findIndex(({ id }) => id === endpoint)]!,
      components[component],
    )
    const rows = Object.entries(figures).map(([figure, theory]) => ({
      figure,
      theory,
      simulated: simulated[figure] ?? NO_ESTIMATE,
    }))
    return { component, endpoint, model, rows }
  })
}

function simulatedFigures(
  { latency_ms: latency }: Omit<EndpointSummary, 'slo'>,
  component: ComponentSummary | undefined,
): Record<string, Estimate> {
  const cpu = component?.stations['cpu']
  return {
    utilisation: cpu?.utilisation ?? NO_ESTIMATE,
    wait_probability: cpu?.wait_probability ?? NO_ESTIMATE,
    wait_mean_ms: cpu?.wait_ms.mean ?? NO_ESTIMATE,
    mean_ms: latency.mean,
    p50_ms: latency.p50,
    p95_ms: latency.p95,
    p99_ms: latency.p99,
  }
}
