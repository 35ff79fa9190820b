// Runs published effects of caches through the language and the engine: stampedes, early recomputation, what a hit ratio hides.
import { stringify } from 'yaml'
import type { CacheAccess } from '../../../sim-core/components/cache/cache-access.ts'
import { Freshness } from '../../../sim-core/components/cache/freshness.ts'
import { Frames } from '../../../sim-core/kernel/frames.ts'
import { Kernel } from '../../../sim-core/kernel/kernel.ts'
import { RandomStreams } from '../../../sim-core/kernel/random.ts'
import type { ReplicationResult } from '../../../sim-core/metrics/replication-result.ts'
import { runStudy } from '../../support/study.ts'
import type { OracleAdapters, OracleCase, OracleEffort, OracleOutcome } from '../oracle-case.ts'
import { absolutely, allOf, exactly, relatively } from '../oracle-case.ts'
import { numberOf, recordOf } from './case-fields.ts'

const NS_PER_SECOND = 1e9

/** Standard errors that a tolerance must be worth, so that a right answer practically never fails. */
const MARGIN = 4

/** Requests that a quick case may cost, about a second. */
const QUICK_REQUESTS = 2_500_000

const seconds = (value: number): string => `${Math.max(1, Math.round(value * NS_PER_SECOND))}ns`

/** One key, asked for at a rate, in a cache that loads it from a backend. */
interface OneKey {
  readonly rate: number
  readonly ttlSeconds: number
  /** How long a load takes; absent for a call to a backend that takes no time. */
  readonly loadSeconds?: number
  readonly stampede?: unknown
  readonly forSeconds: number
  readonly bucketSeconds?: number
}

function runOneKey(options: OneKey): ReplicationResult {
  const { rate, ttlSeconds, loadSeconds, stampede = 'none', forSeconds, bucketSeconds = forSeconds } = options
  const miss = loadSeconds === undefined ? { call: 'backend.load' } : { delay: seconds(loadSeconds) }
  const scenario = {
    version: 1,
    name: 'one key',
    run: { duration: seconds(forSeconds), bucket: seconds(bucketSeconds), warmup: '0s' },
    keys: { popular: { count: 1 } },
    traffic: { clients: { rate: `${rate}/s`, mix: { 'front.get': '100%' } } },
    services: {
      front: { endpoints: { get: { steps: [{ read: { cache: 'memory', key: 'popular', miss } }] } } },
      backend: { endpoints: { load: { steps: [] } } },
    },
    caches: { memory: { stampede, tiers: [{ name: 'tier', capacity: 1, ttl: seconds(ttlSeconds) }] } },
  }
  return runStudy(stringify(scenario), 1)[0]!
}

