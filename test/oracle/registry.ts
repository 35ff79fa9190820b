// The one list of oracle families: which adapter runs which case, and what is declared as not offered yet.
import { caddyAdapters } from './adapters/balancers-caddy.ts'
import { envoyAdapters } from './adapters/balancers-envoy.ts'
import { haproxyAdapters } from './adapters/balancers-haproxy.ts'
import { nginxAdapters } from './adapters/balancers-nginx.ts'
import { cacheModelAdapters } from './adapters/cache-models.ts'
import { cacheServerAdapters } from './adapters/cache-servers.ts'
import { cacheAdapters } from './adapters/caches.ts'
import { distributionAdapters } from './adapters/distributions.ts'
import { hashAdapters } from './adapters/hashing.ts'
import { hpaAdapters } from './adapters/hpa.ts'
import { queueingAdapters } from './adapters/queueing.ts'
import { queueingFarmAdapters } from './adapters/queueing-farms.ts'
import { queueingNetworkAdapters } from './adapters/queueing-networks.ts'
import { queueingPriorityAdapters } from './adapters/queueing-priorities.ts'
import { resilienceAdapters, resilienceDetail } from './adapters/resilience.ts'
import { scenarioBalancingAdapters } from './adapters/scenarios-balancing.ts'
import { scenarioCachingAdapters } from './adapters/scenarios-caching.ts'
import { scenarioAdapters } from './adapters/scenarios.ts'
import { scenarioResilienceAdapters } from './adapters/scenarios-resilience.ts'
import { statisticsAdapters } from './adapters/statistics.ts'
import { uslAdapters } from './adapters/usl.ts'
import type { OracleAdapter, OracleAdapters, OracleCase } from './oracle-case.ts'

/** One family of oracle cases. */
export interface OracleFamily {
  /** Name of the family, and the prefix of its files' names. */
  readonly family: string
  /** The field of a case that tells the family's cases apart. */
  readonly caseField: 'kind' | 'model' | 'algorithm' | 'policy'
  /** What else distinguishes cases of one kind that are not all offered, such as the algorithm of a keys_moved case. */
  readonly detailOf?: (testCase: OracleCase) => string | undefined
  /** Keyed by variant ("kind" or "kind detail"), or by kind for all its variants. */
  readonly adapters: OracleAdapters
  /** Variants that the product does not offer yet; their cases count as failed unless only what is offered is asked for. */
  readonly notOffered: readonly string[]
  /** True when a case takes seconds, so that cases are spread over worker threads. */
  readonly onThreads: boolean
}

/** A file that is input of a family's cases: its cases reach the adapters as field `traces` of their file. */
export interface OracleData {
  readonly prefix: string
  readonly family: string
}

/** Published end-to-end numbers that nothing reproduces yet. */
const SCENARIOS_NOT_OFFERED: readonly string[] = ['availability_series_parallel', 'availability_k_of_n']

/** Every family, in the order of the report. */
export const ORACLE_FAMILIES: readonly OracleFamily[] = [
  {
    family: 'queueing',
    caseField: 'model',
    adapters: {
      ...uslAdapters,
      ...queueingAdapters,
      ...queueingPriorityAdapters,
      ...queueingNetworkAdapters,
      ...queueingFarmAdapters,
    },
    notOffered: [],
    onThreads: true,
  },
  {
    family: 'statistics',
    caseField: 'kind',
    adapters: { ...statisticsAdapters, ...distributionAdapters },
    notOffered: [],
    onThreads: false,
  },
  {
    family: 'hash',
    caseField: 'kind',
    detailOf: (testCase) => (testCase['kind'] === 'keys_moved' ? String(testCase['algorithm']) : undefined),
    adapters: hashAdapters,
    notOffered: [],
    onThreads: false,
  },
  {
    family: 'lb_nginx',
    caseField: 'algorithm',
    adapters: nginxAdapters,
    notOffered: [],
    onThreads: false,
  },
  {
    family: 'lb_haproxy',
    caseField: 'algorithm',
    adapters: haproxyAdapters,
    notOffered: [],
    onThreads: false,
  },
  {
    family: 'lb_caddy',
    caseField: 'algorithm',
    adapters: caddyAdapters,
    notOffered: [],
    onThreads: false,
  },
  {
    family: 'lb_envoy',
    caseField: 'algorithm',
    adapters: envoyAdapters,
    notOffered: [],
    onThreads: false,
  },
  { family: 'hpa', caseField: 'kind', adapters: hpaAdapters, notOffered: [], onThreads: false },
  {
    family: 'resilience',
    caseField: 'kind',
    detailOf: resilienceDetail,
    adapters: resilienceAdapters,
    notOffered: [],
    onThreads: true,
  },
  {
    family: 'cache_policies',
    caseField: 'policy',
    adapters: cacheAdapters,
    notOffered: [],
    onThreads: false,
  },
  {
    family: 'cache_real',
    caseField: 'kind',
    adapters: cacheServerAdapters,
    notOffered: [],
    onThreads: true,
  },
  {
    family: 'cache_models',
    caseField: 'kind',
    adapters: cacheModelAdapters,
    notOffered: [],
    onThreads: true,
  },
  {
    family: 'scenarios',
    caseField: 'kind',
    adapters: {
      ...scenarioAdapters,
      ...scenarioBalancingAdapters,
      ...scenarioCachingAdapters,
      ...scenarioResilienceAdapters,
    },
    notOffered: SCENARIOS_NOT_OFFERED,
    onThreads: true,
  },
]

/** Input files of other families. */
export const ORACLE_DATA: readonly OracleData[] = [{ prefix: 'cache_traces', family: 'cache_policies' }]

/** The name under which a case is listed: its kind, and the detail where the family has one. */
export function variantOf(family: OracleFamily, testCase: OracleCase): string {
  const kind = String(testCase[family.caseField])
  const detail = family.detailOf?.(testCase)
  return detail === undefined ? kind : `${kind} ${detail}`
}

/** True for a case whose variant the family declares as not offered yet. */
export function isNotOffered(family: OracleFamily, testCase: OracleCase): boolean {
  return family.notOffered.includes(variantOf(family, testCase))
}

/** The adapter that runs a case; undefined when nobody can. */
export function adapterFor(family: OracleFamily, testCase: OracleCase): OracleAdapter | undefined {
  return (
    ownEntry(family.adapters, variantOf(family, testCase)) ??
    ownEntry(family.adapters, String(testCase[family.caseField]))
  )
}

function ownEntry(adapters: OracleAdapters, key: string): OracleAdapter | undefined {
  return Object.hasOwn(adapters, key) ? adapters[key] : undefined
}
