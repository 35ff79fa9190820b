// Estimates how much memory the stores of caches and of networks take, and what caches keep beside them.
import { acceptsPopulation } from '../components/cache/tier-placement.ts'
import { distributionMean } from '../distributions/registry.ts'
import type { CapacitySpec } from '../language/capacity-field.ts'
import { amountOf } from '../language/capacity-field.ts'
import type { CacheUse } from './cache-checks.ts'
import type { ScenarioSpec } from './parse.ts'

/** An entry of a store with its share of the index and of the order of eviction; in a network its version as well. */
const ENTRY_BYTES = 60

/** Of a small universe of keys the index has a place for every key, and the entries have no share of it. */
const INDEXED_KEYS = 65_536
const INDEX_KEY_BYTES = 4
const INDEXED_ENTRY_BYTES = 40

/** Entries that a store has room for before anything is in it. */
const ENTRIES_AT_FIRST = 1024

/** A column beside the entries of a tier, for a version or an age; its room is doubled when it is used up. */
const COLUMN_BYTES = 8
const ROOM_OVER_USE = 1.5

/** The version of a key or of a group of keys, the place of a key among those of its tag, and how long a key took to load. */
const VERSION_BYTES = 4
const MEMBER_BYTES = 4
const LOAD_TIME_BYTES = 8

/** A cache with the steps that go through it. */
export interface UsedCache {
  readonly scenario: ScenarioSpec
  readonly spec: ScenarioSpec['caches'][string]
  readonly uses: readonly CacheUse[]
}

/** The stores of a tier: nodes share the keys, each instance has its own. */
export function tierBytes(cache: UsedCache, tier: UsedCache['spec']['tiers'][number], stores: number): number {
  const { scenario } = cache
  const ids = populationsOf(cache)
  const universe = keysOf(scenario, ids)
  if (universe === 0) return 0
  const taken = ids.filter((id) => acceptsPopulation(tier, id))
  const share = keysOf(scenario, taken) / (tier.scope === 'shared' ? stores : 1)
  const room = entriesIn(tier.capacity, scenario, ids)
  const column = COLUMN_BYTES * Math.max(ENTRIES_AT_FIRST, Math.min(room, share) * ROOM_OVER_USE)
  return stores * (storeBytes(room, share, universe) + columnsOf(cache) * column)
}

/** Tables of a cache with something for every key, whether it is in a tier or not. */
export function keyTableBytes(cache: UsedCache): number {
  const { strategy, stampede, invalidation } = cache.spec
  const universe = keysOf(cache.scenario, populationsOf(cache))
  const loadTimes = stampede.kind === 'early_refresh' ? LOAD_TIME_BYTES * universe : 0
  if (!isWritten(cache)) return loadTimes
  const isBehind = typeof strategy === 'object' && strategy.kind === 'write_behind'
  const versions = (isBehind ? 2 : 1) * VERSION_BYTES * universe
  const members = invalidation?.kind === 'tag' ? MEMBER_BYTES * universe : 0
  const groups = invalidation?.kind === 'version' ? 2 * VERSION_BYTES * Math.min(invalidation.groups, universe) : 0
  return loadTimes + versions + members + groups
}

/** How many notes about loads a cache keeps for every request in flight: one for each population, where it attends to ages. */
export function loadNotes(cache: UsedCache): number {
  const { stampede } = cache.spec
  const renews = isAhead(cache) || stampede.kind === 'stale_while_revalidate' || stampede.kind === 'early_refresh'
  return isWritten(cache) || renews ? populationsOf(cache).length : 0
}

/**
 * The caches of all locations of a network and of its shield. Those where no client comes hold what is pushed.
 * @param populations those that the network keeps objects of
 */
export function networkBytes(scenario: ScenarioSpec, cdn: string, populations: ReadonlySet<string>): number {
  const spec = scenario.cdns[cdn]
  const ids = [...populations]
  const universe = keysOf(scenario, ids)
  if (spec === undefined || universe === 0) return 0
  const { locations, shield, capacity, push = {} } = spec
  const roomOf = (own: CapacitySpec | undefined): number => entriesIn(own ?? capacity, scenario, ids)
  const edges = Object.values(locations)
    .map((location) => roomOf(location.capacity))
    .toSorted((a, b) => b - a)
  const asked = locationsAsked(scenario, cdn)
  const filled = shield === undefined ? edges.slice(0, asked) : [roomOf(shield.capacity), ...edges.slice(0, asked)]
  const pushed = Object.entries(push).reduce((sum, [id, amount]) => sum + amountOf(amount, keysOf(scenario, [id])), 0)
  const bytesOf = (rooms: readonly number[], present: number): number =>
    rooms.reduce((sum, room) => sum + storeBytes(room, present, universe), 0)
  return bytesOf(filled, universe) + bytesOf(edges.slice(asked), pushed)
}

/** Most locations that clients come to: one for each of their places, and another one whenever a fault takes theirs away. */
function locationsAsked({ cdns, faults }: ScenarioSpec, cdn: string): number {
  const kills = faults.filter(({ kind, target }) => kind === 'kill' && target.section === 'cdns' && target.id === cdn)
  return Object.keys(cdns[cdn]?.clients ?? {}).length * (1 + kills.length)
}

/** A store of which so many keys, of so many that it may be asked for, come in as long as there is room. */
function storeBytes(room: number, present: number, universe: number): number {
  const slots = Math.min(room, Math.max(present, Math.min(ENTRIES_AT_FIRST, universe)))
  if (universe > INDEXED_KEYS) return slots * ENTRY_BYTES
  return slots * INDEXED_ENTRY_BYTES + universe * INDEX_KEY_BYTES
}

/** A capacity in bytes has room for no more entries than the smallest keys fill. */
function entriesIn(capacity: CapacitySpec, { keys }: ScenarioSpec, ids: readonly string[]): number {
  if ('entries' in capacity) return capacity.entries
  const sizes = ids.map((id) => keys[id]?.sizeBytes).filter((size) => size !== undefined)
  return capacity.bytes / Math.max(1, Math.min(...sizes.map(distributionMean)))
}

function keysOf({ keys }: ScenarioSpec, ids: readonly string[]): number {
  return ids.reduce((sum, id) => sum + (keys[id]?.count ?? 0), 0)
}

function populationsOf({ uses }: UsedCache): readonly string[] {
  return [...new Set(uses.map(({ key }) => key))]
}

/** Columns beside the entries of each tier: versions of the keys and of their groups, and when they came in. */
function columnsOf(cache: UsedCache): number {
  const isGrouped = cache.spec.invalidation?.kind === 'version' && loadNotes(cache) > 0
  return Number(isWritten(cache)) + Number(isGrouped) + Number(isAhead(cache))
}

function isWritten({ uses }: UsedCache): boolean {
  return uses.some(({ isWrite }) => isWrite)
}

/** Whether entries are renewed late in their lives. */
function isAhead({ spec: { strategy } }: UsedCache): boolean {
  return typeof strategy === 'object' && strategy.kind === 'refresh_ahead'
}
