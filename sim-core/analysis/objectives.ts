// Judges objectives: holds, misses, or cannot be told from what was simulated.
import { NS_PER_MS } from '../kernel/time.ts'
import type { Plan } from '../model/plan.ts'
import type { PlanObjective } from '../model/plan.ts'
import { NO_ESTIMATE } from './estimate.ts'
import type { EndpointSummary, Estimate, ObjectiveResult, Verdict } from './study-result.ts'

type Figures = Omit<EndpointSummary, 'slo'>

/** Metrics that must be at least their target; all others at most. */
const AT_LEAST: ReadonlySet<string> = new Set(['availability', 'throughput'])

/**
 * Judges each objective by the interval of its figure. Latencies are those of requests that succeed, as monitoring counts
 * them: failures are what the objectives of errors and availability are for. Where every request failed, no latency is met.
 * @param endpoints figures by endpoint index
 */
export function judge(plan: Plan, endpoints: readonly Figures[], clients: Figures): ObjectiveResult[] {
  return plan.objectives.map((objective) => {
    const endpoint = objective.endpoint < 0 ? null : plan.endpoints[objective.endpoint]!.id
    const figures = objective.endpoint < 0 ? clients : endpoints[objective.endpoint]!
    const { mean, low, high } = figureOf(objective.metric, figures)
    const isHopeless = mean === null && figures.failed > 0
    const target = isLatency(objective) ? objective.target / NS_PER_MS : objective.target
    return {
      id: endpoint === null ? objective.metric : `${endpoint}.${objective.metric}`,
      metric: objective.metric,
      endpoint,
      target,
      value: mean,
      low,
      high,
      pass: isHopeless ? false : holds(objective.metric, target, { mean, low, high }),
    }
  })
}

/** The verdict on all of them. Overload and a missed objective are certain; an open one leaves the whole open. */
export function verdictOf(objectives: readonly ObjectiveResult[], overloaded: boolean, enough: boolean): Verdict {
  if (overloaded) return 'overloaded'
  if (objectives.some(({ pass }) => pass === false)) return 'fail'
  return enough && objectives.every(({ pass }) => pass !== null) ? 'pass' : 'not_converged'
}

/** An interval that lies on one side of the target decides; without an interval the figure itself does. */
function holds(metric: string, target: number, { mean, low, high }: Estimate): boolean | null {
  if (mean === null) return null
  const [best, worst] = AT_LEAST.has(metric) ? [high ?? mean, low ?? mean] : [low ?? mean, high ?? mean]
  const meets = (value: number): boolean => (AT_LEAST.has(metric) ? value >= target : value <= target)
  if (meets(worst)) return true
  return meets(best) ? null : false
}

function figureOf(metric: string, figures: Figures): Estimate {
  if (metric === 'errors') return figures.error_ratio
  if (metric === 'availability') return complement(figures.error_ratio)
  if (metric === 'throughput') return figures.throughput_rps
  return (figures.latency_ms as Readonly<Record<string, Estimate>>)[metric] ?? NO_ESTIMATE
}

function complement({ mean, low, high }: Estimate): Estimate {
  const rest = (value: number | null): number | null => (value === null ? null : 1 - value)
  return { mean: rest(mean), low: rest(high), high: rest(low) }
}

function isLatency({ metric }: PlanObjective): boolean {
  return metric !== 'errors' && metric !== 'availability' && metric !== 'throughput'
}
