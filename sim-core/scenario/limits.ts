// Refuses scenarios whose runs would take days or more memory than a machine has, before they are started.
import type { PlacedComplaint } from '../language/field.ts'
import { formatBytes, formatNumber } from '../language/units.ts'
import { cacheUses } from './cache-checks.ts'
import { cdnPopulations } from './cdn-checks.ts'
import { requestsExpected } from './estimate.ts'
import type { ScenarioSpec } from './parse.ts'
import type { UsedCache } from './store-memory.ts'
import { keyTableBytes, loadNotes, networkBytes, tierBytes } from './store-memory.ts'

/** Most client requests of one study: about a day of work for one core at a million a second. */
const STUDY_REQUESTS_MAX = 1e11

/** Most memory that one replication may need: two of them run beside each other on a machine with 16 GB. */
const REPLICATION_BYTES_MAX = 4 * 1024 ** 3

/** A request in flight: a row of doubles, one of integers, and a key for every population. */
const FRAME_BYTES = 116
const FRAME_KEY_BYTES = 4

/** What a network remembers of every request in flight, and what a cache notes of the load of a key that it does. */
const FETCH_ROW_BYTES = 28
const LOAD_NOTE_BYTES = 16

/** One row of measurement in one bucket: eleven columns and the used part of a histogram of latencies. */
const BUCKET_ROW_BYTES = 600

/** A figure of a network: what it takes itself, and in one bucket, the copies with which a replication ends included. */
const FIGURE_BYTES = 5_000
const FIGURE_BUCKET_BYTES = 45

/** How many figures a network has as a whole, for each location, and for its shield. */
const NETWORK_FIGURES = 13
const LOCATION_FIGURES = 9
const SHIELD_FIGURES = 7

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
  const used = usedCaches(scenario)
  const stores = [...used].flatMap(([id, cache]) => tiersOf(id, cache))
  const tables = [...used].map(([id, cache]) => keyTables(id, cache))
  const demands = [inFlight(scenario, used), measurement(scenario), ...stores, ...tables, ...cdns(scenario)]
  const total = demands.reduce((sum, { bytes }) => sum + bytes, 0)
  const most = demands.toSorted((a, b) => b.bytes - a.bytes)[0]
  if (most === undefined || total <= REPLICATION_BYTES_MAX) return []
  const limit = formatBytes(REPLICATION_BYTES_MAX)
  const message = `one replication would need about ${gigabytes(total)} of memory, ${gigabytes(most.bytes)} of it for ${most.what}; the limit is ${limit}`
  return [{ code: 'too-large', message, hint: most.remedy, path: most.path }]
}

function inFlight(scenario: ScenarioSpec, used: ReadonlyMap<string, UsedCache>): Demand {
  const { run, keys, cdns: cdnSpecs } = scenario
  const notes = [...used.values()].reduce((sum, cache) => sum + loadNotes(cache), 0)
  const keyBytes = FRAME_KEY_BYTES * Object.keys(keys).length
  const bytesEach = FRAME_BYTES + keyBytes + FETCH_ROW_BYTES * Object.keys(cdnSpecs).length + LOAD_NOTE_BYTES * notes
  return {
    what: 'requests in flight',
    bytes: run.limits.inFlight * bytesEach,
    path: ['run', 'limits', 'in_flight'],
    remedy: 'lower run.limits.in_flight',
  }
}

/** What makes caches and networks need less, whatever of them it is that needs much. */
const FEWER_KEYS = 'simulate fewer keys and less traffic in proportion'

/** The caches of all locations of each network and of its shield. */
function cdns(scenario: ScenarioSpec): readonly Demand[] {
  return [...cdnPopulations(scenario)].map(([id, populations]) => ({
    what: `the caches of ${id}`,
    bytes: networkBytes(scenario, id, populations),
    path: ['cdns', id, 'capacity'],
    remedy: `lower their capacity, or ${FEWER_KEYS}`,
  }))
}

function measurement(scenario: ScenarioSpec): Demand {
  const { run, services, caches: cacheSpecs, databases } = scenario
  const endpoints = Object.values(services).reduce((sum, service) => sum + Object.keys(service.endpoints).length, 1)
  const shards = Object.values(databases).reduce((sum, { shards: spec }) => sum + (spec?.count ?? 1), 0)
  const tiers = Object.values(cacheSpecs).reduce((sum, { tiers: list }) => sum + list.length, 0)
  const rows = endpoints + Object.keys(services).length + shards + tiers
  const buckets = Math.ceil(run.durationNs / run.bucketNs)
  const rowBytes = buckets * rows * BUCKET_ROW_BYTES
  const figureBytes = networkFigures(scenario) * (FIGURE_BYTES + buckets * FIGURE_BUCKET_BYTES)
  const demand = { bytes: rowBytes + figureBytes, path: ['run', 'bucket'] }
  const what = `${count(buckets)} buckets`
  const remedy = 'give a longer run.bucket, or leave it away'
  if (figureBytes <= rowBytes) return { ...demand, what, remedy }
  const locations = Object.values(scenario.cdns).reduce((sum, cdn) => sum + Object.keys(cdn.locations).length, 0)
  const whose = locations === 1 ? 'a location' : `${locations} locations`
  return { ...demand, what: `${what} of the figures of ${whose}`, remedy: `${remedy}; or simulate fewer locations` }
}

/** Figures that are kept over time, of all networks, their locations and shields. */
export function networkFigures({ cdns: networks }: Pick<ScenarioSpec, 'cdns'>): number {
  return Object.values(networks).reduce((sum, { locations, shield }) => {
    const ofShield = shield === undefined ? 0 : SHIELD_FIGURES
    return sum + NETWORK_FIGURES + LOCATION_FIGURES * Object.keys(locations).length + ofShield
  }, 0)
}

/** Every cache with the steps that go through it, by its name. */
function usedCaches(scenario: ScenarioSpec): ReadonlyMap<string, UsedCache> {
  const uses = Map.groupBy(cacheUses(scenario), ({ cache }) => cache)
  return new Map(
    Object.entries(scenario.caches).map(([id, spec]) => [id, { scenario, spec, uses: uses.get(id) ?? [] }]),
  )
}

/** Nodes and instances that each have a store of their own, of the populations that go through the cache. */
function tiersOf(id: string, cache: UsedCache): readonly Demand[] {
  const { scenario, spec, uses } = cache
  const services = new Set(uses.map(({ service }) => service))
  const instances = [...services].reduce((sum, service) => sum + instancesMax(scenario.services[service]), 0)
  return spec.tiers.map((tier, index): Demand => {
    const stores = tier.scope === 'shared' ? tier.nodes : instances
    const each = tier.scope === 'shared' && tier.nodes > 1 ? `, ${count(stores)} nodes` : ''
    return {
      what: `the tier ${tier.name} of ${id}${each}`,
      bytes: tierBytes(cache, tier, stores),
      path: ['caches', id, 'tiers', index, 'capacity'],
      remedy: `lower its capacity or nodes, or ${FEWER_KEYS}`,
    }
  })
}

function keyTables(id: string, cache: UsedCache): Demand {
  return {
    what: `what ${id} knows about every key`,
    bytes: keyTableBytes(cache),
    path: ['caches', id],
    remedy: FEWER_KEYS,
  }
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
