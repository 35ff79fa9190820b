// The scenarios whose fingerprints are recorded, each shortened to a second or two of computing.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Where the shipped scenarios are, from the root. */
const SCENARIOS = 'scenarios'

/** A scenario with much more of the language in it than any shipped one. */
const EVERY_SECTION = 'test/support/scenarios/every-section.yaml'

/** Faults of the incident, early enough for a short run. */
const EARLY_FAULTS =
  'faults=[{ at: 2s, kill: catalog, replicas: 2 }, { at: 4s, restore: catalog }, { at: 6s, for: 2s, slow: "orders_db.shard[3]", by: 20x }]'

/** Filling caches and tables of popularity takes longer than a short run. */
const SMALL_SHOP = [
  'run.warmup=0s',
  'caches.product_cache.warm=5000',
  'keys.products.count=100k',
  'keys.customers.count=100k',
]

/** Users who come and go within seconds. */
const FEW_USERS =
  'traffic.customers.users={ k6: [{ duration: 5s, target: 200 }, { duration: 10s, target: 1000 }, { duration: 5s, target: 0 }] }'

/** One slow replica behind two of the balancers, from early on. */
const EARLY_SLOWNESS =
  'faults=[{ at: 2s, for: 18s, slow: "peak_ewma.instance[0]", by: 4x }, { at: 2s, for: 18s, slow: "ejecting.instance[0]", by: 20x }]'

/** Caches that fill soon, and checks and sessions that come to something within seconds. */
const SMALL_APPLICATION = [
  'caches.content.warm=2000',
  'caches.sessions.warm=2000',
  'services.app.balancer.health={ interval: 3s, timeout: 1s, healthy: 2, unhealthy: 2 }',
  'services.app.balancer.sticky.duration=5s',
]
const EARLY_DEATHS = 'faults=[{ at: 10s, kill: app, replicas: 2 }, { at: 25s, restore: app }]'

/** Few images, which change often. */
const SMALL_EDGE = ['keys.images.count=5k', 'cdns.static_files.capacity=100MB', 'traffic.vendors.rate=5/s']

/** By file: what shortens it. Seconds of a shop at 5,000 requests a second are enough for caches, pools and scaling. */
export const goldenCases: Readonly<Record<string, readonly string[]>> = {
  [`${SCENARIOS}/black-friday.yaml`]: ['run.duration=20s', ...SMALL_SHOP],
  [`${SCENARIOS}/black-friday-more-workers.yaml`]: ['run.duration=10s', ...SMALL_SHOP],
  [`${SCENARIOS}/black-friday-incident.yaml`]: ['run.duration=10s', ...SMALL_SHOP, EARLY_FAULTS],
  [`${SCENARIOS}/load-tests-normal.yaml`]: ['run.duration=20s', ...SMALL_SHOP, FEW_USERS],
  [`${SCENARIOS}/load-tests-peak.yaml`]: ['run.duration=10s', ...SMALL_SHOP, FEW_USERS],
  [`${SCENARIOS}/load-tests-stress.yaml`]: ['run.duration=10s', ...SMALL_SHOP, 'traffic.customers.users=2000'],
  [`${SCENARIOS}/load-tests-endurance.yaml`]: ['run.duration=10s', 'run.bucket=1s', ...SMALL_SHOP, FEW_USERS],
  [`${SCENARIOS}/mm1.yaml`]: ['run.duration=1m', 'run.warmup=0s'],
  [`${SCENARIOS}/mmc.yaml`]: ['run.duration=30s', 'run.warmup=0s'],
  [`${SCENARIOS}/balancers-compared.yaml`]: ['run.duration=20s', 'run.warmup=0s', EARLY_SLOWNESS],
  [`${SCENARIOS}/horizontal-scaling.yaml`]: ['run.duration=40s', 'run.warmup=0s', ...SMALL_APPLICATION, EARLY_DEATHS],
  [`${SCENARIOS}/autoparts-edge.yaml`]: ['run.duration=30s', 'run.warmup=0s', ...SMALL_EDGE],
  [`${SCENARIOS}/mesh-retry-storm.yaml`]: ['run.duration=2m'],
  [`${SCENARIOS}/mesh-retry-storm-budget.yaml`]: ['run.duration=2m'],
  [`${SCENARIOS}/cache-stampede.yaml`]: ['run.duration=3m'],
  [`${SCENARIOS}/cache-stampede-single-flight.yaml`]: ['run.duration=3m'],
  [`${SCENARIOS}/autoparts-caches.yaml`]: ['run.duration=20s', 'run.warmup=0s', 'run.bucket=5s'],
  [EVERY_SECTION]: ['run.duration=8s', 'run.warmup=0s', 'run.bucket=1s'],
}

/** Paths of the shipped scenarios, from the root. */
export function shippedScenarios(): string[] {
  return readdirSync(join(root, SCENARIOS))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => `${SCENARIOS}/${name}`)
    .toSorted()
}

/** The text of every file that a case may need, by path from the root. */
export function scenarioFiles(): Record<string, string> {
  const paths = new Set([...shippedScenarios(), ...Object.keys(goldenCases)])
  return Object.fromEntries([...paths].map((path) => [path, readFileSync(join(root, path), 'utf8')]))
}
