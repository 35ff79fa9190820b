// Refuses scenarios whose runs would take days or more memory than a machine has, before they are started.
import { distributionMean } from '../distributions/registry.ts'
import { acceptsPopulation } from '../components/cache/tier-placement.ts'
import type { PlacedComplaint } from '../language/field.ts'
import { formatBytes, formatNumber } from '../language/units.ts'
import { cacheUses } from './cache-checks.ts'
import { requestsExpected } from './estimate.ts'
import type { ScenarioSpec } from './parse.ts'

/** Most client requests of one study: about a day of work for one core at a million a second. */
const STUDY_REQUESTS_MAX = 1e11

/** Most memory that one replication may need: two of them run beside each other on a machine with 16 GB. */
const REPLICATION_BYTES_MAX = 4 * 1024 ** 3

/** A request in flight: a row of doubles, one of integers, and a key for every population. */
const FRAME_BYTES = 116
const FRAME_KEY_BYTES = 4

/** One row of measurement in one bucket: eleven columns and the used part of a histogram of latencies. */
const BUCKET_ROW_BYTES = 600

/** An entry of a cache with its share of the index and of the order of eviction. */
const CACHE_ENTRY_BYTES = 60

/** What the store of a node or an instance has room for before anything is in it, and its index of a small universe of keys. */
const STORE_ENTRIES_AT_FIRST = 1024
const INDEXED_KEYS = 65_536
const INDEX_KEY_BYTES = 4

/** A complaint for each reason why the scenario is too large to be simulated, with the estimate and a remedy. */
export function limitComplaints(scenario: ScenarioSpec): readonly PlacedComplaint[] {
  return [...tooManyRequests(scenario), ...tooMuchMemory(scenario)]
}

/** Blamed is the source of traffic that sends most. */
function tooManyRequests(scenario: ScenarioSpec): readonly PlacedComplaint[] {
  const { run, traffic } = scenario
  const replications =
    run.precisionRatio === undefined ? run.replications : Math.max(run.replications, run.maxReplications)
  const expected = requestsExpected(scenario) * replications
  if (expected <= STUDY_REQUESTS_MAX) return []
  const bySource = Object.entries(traffic).map(([id, source]) => {
    return { id, source, requests: requestsExpected({ ...scenario, traffic: { [id]: source } }) }
  })
  const most = bySource.toSorted((a, b) => b.requests - a.requests)[0]
  const path = most === undefined ? ['run'] : ['traffic', most.id, most.source.users === undefined ? 'rate' : 'users']
  const times = replications === 1 ? '' : ` in ${replications} replications`
  const message = `the study would simulate about ${count(expected)} requests${times}; the limit is ${count(STUDY_REQUESTS_MAX)}`
  const factor = count(Math.ceil(expected / STUDY_REQUESTS_MAX))
  const hint = `lower the rate, shorten run.duration or ask for fewer run.replications: ${factor} times less in all`
  return [{ code: 'too-large', message, hint, path }]
}

/** What needs memory, where it is set in the scenario, and how to need less. */
interface Demand {
  readonly what: string
  readonly bytes: number
  readonly path: readonly (string | number)[]
  readonly remedy: string
}

/** Blamed is what needs most. */
function tooMuchMemory(scenario: ScenarioSpec): readonly PlacedComplaint[] {
  const demands = [inFlight(scenario), measurement(scenario), ...caches(scenario), ...cdns(scenario)]
  const total = demands.reduce((sum, { bytes }) => sum + bytes, 0)
  const most = demands.toSorted((a, b) => b.bytes - a.bytes)[0]
  if (most === undefined || total <= REPLICATION_BYTES_MAX) return []
  const limit = formatBytes(REPLICATION_BYTES_MAX)
  const message = `one replication would need about ${gigabytes(total)} of memory, ${gigabytes(most.bytes)} of it for ${most.what}; the limit is ${limit}`
  return [{ code: 'too-large', message, hint: most.remedy, path: most.path }]
}

function inFlight({ run, keys }: ScenarioSpec): Demand {
  const bytes = run.limits.inFlight * (FRAME_BYTES + FRAME_KEY_BYTES * Object.keys(keys).length)
  return {
    what: 'requests in flight',
    bytes,
    path: ['run', 'limits', 'in_flight'],
    remedy: 'lower run.limits.in_flight',
  }
}

