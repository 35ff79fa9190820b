// What every shipped scenario is expected to say, and how it is shortened without changing that.
import type { Verdict } from '../../sim-core/analysis/study-result.ts'

/** One scenario and its verdict. */
export interface ExpectedVerdict {
  readonly file: string
  readonly verdict: Verdict
  /** Objectives missed at least. */
  readonly missed: readonly string[]
  /** Settings for the test, which leave the verdict of the whole scenario as it is. */
  readonly overrides: readonly string[]
  readonly replications: number
  /** It is slow without anything that is waited for: no bottleneck is named. */
  readonly isWithoutWaits?: true
}

/** The rise of the shop's load in two minutes rather than ten, to the same peak, and half the time there. */
const SHORT_FRIDAY = [
  'run.duration=7m',
  'run.warmup=1m',
  'traffic.shoppers.rate={ from: 5000/s, stages: [{ hold: 2m }, { over: 2m, to: 15000/s }, { hold: 3m }] }',
]

/** Users who are there in a minute, stay for one and are gone after another, in place of hours. */
function soonThere(users: number): readonly string[] {
  const stages = [users, users, 0].map((target) => `{ duration: 1m, target: ${target} }`)
  return ['run.duration=3m', 'run.bucket=5s', `traffic.customers.users={ k6: [${stages.join(', ')}] }`]
}

/** The faults of the incident, within the time of the shortened peak. */
const SHORT_INCIDENT =
  'faults=[{ at: 4m20s, kill: catalog, replicas: 2 }, { at: 5m, restore: catalog }, { at: 5m10s, for: 1m, slow: "orders_db.shard[3]", by: 20x }]'

/** Scenarios that take a second or two. */
export const quickVerdicts: readonly ExpectedVerdict[] = [
  {
    file: 'scenarios/mm1.yaml',
    verdict: 'pass',
    missed: [],
    overrides: ['run.duration=10m'],
    replications: 2,
  },
  {
    file: 'scenarios/mmc.yaml',
    verdict: 'pass',
    missed: [],
    overrides: ['run.duration=6m'],
    replications: 2,
  },
]

/** Scenarios of millions of requests. */
export const slowVerdicts: readonly ExpectedVerdict[] = [
  {
    file: 'scenarios/black-friday.yaml',
    verdict: 'fail',
    missed: ['order.create_order.p95', 'order.create_order.availability'],
    overrides: SHORT_FRIDAY,
    replications: 1,
  },
  {
    file: 'scenarios/black-friday-more-workers.yaml',
    verdict: 'pass',
    missed: [],
    overrides: SHORT_FRIDAY,
    replications: 1,
  },
  {
    file: 'scenarios/black-friday-incident.yaml',
    verdict: 'fail',
    missed: ['catalog.get_product.availability'],
    overrides: [...SHORT_FRIDAY, SHORT_INCIDENT],
    replications: 1,
  },
  {
    file: 'scenarios/load-tests-normal.yaml',
    verdict: 'pass',
    missed: [],
    overrides: soonThere(1_000),
    replications: 1,
  },
  {
    file: 'scenarios/load-tests-peak.yaml',
    verdict: 'pass',
    missed: [],
    overrides: soonThere(10_000),
    replications: 1,
  },
  {
    file: 'scenarios/load-tests-stress.yaml',
    verdict: 'pass',
    missed: [],
    overrides: soonThere(20_000),
    replications: 1,
  },
  {
    file: 'scenarios/load-tests-endurance.yaml',
    verdict: 'pass',
    missed: [],
    overrides: soonThere(2_000),
    replications: 1,
  },
  {
    file: 'scenarios/balancers-compared.yaml',
    verdict: 'fail',
    missed: ['round_robin.get.p99', 'random.get.p99', 'ip_hash.get.p99'],
    overrides: ['run.duration=4m'],
    replications: 1,
  },
  {
    file: 'scenarios/horizontal-scaling.yaml',
    verdict: 'fail',
    missed: ['app.view.p95', 'app.view.availability'],
    overrides: [],
    replications: 1,
  },
  {
    file: 'scenarios/autoparts-edge.yaml',
    verdict: 'fail',
    missed: ['p95', 'browsers.image.p95'],
    overrides: ['run.duration=10m', 'run.warmup=2m'],
    replications: 1,
    isWithoutWaits: true,
  },
  {
    file: 'scenarios/mesh-retry-storm.yaml',
    verdict: 'overloaded',
    missed: ['availability'],
    overrides: [],
    replications: 2,
  },
  {
    file: 'scenarios/mesh-retry-storm-budget.yaml',
    verdict: 'pass',
    missed: [],
    overrides: [],
    replications: 2,
  },
  {
    file: 'scenarios/cache-stampede.yaml',
    verdict: 'fail',
    missed: ['availability'],
    overrides: ['run.duration=5m'],
    replications: 2,
  },
  {
    file: 'scenarios/cache-stampede-single-flight.yaml',
    verdict: 'pass',
    missed: [],
    overrides: ['run.duration=5m'],
    replications: 2,
  },
  {
    file: 'scenarios/autoparts-caches.yaml',
    verdict: 'pass',
    missed: [],
    overrides: ['run.duration=8m', 'run.warmup=2m'],
    replications: 1,
  },
]
