// What queueing theory says of the parts of a scenario that it has an exact answer for.
import { exp, log } from '../kernel/deterministic-math.ts'
import { NS_PER_MS, NS_PER_SECOND } from '../kernel/time.ts'
import type { PlanTheory } from '../model/plan.ts'
import type { ScenarioSpec } from './parse.ts'

type Service = ScenarioSpec['services'][string]

/** Rows for every service that is an M/M/c queue: fed by Poisson traffic of a constant rate alone, one exponential step. */
export function theoryOf(scenario: ScenarioSpec): PlanTheory[] {
  if (scenario.faults.length > 0) return []
  return Object.entries(scenario.services).flatMap(([id, service]) => {
    const [entry, ...others] = Object.entries(service.endpoints)
    if (entry === undefined || others.length > 0) return []
    const [endpoint, { steps }] = entry
    const meanNs = exponentialDemandNs(steps)
    const perSecond = poissonRate(scenario, id)
    const servers = parallelServers(service)
    if (meanNs === null || perSecond === null || servers === null) return []
    const { cores, queues } = servers
    const offered = (perSecond / queues) * (meanNs / NS_PER_SECOND)
    return offered < cores ? [mmc({ component: id, endpoint: `${id}.${endpoint}`, offered, cores, meanNs })] : []
  })
}

/** One queue for all cores, or one for each replica when a random choice splits a Poisson stream into Poisson streams. */
function parallelServers({
  replicas,
  workers,
  cpu,
  network,
  balancer,
  autoscaler,
}: Service): { readonly cores: number; readonly queues: number } | null {
  const plain = workers.kind === 'unlimited' && network === undefined && autoscaler === undefined
  const firstCome = cpu.scheduling === 'fifo' && cpu.capacity === undefined && cpu.patienceNs === undefined
  if (!plain || !firstCome || (replicas > 1 && balancer.algorithm !== 'random')) return null
  return { cores: cpu.cores, queues: replicas }
}

function exponentialDemandNs(steps: Service['endpoints'][string]['steps']): number | null {
  const [step, ...others] = steps
  if (step?.word !== 'cpu' || others.length > 0) return null
  const spec = step.spec as { readonly type: string; readonly mean?: number }
  return spec.type === 'exponential' ? (spec.mean ?? null) : null
}

/** Rate at which Poisson sources send requests straight to the service; null when anything else does. */
function poissonRate(scenario: ScenarioSpec, service: string): number | null {
  let total = 0
  for (const source of Object.values(scenario.traffic)) {
    const share = (source.mix ?? []).reduce((sum, entry) => sum + (entry.service === service ? entry.share : 0), 0)
    if (source.journey !== undefined) return null
    if (share === 0) continue
    const direct = source.policy === undefined && source.users === undefined && source.arrivals.kind === 'poisson'
    const single = source.batch.type === 'constant' && source.batch.value === 1
    if (!direct || !single || source.rate?.kind !== 'constant' || source.growth !== undefined) return null
    total += share * source.rate.level * source.multiplier
  }
  return callsAnything(scenario) || total === 0 ? null : total
}

function callsAnything(scenario: ScenarioSpec): boolean {
  return Object.values(scenario.services).some(({ endpoints }) =>
    Object.values(endpoints).some(({ steps }) => steps.some(({ word }) => word !== 'cpu')),
  )
}

interface Mmc {
  readonly component: string
  readonly endpoint: string
  /** Offered load in Erlang, of one queue. */
  readonly offered: number
  readonly cores: number
  readonly meanNs: number
}

/**
 * Steady state of M/M/c.
 *
 * Source: D. Gross, J. F. Shortle, J. M. Thompson, C. M. Harris, "Fundamentals of Queueing Theory", 4th ed., 2008, sections
 * 2.2 to 2.4: Erlang's C by the recursion of Erlang's B, mean wait = C s / (c - a), and the tail of the time in the system
 * P(T > t) = e^(-t/s) + C (e^(-(c-a)t/s) - e^(-t/s)) / (1 - (c - a)).
 * Differs from the source: none.
 */
function mmc({ component, endpoint, offered, cores, meanNs }: Mmc): PlanTheory {
  let blocking = 1
  for (let server = 1; server <= cores; server++) blocking = (offered * blocking) / (server + offered * blocking)
  const waitProbability = blocking / (1 - (offered / cores) * (1 - blocking))
  const serviceMs = meanNs / NS_PER_MS
  const waitMs = (waitProbability * serviceMs) / (cores - offered)
  const tail = (ms: number): number => sojournTail(ms / serviceMs, waitProbability, cores - offered)
  return {
    component,
    endpoint,
    model: `M/M/${cores}`,
    figures: {
      utilisation: offered / cores,
      wait_probability: waitProbability,
      wait_mean_ms: waitMs,
      mean_ms: waitMs + serviceMs,
      p50_ms: quantile(0.5, serviceMs, tail),
      p95_ms: quantile(0.95, serviceMs, tail),
      p99_ms: quantile(0.99, serviceMs, tail),
    },
  }
}

/** P(T > t) with t in service times; `spare` is c - a. */
function sojournTail(t: number, waitProbability: number, spare: number): number {
  const served = exp(-t)
  const rest = 1 - spare
  // The two rates coincide: the limit of the quotient is t e^-t.
  if (Math.abs(rest) < 1e-9) return served + waitProbability * t * served
  return served + (waitProbability * (exp(-spare * t) - served)) / rest
}

/** By bisection on the decreasing tail; 60 halvings leave less than a part in 10^15. */
function quantile(probability: number, scaleMs: number, tail: (ms: number) => number): number {
  let low = 0
  let high = scaleMs * (1 - log(1 - probability))
  while (tail(high) > 1 - probability) high *= 2
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (tail(middle) > 1 - probability) low = middle
    else high = middle
  }
  return high
}
