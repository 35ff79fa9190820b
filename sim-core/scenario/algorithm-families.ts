/** Every registered algorithm by family, for documentation and for lists on the screen. */
import { evictionPolicies } from '../components/cache/eviction/registry.ts'
import { invalidationWays, stampedeWays, strategyWays } from '../components/cache/strategy-ways.ts'
import { backoffs } from '../components/policy/backoff-registry.ts'
import { breakers } from '../components/policy/breaker-registry.ts'
import { budgets } from '../components/policy/budget-registry.ts'
import { hedging } from '../components/policy/hedging.ts'
import { limiters } from '../components/policy/limiter-registry.ts'
import { autoscalers } from '../components/service/autoscaling/registry.ts'
import { balancers } from '../components/service/balancing/registry.ts'
import { instanceRules } from '../components/service/instance-rules.ts'
import { DISTRIBUTIONS } from '../distributions/registry.ts'
import { POPULARITIES } from '../distributions/zipf.ts'
import { concurrencyLimits } from '../kernel/shedding/concurrency-registry.ts'
import { queueShedders } from '../kernel/shedding/queue-shedder-registry.ts'
import { profileDefinitions } from '../traffic/profiles/registry.ts'
import { arrivalDefinitions } from '../traffic/registry.ts'

/** One algorithm as lists show it. */
export interface AlgorithmEntry {
  /** As a scenario writes it. */
  readonly id: string
  readonly label: string
  readonly help: string
  /** Authors, title, year, section. */
  readonly source: string
  /** Where it differs from the source; empty when it does not. */
  readonly differs: string
  /** The parameters that it reads, as a scenario writes them or as they parse, where its family shares one map. */
  readonly parameters: readonly string[]
}

/** Algorithms that stand in the same place of a scenario. */
export interface AlgorithmFamily {
  readonly id: string
  readonly label: string
  /** Where a scenario names them: paths such as `caches.<name>.tiers[n].eviction`, or words where it is everywhere. */
  readonly places: readonly string[]
  /** What tells there which algorithm is meant: a `kind`, a key that only its map has, its name alone, or its own part, which those without settings lack. */
  readonly toldBy: 'kind' | 'key' | 'name' | 'part'
  readonly algorithms: readonly AlgorithmEntry[]
}

/** Every family with its algorithms, in the order of their registries. */
export const algorithmFamilies: readonly AlgorithmFamily[] = [
  family('name', 'balancing', 'Load balancing', ['services.<name>.balancer'], balancers),
  family('part', 'instances', 'Instances in and out of use', ['services.<name>.balancer'], instanceRules),
  family('kind', 'autoscaling', 'Autoscaling', ['services.<name>.autoscaler'], autoscalers),
  family(
    'name',
    'eviction',
    'Cache eviction',
    ['caches.<name>.tiers[n].eviction', 'cdns.<name>.eviction'],
    evictionPolicies,
  ),
  family('part', 'strategies', 'Cache strategies', ['caches.<name>.strategy'], strategyWays),
  family('part', 'stampedes', 'Stampede control', ['caches.<name>.stampede'], stampedeWays),
  family('part', 'invalidations', 'Invalidation', ['caches.<name>.invalidation'], invalidationWays),
  family('kind', 'backoff', 'Backoff', ['policies.<name>.retry.backoff'], backoffs),
  family('kind', 'budgets', 'Retry budgets', ['policies.<name>.retry.budget', 'policies.<name>.hedge.budget'], budgets),
  family('part', 'hedging', 'Hedging', ['policies.<name>'], [hedging]),
  family('kind', 'breakers', 'Circuit breakers', ['policies.<name>.breaker'], breakers),
  family('kind', 'limiters', 'Rate limiters', ['policies.<name>.limit'], limiters),
  family(
    'kind',
    'concurrency',
    'Adaptive limits',
    ['policies.<name>.bulkhead.calls', 'services.<name>.workers.adapt'],
    concurrencyLimits,
  ),
  family('kind', 'shedding', 'Load shedding', ['services.<name>.workers.queue.shed'], queueShedders),
  family(
    'key',
    'profiles',
    'Traffic profiles',
    ['traffic.<name>.rate', 'traffic.<name>.users'],
    Object.values(profileDefinitions),
  ),
  family('key', 'arrivals', 'Arrivals', ['traffic.<name>.arrivals'], Object.values(arrivalDefinitions)),
  family('name', 'popularity', 'Popularity of keys', ['keys.<name>.popularity'], POPULARITIES),
  family('name', 'distributions', 'Distributions', ['wherever a distribution is asked for'], DISTRIBUTIONS),
]

/** What every registry lists; only some families say which fields of a shared map an algorithm reads. */
interface RegisteredAlgorithm extends Omit<AlgorithmEntry, 'parameters'> {
  readonly parameters?: readonly unknown[]
  /** The same of families that call them settings. */
  readonly settings?: readonly string[]
}

function family(
  toldBy: AlgorithmFamily['toldBy'],
  id: string,
  label: string,
  places: readonly string[],
  entries: readonly RegisteredAlgorithm[],
): AlgorithmFamily {
  const algorithms = entries.map(({ parameters = [], settings = [], ...entry }) => ({
    id: entry.id,
    label: entry.label,
    help: entry.help,
    source: entry.source,
    differs: entry.differs,
    parameters: [...parameters, ...settings].filter((parameter) => typeof parameter === 'string'),
  }))
  return { id, label, places, toldBy, algorithms }
}
