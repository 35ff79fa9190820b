// Runs published effects of load balancing: farms with d choices, balls into bins, bounded loads, a hot shard.

import { consistentHash } from '../../../sim-core/components/service/balancing/consistent-hash.ts'
import { haproxyHash } from '../../../sim-core/components/service/balancing/haproxy-hash.ts'
import { powerOfTwo } from '../../../sim-core/components/service/balancing/power-of-two.ts'
import { NumberedKeys } from '../../../sim-core/components/service/balancing/request-keys.ts'
import { zipfPmf } from '../../../sim-core/distributions/zipf.ts'
import { RandomStreams } from '../../../sim-core/kernel/random.ts'
import {
  absolutely,
  allOf,
  type OracleAdapters,
  type OracleCase,
  type OracleEffort,
  type OracleOutcome,
} from '../oracle-case.ts'
import { type Figure, figuresOf, mean } from '../queueing/figure.ts'
import { judgeStudies } from '../queueing/judged-study.ts'
import type { Measured } from '../queueing/measured.ts'
import { ModelUnits } from '../queueing/model-units.ts'
import { ENDPOINT, STATION_READINGS, oneStation, service } from '../queueing/one-station.ts'
import type { QueueingStudy } from '../queueing/replications.ts'
import { WrittenKeys } from './balancer-cases.ts'
import { numberOf, numbersOf, recordOf, textOf } from './case-fields.ts'

type Params = Readonly<Record<string, unknown>>

/** Servers behind a balancer; mean service is 1. */
function farm(params: Params, servers: number, balancer: object | string, figures: readonly Figure[]): QueueingStudy {
  const serviceMean = numberOf(params, 'serviceMean')
  const units = new ModelUnits([serviceMean])
  const station = service({}, units.exponential(serviceMean), { replicas: servers, balancer })
  const source = { rate: units.rate((numberOf(params, 'lambdaPerServer') * servers) / serviceMean) }
  return { name: '', sections: oneStation(source, station), unitNs: units.unitNs, figures }
}

/** Servers that stand for infinitely many where their number matters (the vectors ask for 500), and where it does not. */
const MEAN_FIELD_SERVERS = 500
const INDEPENDENT_SERVERS = 2

/** How far a farm may be from the mean field: 2 % up to a load of 0.95, as the vectors state, and what they allow intervals above. */
const MEAN_FIELD_WITHIN = 0.02
const MEAN_FIELD_WITHIN_ABOVE = 0.05
const MEAN_FIELD_LOAD = 0.95

/** The least loaded of d servers drawn independently. */
function balancerOf(choices: number): object | string {
  return choices === 1 ? 'random' : { algorithm: 'power_of_two', choices, replacement: true }
}

/** Farms of many servers, each of whose customers goes to the least loaded of d. */
function meanField(testCase: OracleCase): QueueingStudy {
  const params = recordOf(testCase, 'params')
  const isRandom = numberOf(params, 'd') === 1
  const readings = { meanSojourn: STATION_READINGS.W, fractionAtLeast: 'reports have no distribution of queue lengths' }
  const share = numberOf(params, 'lambdaPerServer') <= MEAN_FIELD_LOAD ? MEAN_FIELD_WITHIN : MEAN_FIELD_WITHIN_ABOVE
  const figures = figuresOf(recordOf(testCase, 'expected'), readings).map((figure) => {
    return isRandom ? figure : { ...figure, uncertainty: share * figure.expected }
  })
  const servers = isRandom ? INDEPENDENT_SERVERS : MEAN_FIELD_SERVERS
  return farm(params, servers, balancerOf(numberOf(params, 'd')), figures)
}

/** The balancer of a policy as the vectors name it. */
function namedBalancer(policy: string): object | string {
  if (policy === 'join_shortest_queue') return 'least_connections'
  const choices = /^power_of_(\d+)_with_replacement$/u.exec(policy)?.[1]
  if (choices === undefined) throw new TypeError(`${policy} is no policy that is known`)
  return balancerOf(Number(choices))
}

/** A farm whose expected value is itself a simulation's, with an interval. */
function finiteFarm(testCase: OracleCase): QueueingStudy {
  const params = recordOf(testCase, 'params')
  const expected = recordOf(testCase, 'expected')
  const value = numberOf(expected, 'meanSojourn')
  const balancer = namedBalancer(textOf(params, 'policy'))
  const figure = mean('meanSojourn', value, (measured) => measured.client.latency)
  // |difference| <= 2 ci95 + 1 %, as the vectors state.
  const uncertain = { ...figure, uncertainty: 2 * numberOf(expected, 'ci95') + 0.01 * value }
  return farm(params, numberOf(params, 'servers'), balancer, [uncertain])
}

