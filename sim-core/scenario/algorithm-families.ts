/** Every registered algorithm by family, for documentation and for lists on the screen. */
import { evictionPolicies } from '../components/cache/eviction/registry.ts'
import { backoffs } from '../components/policy/backoff-registry.ts'
import { breakers } from '../components/policy/breaker-registry.ts'
import { budgets } from '../components/policy/budget-registry.ts'
import { limiters } from '../components/policy/limiter-registry.ts'
import { autoscalers } from '../components/service/autoscaling/registry.ts'
import { balancers } from '../components/service/balancing/registry.ts'
import { DISTRIBUTIONS } from '../distributions/registry.ts'
import { concurrencyLimits } from '../kernel/shedding/concurrency-registry.ts'
import { queueShedders } from '../kernel/shedding/queue-shedder-registry.ts'
import { profileDefinitions } from '../traffic/profiles/registry.ts'

/** One algorithm as lists show it. */
export interface AlgorithmEntry {
  /** As a scenario writes it. */
  readonly id: string
  readonly label: string
  readonly help: string
  /** Authors, title, year, section; empty for our own forms. */
  readonly source: string
}

/** Algorithms that stand in the same place of a scenario. */
export interface AlgorithmFamily {
  readonly id: string
  readonly label: string
  /** Where a scenario names them. */
  readonly usedIn: string
  readonly algorithms: readonly AlgorithmEntry[]
}

/** Every family with its algorithms, in the order of their registries. */
export const algorithmFamilies: readonly AlgorithmFamily[] = [
  family('balancing', 'Load balancing', 'services.<name>.balancer', balancers),
  family('autoscaling', 'Autoscaling', 'services.<name>.autoscaler.kind', autoscalers),
  family('eviction', 'Cache eviction', 'caches.<name>.tiers[n].eviction and cdns.<name>.eviction', evictionPolicies),
  family('backoff', 'Backoff', 'policies.<name>.retry.backoff', backoffs),
  family('budgets', 'Retry budgets', 'policies.<name>.retry.budget and policies.<name>.hedge.budget', budgets),
  family('breakers', 'Circuit breakers', 'policies.<name>.breaker.kind', breakers),
  family('limiters', 'Rate limiters', 'policies.<name>.limit.kind', limiters),
  family(
    'concurrency',
    'Adaptive limits',
    'policies.<name>.bulkhead.calls and services.<name>.workers.adapt',
    concurrencyLimits,
  ),
  family('shedding', 'Load shedding', 'services.<name>.workers.queue.shed', queueShedders),
  family(
    'profiles',
    'Traffic profiles',
    'traffic.<name>.rate and traffic.<name>.users',
    Object.values(profileDefinitions),
  ),
  family('distributions', 'Distributions', 'wherever a distribution is asked for', DISTRIBUTIONS),
]

function family(id: string, label: string, usedIn: string, entries: readonly AlgorithmEntry[]): AlgorithmFamily {
  const algorithms = entries.map(({ id: name, label: title, help, source }) => ({
    id: name,
    label: title,
    help,
    source,
  }))
  return { id, label, usedIn, algorithms }
}