/** The caches of all locations of a network and of its shield: each holds no more than there are keys, nor than its bytes hold. */
function cdns({ keys, cdns: cdnSpecs }: ScenarioSpec): readonly Demand[] {
  const populations = Object.values(keys)
  const universe = populations.reduce((sum, { count: keyCount }) => sum + keyCount, 0)
  const entryBytes = Math.max(1, Math.min(...populations.map(({ sizeBytes }) => distributionMean(sizeBytes))))
  return Object.entries(cdnSpecs).map(([id, { locations, shield, capacity }]): Demand => {
    const own = [...Object.values(locations), ...(shield === undefined ? [] : [shield])]
    const entries = own.reduce((sum, { capacity: room = capacity }) => {
      return sum + Math.min(universe, 'entries' in room ? room.entries : room.bytes / entryBytes)
    }, 0)
    return {
      what: `the caches of ${id}`,
      bytes: entries * CACHE_ENTRY_BYTES,
      path: ['cdns', id, 'capacity'],
      remedy: 'lower their capacity, or simulate fewer keys and less traffic in proportion',
    }
  })
}

function measurement({ run, services, caches: cacheSpecs, databases }: ScenarioSpec): Demand {
  const endpoints = Object.values(services).reduce((sum, service) => sum + Object.keys(service.endpoints).length, 1)
  const shards = Object.values(databases).reduce((sum, { shards: spec }) => sum + (spec?.count ?? 1), 0)
  const tiers = Object.values(cacheSpecs).reduce((sum, { tiers: list }) => sum + list.length, 0)
  const rows = endpoints + Object.keys(services).length + shards + tiers
  const buckets = Math.ceil(run.durationNs / run.bucketNs)
  const remedy = 'give a longer run.bucket, or leave it away'
  return {
    what: `${count(buckets)} buckets`,
    bytes: buckets * rows * BUCKET_ROW_BYTES,
    path: ['run', 'bucket'],
    remedy,
  }
}

/** Nodes and instances that each have a store of their own, of the populations that are read through a cache. */
function caches(scenario: ScenarioSpec): readonly Demand[] {
  const uses = cacheUses(scenario)
  return Object.entries(scenario.caches).flatMap(([id, { tiers }]) => {
    const own = uses.filter(({ cache }) => cache === id)
    const keys = [...new Set(own.map(({ key }) => key))]
    const instances = [...new Set(own.map(({ service }) => service))].reduce(
      (sum, service) => sum + instancesMax(scenario.services[service]),
      0,
    )
    return tiers.map((tier, index): Demand => {
      const stores = tier.scope === 'shared' ? tier.nodes : instances
      const each = tier.scope === 'shared' && tier.nodes > 1 ? `, ${count(stores)} nodes` : ''
      return {
        what: `the tier ${tier.name} of ${id}${each}`,
        bytes: tierBytes(tier, stores, keys, scenario),
        path: ['caches', id, 'tiers', index, 'capacity'],
        remedy: 'lower its capacity or nodes, or simulate fewer keys and less traffic in proportion',
      }
    })
  })
}

/** A store holds no more entries than there are keys, nor more bytes than the smallest keys fill; nodes share the keys. */
function tierBytes(
  tier: ScenarioSpec['caches'][string]['tiers'][number],
  stores: number,
  keys: readonly string[],
  scenario: ScenarioSpec,
): number {
  const total = (ids: readonly string[]): number => ids.reduce((sum, id) => sum + (scenario.keys[id]?.count ?? 0), 0)
  const [universe, accepted] = [total(keys), total(keys.filter((id) => acceptsPopulation(tier, id)))]
  if (universe === 0) return 0
  const sizes = keys.map((id) => scenario.keys[id]?.sizeBytes).filter((size) => size !== undefined)
  const entryBytes = Math.max(1, Math.min(...sizes.map(distributionMean)))
  const room = 'entries' in tier.capacity ? tier.capacity.entries : tier.capacity.bytes / entryBytes
  const entries = tier.scope === 'shared' ? Math.min(accepted, room * stores) : Math.min(accepted, room) * stores
  const indexBytes = universe <= INDEXED_KEYS ? INDEX_KEY_BYTES * universe : 0
  const emptyBytes = Math.min(STORE_ENTRIES_AT_FIRST, room, universe) * CACHE_ENTRY_BYTES + indexBytes
  return entries * CACHE_ENTRY_BYTES + stores * emptyBytes
}

function instancesMax(service: ScenarioSpec['services'][string] | undefined): number {
  return Math.max(service?.replicas ?? 0, service?.autoscaler?.config.max ?? 0)
}

/** Powers of a thousand that counts are told in. */
const COUNT_WORDS = [
  { word: ' million million', at: 1e12 },
  { word: ' thousand million', at: 1e9 },
  { word: ' million', at: 1e6 },
] as const

/** A count in words that leave no zeros to be counted: `100 thousand million`. */
function count(value: number): string {
  const unit = COUNT_WORDS.find(({ at }) => value >= at)
  const scaled = unit === undefined ? value : value / unit.at
  return `${formatNumber(Number(scaled.toPrecision(3)))}${unit?.word ?? ''}`
}

function gigabytes(bytes: number): string {
  return `${Number((bytes / 1024 ** 3).toPrecision(3))} GB`
}