/** How far the mean largest load and the probability of each may be off, as the vectors state. */
const MEAN_LOAD_TOLERANCE = 0.05
const PROBABILITY_TOLERANCE = 0.04

/** The quick effort makes this part of the trials, and is content with twice the tolerances. */
const QUICK_TRIALS = 0.25
const QUICK_TOLERANCES = 2

/** Requests that never end, each to the least loaded of d servers: how many has the busiest? */
function ballsIntoBins(testCase: OracleCase, effort: OracleEffort): OracleOutcome {
  const params = recordOf(testCase, 'params')
  const expected = recordOf(testCase, 'expected')
  const trials = Math.ceil(numberOf(params, 'trials') * (effort === 'quick' ? QUICK_TRIALS : 1))
  const widened = effort === 'quick' ? QUICK_TOLERANCES : 1
  const counts = new Map<number, number>()
  for (const load of largestLoads(params, trials)) counts.set(load, (counts.get(load) ?? 0) + 1)
  const distribution = recordOf(expected, 'maxLoadDistribution')
  const loads = [...new Set([...Object.keys(distribution).map(Number), ...counts.keys()])]
  const meanLoad = [...counts].reduce((sum, [load, count]) => sum + load * count, 0) / trials
  return allOf([
    absolutely(numberOf(expected, 'meanMaxLoad'), meanLoad, widened * MEAN_LOAD_TOLERANCE),
    absolutely(
      loads.map((load) => Number(distribution[load] ?? 0)),
      loads.map((load) => (counts.get(load) ?? 0) / trials),
      widened * PROBABILITY_TOLERANCE,
    ),
  ])
}

function largestLoads(params: Params, trials: number): number[] {
  const bins = numberOf(params, 'bins')
  const balls = numberOf(params, 'balls')
  const parameters = { choices: numberOf(params, 'd'), replacement: true }
  const stream = new RandomStreams(1, 0).stream('oracle/balls')
  const balancer = powerOfTwo.create({ targets: bins, stream, parameters })
  for (let bin = 0; bin < bins; bin++) balancer.setEligible(bin, true)
  const binOf = new Int32Array(balls)
  return Array.from({ length: trials }, () => {
    const loads = new Int32Array(bins)
    let largest = 0
    for (let ball = 0; ball < balls; ball++) {
      const bin = balancer.pick(-1)
      balancer.opened(bin)
      binOf[ball] = bin
      const load = loads[bin]! + 1
      loads[bin] = load
      if (load > largest) largest = load
    }
    for (const bin of binOf) balancer.closed(bin)
    return largest
  })
}

/** Requests for different keys that never end: nobody gets more than the bound, and many would without it. */
function boundedLoad(testCase: OracleCase): OracleOutcome {
  const params = recordOf(testCase, 'params')
  const bound = numberOf(recordOf(testCase, 'expected'), 'maxLoadUpperBound')
  const servers = numberOf(params, 'servers')
  const keys = numberOf(params, 'keys')
  const balancer = consistentHash.create({
    targets: servers,
    stream: new RandomStreams(1, 0).stream('oracle/bounded'),
    keys: new NumberedKeys(keys),
    parameters: { loadLimit: 1 + numberOf(params, 'epsilon') },
  })
  for (let server = 0; server < servers; server++) balancer.setEligible(server, true)
  const loads = new Array<number>(servers).fill(0)
  for (let key = 0; key < keys; key++) {
    const server = balancer.pick(key)
    balancer.opened(server)
    loads[server] = loads[server]! + 1
  }
  const largest = Math.max(...loads)
  const error = Math.max(0, largest - bound)
  return { pass: error === 0, error, tolerance: 0, expected: `at most ${bound}`, got: `${largest}` }
}

/** Shares are computed from the same numbers; what is simulated may be off by 1 % (vectors). */
const SHARE_TOLERANCE = 1e-9

/** Load of the hottest shard, as a share of what it can do, at which the vectors ask for its sojourn. */
const HOTTEST_LOAD = 0.7