function series(result: ReplicationResult, metric: string): readonly number[] {
  return [...(result.metrics.find((each) => each.metric === metric)?.values ?? [])]
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

function backendLoads(result: ReplicationResult): number {
  return total([...(result.endpoints.find(({ id }) => id === 'backend.load')?.columns.arrivals ?? [])])
}

/** How long an entry lives in a run of so many lives: as told, or in a quick run as long as it may cost. */
function lifeFor(told: number, lives: number, rate: number, least: number, effort: OracleEffort): number {
  return effort === 'full' ? told : Math.min(told, Math.max(least, QUICK_REQUESTS / (lives * rate)))
}

/** Buckets in one life: what happens around its end falls into one or two of them, and one at least is between two ends. */
const BUCKETS_PER_LIFE = 3

/** Sums over the runs of buckets in which something happened. */
function episodes(happened: readonly number[]): number[] {
  const sums: number[] = []
  for (const [at, count] of happened.entries()) {
    if (count === 0) continue
    if (at === 0 || happened[at - 1] === 0) sums.push(0)
    sums.push(sums.pop()! + count)
  }
  return sums
}

/** Lives that a stampede is looked at over, at least. */
const LIVES_MIN = 100

/** A load must be over long before the next one is due. */
const LOADS_PER_LIFE = 20

/** How far the mean may be off. */
const MEAN_WITHIN = 0.02

/** Requests that find the key gone while it is being loaded: each loads it, or one does. */
function stampedes(testCase: OracleCase, effort: OracleEffort): OracleOutcome {
  const params = recordOf(testCase, 'params')
  const expected = recordOf(testCase, 'expected')
  const rate = numberOf(params, 'requestRate')
  const loadSeconds = numberOf(params, 'recomputeSeconds')
  const others = rate * loadSeconds
  const lives = Math.ceil(Math.max(LIVES_MIN, (MARGIN / MEAN_WITHIN) ** 2 * (others / (1 + others) ** 2)))
  const ttlSeconds = lifeFor(numberOf(params, 'ttlSeconds'), lives, rate, LOADS_PER_LIFE * loadSeconds, effort)
  const cycle = ttlSeconds + 2 * loadSeconds + 1 / rate
  const run = { rate, ttlSeconds, loadSeconds, bucketSeconds: ttlSeconds / BUCKETS_PER_LIFE }
  // The last life may be cut off in the middle of its loads.
  const counts = episodes(series(runOneKey({ ...run, forSeconds: lives * cycle }), 'misses')).slice(0, -1)
  const mean = total(counts) / counts.length
  const variance = total(counts.map((count) => (count - mean) ** 2)) / (counts.length - 1)
  // The relative standard error of the variance of a Poisson sample.
  const varianceError = Math.sqrt((2 + 1 / others) / counts.length)
  const flights = runOneKey({ ...run, stampede: 'single_flight', forSeconds: LIVES_MIN * cycle })
  return allOf([
    relatively(numberOf(expected, 'meanRecomputationsPerExpiryNoCoalescing'), mean, MEAN_WITHIN),
    relatively(numberOf(expected, 'varianceRecomputations'), variance, MARGIN * varianceError),
    exactly(numberOf(expected, 'recomputationsWithSingleFlight'), Math.max(...episodes(series(flights, 'misses')))),
  ])
}

/** How far a probability may be off; means by the same, relatively, where they are above 1. */
const EARLY_WITHIN = 0.01

/** A hit more than so many mean distances before the end of life recomputes with a probability below 1e-13. */
const FAR = 30

/** Lives of a quick run of the engine; the decision alone is looked at over as many as the tolerance asks for. */
const QUICK_LIVES = 6_000

/** Recomputation before the end of life, by chance. */
function earlyRecompute(testCase: OracleCase, effort: OracleEffort): OracleOutcome {
  const params = recordOf(testCase, 'params')
  const expected = recordOf(testCase, 'expected')
  const rate = numberOf(params, 'requestRate')
  const delta = numberOf(params, 'delta')
  const beta = numberOf(params, 'beta')
  const none = numberOf(expected, 'probNoEarlyRecompute')
  const mean = numberOf(expected, 'meanExpectedEarlyTriggersIfUncoalesced')
  const meanWithin = EARLY_WITHIN * Math.max(1, mean)
  const wanted = Math.max(10 * LIVES_MIN, (MARGIN / EARLY_WITHIN) ** 2 * none * (1 - none))
  // The number of triggers in one life is Poisson.
  const decided = triggers(rate, delta, beta, Math.ceil(Math.max(wanted, (MARGIN / meanWithin) ** 2 * mean)))
  const lives = Math.ceil(effort === 'full' ? wanted : Math.min(wanted, QUICK_LIVES))
  const least = FAR * delta * Math.max(1, beta)
  const ttlSeconds = lifeFor(numberOf(params, 'ttlSeconds'), lives, rate, least, effort)
  const within = Math.max(EARLY_WITHIN, MARGIN * Math.sqrt((none * (1 - none)) / lives))
  return allOf([
    absolutely(none, decided.none, EARLY_WITHIN),
    absolutely(mean, decided.mean, meanWithin),
    absolutely(none, shareWithoutEarly({ rate, delta, beta, ttlSeconds, lives }), within),
  ])
}

/** Added for a bucket with an early recomputation: more than there are loads in any life. */
const EARLY_MARK = 1e9

interface EarlyRun {
  readonly rate: number
  readonly delta: number
  readonly beta: number
  readonly ttlSeconds: number
  readonly lives: number
}

/** The share of lives in a run of the engine that nothing ended early. */
function shareWithoutEarly({ rate, delta, beta, ttlSeconds, lives }: EarlyRun): number {
  const result = runOneKey({
    rate,
    ttlSeconds,
    loadSeconds: delta,
    stampede: { early_refresh: { beta } },
    forSeconds: lives * (ttlSeconds + delta),
    bucketSeconds: ttlSeconds / BUCKETS_PER_LIFE,
  })
  const early = series(result, 'early_refreshes')
  const misses = series(result, 'misses')
  // Without the first load, which is for an empty cache, and the last life, which may be cut off.
  const ends = episodes(misses.map((count, at) => count + (early[at]! > 0 ? EARLY_MARK : 0))).slice(1, -1)
  return ends.filter((count) => count < EARLY_MARK).length / ends.length
}

/** Early recomputations in lives that no recomputation ends: the decision alone, over hits that come at random. */
function triggers(
  rate: number,
  delta: number,
  beta: number,
  lives: number,
): { readonly mean: number; readonly none: number } {
  const kernel = new Kernel(new Frames(1, 1))
  const streams = new RandomStreams(1, 0)
  const arrivals = streams.stream('arrivals')
  const freshness = new Freshness({
    kernel,
    versions: undefined,
    groups: undefined,
    staleForNs: 0,
    renewAtRatio: 1,
    beta,
    stream: streams.stream('early'),
  })
  freshness.start(1)
  const notes = freshness.notesOf(0)
  const nowhere = { tiers: [], fill: () => undefined } as unknown as CacheAccess
  const loadNs = delta * NS_PER_SECOND
  freshness.beginLoad(notes, 0, 0)
  kernel.clock[0] = loadNs
  freshness.endLoad(nowhere, notes, 0, 0)
  const expiryNs = loadNs + FAR * beta * loadNs
  let [count, none] = [0, 0]
  for (let life = 0; life < lives; life++) {
    const before = count
    let atNs = loadNs
    for (;;) {
      atNs -= (Math.log(arrivals.nextOpenUnit()) / rate) * NS_PER_SECOND
      if (atNs >= expiryNs) break
      kernel.clock[0] = atNs
      if (freshness.isTimeToRecompute(0, expiryNs)) count++
    }
    if (count === before) none++
  }
  return { mean: count / lives, none: none / lives }
}

/** How far rates of a backend may be off. */
const RATE_WITHIN = 0.01

/** Loads counted at least, so that the one at the start does not matter. */
const LOADS_MIN = 4_000

/** Requests per second that reach the backend of a cache with a hit ratio: a life gives the ratio, at random instants of one key. */
function backendRate(rate: number, hitRatio: number): number {
  const missRatio = 1 - hitRatio
  // Lives and the gaps after them alternate, rate x life hits to each miss; the longer the lives, the more regular the misses.
  const ttlSeconds = hitRatio / (missRatio * rate)
  const loads = Math.max(LOADS_MIN, ((2 * MARGIN) / RATE_WITHIN) ** 2 * missRatio ** 2)
  const forSeconds = loads / (missRatio * rate)
  return backendLoads(runOneKey({ rate, ttlSeconds, forSeconds })) / forSeconds
}

/** A hit ratio that falls a little is a backend load that rises a lot. */
function hitRatioDrop(testCase: OracleCase): OracleOutcome {
  const params = recordOf(testCase, 'params')
  const rate = numberOf(params, 'requestRate')
  const backendBefore = backendRate(rate, numberOf(params, 'hitRatioBefore'))
  const backendAfter = backendRate(rate, numberOf(params, 'hitRatioAfter'))
  const figures = { backendBefore, backendAfter, factor: backendAfter / backendBefore }
  return relatively(testCase['expected'], figures, RATE_WITHIN)
}

/** Adapters keyed by kind. */
export const scenarioCachingAdapters: OracleAdapters = {
  cache_stampede: (testCase, _file, { effort }) => stampedes(testCase, effort),
  xfetch_early_recompute: (testCase, _file, { effort }) => earlyRecompute(testCase, effort),
  cache_hit_ratio_drop: hitRatioDrop,
}