/** Popular keys that fall on one shard: the shares of the shards, and how much the whole can do before that one is full. */
function hotShard(testCase: OracleCase, effort: OracleEffort): OracleOutcome {
  const params = recordOf(testCase, 'params')
  const expected = recordOf(testCase, 'expected')
  const keys = numberOf(params, 'keys')
  const shards = numberOf(params, 'shards')
  const popularities = Array.from({ length: keys }, (_, rank) => zipfPmf(keys, numberOf(params, 'alpha'), rank))
  const shares = sharesOf(popularities, shards)
  const hottestShare = Math.max(...shares)
  const names = ['topKeyShare', 'hottestShare', 'imbalance', 'idealThroughput']
  const got = [popularities[0]!, hottestShare, hottestShare * shards, shards * numberOf(params, 'shardServiceRate')]
  return allOf([
    absolutely(numbersOf(expected, 'shardShares'), shares, SHARE_TOLERANCE),
    absolutely(
      names.map((name) => numberOf(expected, name)),
      got,
      SHARE_TOLERANCE,
    ),
    judgeStudies([hotShardStudy(numberOf(params, 'shardServiceRate'), shares, expected)], effort),
  ])
}

/** Which part of the requests goes to each shard, as the production balancer sends the keys. */
function sharesOf(popularities: readonly number[], shards: number): number[] {
  const balancer = haproxyHash.create({
    targets: shards,
    stream: new RandomStreams(1, 0).stream('oracle/shards'),
    keys: new WrittenKeys(popularities.map((_, rank) => `entity_${rank}`)),
    parameters: { hash: 'crc32', mapping: 'map_based' },
  })
  for (let shard = 0; shard < shards; shard++) balancer.setEligible(shard, true)
  const shares = new Array<number>(shards).fill(0)
  for (const [key, popularity] of popularities.entries()) {
    const shard = balancer.pick(key)
    shares[shard] = shares[shard]! + popularity
  }
  return shares
}

/** Shards as stations, fed with their shares of the rate at which the hottest is 70 % busy. Times are in ms. */
function hotShardStudy(
  serviceRate: number,
  shares: readonly number[],
  expected: Readonly<Record<string, unknown>>,
): QueueingStudy {
  const hottest = shares.indexOf(Math.max(...shares))
  const rate = (HOTTEST_LOAD * serviceRate) / shares[hottest]!
  const ways = shares.map((share, shard) => {
    const steps = [{ call: `shard${shard}.${ENDPOINT}` }]
    return shard + 1 === shares.length ? { steps } : { share: `${100 * share}%`, steps }
  })
  const stations = shares.map((_, shard) => [`shard${shard}`, service({}, `exponential(${1e9 / serviceRate}ns)`)])
  const utilisation = (measured: Measured, shard: number): number => measured.station(`shard${shard}`).utilisation
  const others = shares.map((_, shard) => shard).filter((shard) => shard !== hottest)
  const figures = [
    mean('maxClusterThroughput', numberOf(expected, 'maxClusterThroughput'), (measured) => {
      return (1e3 * measured.client.throughput) / utilisation(measured, hottest)
    }),
    mean('utilisationOfOthersAtSaturation', numberOf(expected, 'utilisationOfOthersAtSaturation'), (measured) => {
      const sum = others.reduce((total, shard) => total + utilisation(measured, shard), 0)
      return sum / others.length / utilisation(measured, hottest)
    }),
    mean('sojourn of the hottest', numberOf(expected, 'mm1SojournHottestAt70pctOfLimit'), (measured) => {
      return measured.endpoint(`shard${hottest}.${ENDPOINT}`).latency / 1e3
    }),
  ]
  return {
    name: '',
    sections: {
      traffic: { source: { rate: `${rate}/s`, mix: { 'router.ask': '100%' } } },
      services: { router: { endpoints: { ask: { steps: [{ branch: ways }] } } }, ...Object.fromEntries(stations) },
    },
    unitNs: 1e6,
    figures,
  }
}

/** Adapters keyed by kind. */
export const scenarioBalancingAdapters: OracleAdapters = {
  power_of_d_mean_field: (testCase, _file, { effort }) => judgeStudies([meanField(testCase)], effort),
  power_of_d_finite: (testCase, _file, { effort }) => judgeStudies([finiteFarm(testCase)], effort),
  balls_into_bins_max_load: (testCase, _file, { effort }) => ballsIntoBins(testCase, effort),
  consistent_hash_bounded_load: boundedLoad,
  hot_shard_zipf: (testCase, _file, { effort }) => hotShard(testCase, effort),
}
