/** How a scenario says who fills a cache, what protects it from stampedes, and what a write takes out of it. */
import { isMap, isScalar, oneOf, when } from '../../language/collections.ts'
import { distributionOf } from '../../language/distribution-field.ts'
import { contradiction } from '../../language/contradiction.ts'
import type { OutputOf, PlacedComplaint } from '../../language/field.ts'
import { mapped, optional, withDefault } from '../../language/field.ts'
import { fields } from '../../language/fields.ts'
import { choice, count, duration, number, ratio } from '../../language/scalar-fields.ts'
import { invalidationWays, stampedeWays, strategyWays } from './strategy-ways.ts'

/** How long a lock is waited for where nothing is said. */
const DEFAULT_LOCK_WAIT = '3s'

/** Most keys of a batch, for which each instance has room; most keys with one prefix, tags or groups of versions. */
const MAX_BATCH = 100_000
const MAX_GROUPS = 1_000_000_000

/** Latest share of a life after which entries are renewed: at the very end they expire instead. */
const MAX_AHEAD = 0.9999

/** Largest beta: recomputing a thousand times earlier than usual is recomputing always. */
const MAX_BETA = 1000

/** A complaint unless exactly one of the keys is there. */
function one(spec: Readonly<Record<string, unknown>>): readonly PlacedComplaint[] {
  const given = Object.keys(spec)
  if (given.length === 1) return []
  const message = given.length === 0 ? 'no way is named here' : `only one way can be taken, not ${given.length}`
  return [contradiction(message, 'name exactly one', [])]
}

/** The field of how values get into the cache, and writes to the source. */
export function strategyField() {
  const behind = fields(
    {
      batch: withDefault(
        count({ max: MAX_BATCH, help: 'Distinct keys that an instance gathers before it writes them.' }),
        100,
      ),
      flush: withDefault(duration({ above: 0, help: 'Longest time that a write is held back.' }), '60s'),
    },
    { help: 'Writes go into the cache, and in batches from there to the source.' },
  )
  const ahead = fields(
    {
      at: withDefault(
        ratio({
          max: MAX_AHEAD,
          reason: 'an entry expires at 100% and is never renewed then',
          help: 'Share of its life after which an entry that is asked for is renewed.',
        }),
        '80%',
      ),
    },
    { help: 'Entries that are asked for are renewed before they expire.' },
  )
  const ways = fields(
    { write_behind: optional(behind), refresh_ahead: optional(ahead) },
    { help: 'A strategy with its settings.', check: one },
  )
  const full = mapped(ways, ({ writeBehind, refreshAhead }) =>
    writeBehind === undefined
      ? { kind: 'refresh_ahead' as const, ...(refreshAhead ?? ahead.parse({})) }
      : { kind: 'write_behind' as const, ...writeBehind },
  )
  const words = mapped(
    choice(['cache_aside', 'read_through', 'write_through', 'write_behind', 'refresh_ahead'], {
      help: 'A strategy.',
      entries: strategyWays,
    }),
    (word) => {
      if (word === 'write_behind') return { kind: word, ...behind.parse({}) }
      return word === 'refresh_ahead' ? { kind: word, ...ahead.parse({}) } : word
    },
  )
  return oneOf(
    [
      when(isScalar, 'cache_aside, or another strategy', words, 'By name'),
      when(isMap, '{ write_behind: { batch: 100 } }', full, 'Set up'),
    ],
    { help: 'Who fills the cache, and when writes reach the source.' },
  )
}

/** The field of what happens when many requests miss the same key at once. */
export function stampedeField() {
  const lock = fields(
    {
      wait: withDefault(duration({ above: 0, help: 'How long the lock is waited for.' }), DEFAULT_LOCK_WAIT),
      on_timeout: withDefault(
        choice(['recompute', 'fail'], { help: 'What a request does that has waited so long.' }),
        'recompute',
      ),
      scope: optional(
        choice(['local', 'distributed'], { help: '`local`: one lock for each instance; `distributed`: one for all.' }),
        'that of the slowest tier',
      ),
    },
    { help: 'One request per key computes the value, the others wait for it.' },
  )
  const early = fields(
    { beta: withDefault(number({ above: 0, max: MAX_BETA, help: 'Above 1 recomputes earlier, below 1 later.' }), 1) },
    { help: 'Hits recompute by chance, the likelier the nearer the end of life.' },
  )
  const revalidate = fields(
    { for: duration({ above: 0, help: 'How long after its end of life an entry is still served.' }) },
    { help: 'An entry past its end of life is served, and renewed in the background.' },
  )
  const ways = fields(
    { lock: optional(lock), early_refresh: optional(early), stale_while_revalidate: optional(revalidate) },
    { help: 'A protection with its settings.', check: one },
  )
  const full = mapped(ways, (spec) => {
    if (spec.earlyRefresh !== undefined) return { kind: 'early_refresh' as const, ...spec.earlyRefresh }
    if (spec.staleWhileRevalidate !== undefined) {
      return { kind: 'stale_while_revalidate' as const, ...spec.staleWhileRevalidate }
    }
    return { kind: 'lock' as const, ...(spec.lock ?? lock.parse({})) }
  })
  const words = mapped(
    choice(['none', 'lock', 'single_flight', 'early_refresh'], {
      help: 'A protection.',
      entries: stampedeWays.filter(({ id }) => id !== 'stale_while_revalidate'),
    }),
    (word) => {
      if (word === 'lock') return { kind: word, ...lock.parse({}) }
      return word === 'early_refresh' ? { kind: word, ...early.parse({}) } : { kind: word }
    },
  )
  return oneOf(
    [
      when(isScalar, 'none, lock, single_flight or early_refresh', words, 'By name'),
      when(isMap, '{ lock: { wait: 3s } }', full, 'Set up'),
    ],
    { help: 'What happens when many requests miss the same key at once.' },
  )
}

/** The field of what a write takes out of the cache. */
export function invalidationField() {
  const timing = {
    delay: optional(
      distributionOf('duration', { help: "Until the entries are gone from the instances' own tiers." }),
      'at once',
    ),
    cost: optional(distributionOf('duration', { help: 'What the write waits for it.' }), 'none'),
  }
  const event = fields(timing, { help: 'The key that was written.' })
  const pattern = fields(
    {
      prefix_keys: count({ max: MAX_GROUPS, help: 'Keys that share a prefix: so many with consecutive numbers.' }),
      ...timing,
    },
    { help: 'Every key with the prefix of the one that was written.' },
  )
  const tag = fields(
    { tags: count({ max: MAX_GROUPS, help: 'Tags between which the keys are spread.' }), ...timing },
    { help: 'Every key with the tag of the one that was written.' },
  )
  const version = fields(
    { groups: count({ max: MAX_GROUPS, help: 'Groups of keys, each with a version number.' }), ...timing },
    {
      help: 'Entries of older versions of the group of the key that was written; they take room until they are evicted.',
    },
  )
  const ways = fields(
    { event: optional(event), pattern: optional(pattern), tag: optional(tag), version: optional(version) },
    { help: 'An invalidation with its settings.', check: one },
  )
  const full = mapped(ways, (spec) => {
    if (spec.pattern !== undefined) return { kind: 'pattern' as const, ...spec.pattern }
    if (spec.tag !== undefined) return { kind: 'tag' as const, ...spec.tag }
    if (spec.version !== undefined) return { kind: 'version' as const, ...spec.version }
    return { kind: 'event' as const, ...spec.event }
  })
  const words = mapped(
    choice(['event', 'none'], {
      help: 'An invalidation.',
      entries: invalidationWays.filter(({ id }) => id === 'event' || id === 'none'),
    }),
    (word) => ({
      kind: word,
    }),
  )
  return oneOf(
    [
      when(isScalar, 'event, or none', words, 'By name'),
      when(isMap, '{ tag: { tags: 200, delay: 50ms } }', full, 'Set up'),
    ],
    { help: 'What a write takes out of the cache.' },
  )
}

/** What the fields parse to. */
export type StrategySpec = OutputOf<ReturnType<typeof strategyField>>
export type StampedeSpec = OutputOf<ReturnType<typeof stampedeField>>
export type InvalidationSpec = OutputOf<ReturnType<typeof invalidationField>>

interface Combination {
  readonly strategy: StrategySpec
  readonly stampede: StampedeSpec
  readonly invalidation?: InvalidationSpec | undefined
  readonly tiers: readonly CombinedTier[]
}

interface CombinedTier {
  readonly scope: 'replica' | 'shared'
  readonly ttlNs?: number | undefined
  readonly accepts?: { readonly keys?: readonly string[] | undefined } | undefined
}

/** What of a cache makes no sense together. */
export function combinationComplaints(spec: Combination): readonly PlacedComplaint[] {
  return [...renewalComplaints(spec), ...reachComplaints(spec)]
}

/** Ways to renew entries that exclude each other, or have nothing to do. */
function renewalComplaints({ strategy, stampede, tiers }: Combination): readonly PlacedComplaint[] {
  const isAhead = typeof strategy === 'object' && strategy.kind === 'refresh_ahead'
  const isEarly = stampede.kind === 'early_refresh'
  const renewsAtAge = isEarly || stampede.kind === 'stale_while_revalidate'
  const lasts = lastingTier(tiers)
  const complaints: PlacedComplaint[] = []
  if (strategy === 'read_through' && stampede.kind !== 'none') {
    const message = 'read_through loads a key once for all who ask: there is no stampede'
    complaints.push(contradiction(message, 'leave stampede away', ['stampede']))
  }
  if (isAhead && isEarly) {
    const message = 'refresh_ahead and early_refresh both renew entries before they expire'
    complaints.push(contradiction(message, 'choose one', ['stampede']))
  }
  if (isAhead && lasts !== undefined) {
    const hint = `give ${lasts} a ttl, or choose cache_aside`
    complaints.push(contradiction(`refresh_ahead needs ${lasts} to have a ttl`, hint, ['strategy']))
  }
  if (renewsAtAge && lasts !== undefined) {
    const hint = `give ${lasts} a ttl, or choose none`
    complaints.push(contradiction(`${stampede.kind} needs ${lasts} to have a ttl`, hint, ['stampede']))
  }
  return complaints
}

/** The tier that lacks the end of life at which it would be renewed, in words; absent where some has one. */
function lastingTier(tiers: readonly CombinedTier[]): string | undefined {
  if (tiers.every(({ ttlNs }) => ttlNs === undefined)) return 'a tier'
  // A tier that takes every population is the slowest one for some; those before it are so for none.
  const complete = tiers.findLastIndex(({ accepts }) => accepts?.keys === undefined)
  return tiers.slice(Math.max(0, complete)).some(({ ttlNs }) => ttlNs !== undefined) ? undefined : 'the slowest tier'
}

/** Locks that reach further than the values, and delays with nobody to wait for. */
function reachComplaints({ stampede, invalidation, tiers }: Combination): readonly PlacedComplaint[] {
  const complaints: PlacedComplaint[] = []
  if (stampede.kind === 'lock' && stampede.scope === 'distributed' && tiers.at(-1)?.scope === 'replica') {
    const message = 'a distributed lock needs a shared slowest tier: who waits would not find the value'
    const hint = 'make the scope local, or the slowest tier shared'
    complaints.push(contradiction(message, hint, ['stampede', 'lock', 'scope']))
  }
  const isLate = invalidation !== undefined && 'delayNs' in invalidation && invalidation.delayNs !== undefined
  if (isLate && tiers.every(({ scope }) => scope === 'shared')) {
    const message = 'delay is for tiers that instances have of their own, and this cache has none'
    const hint = 'leave delay away, or give a tier the scope replica'
    complaints.push(contradiction(message, hint, ['invalidation', invalidation.kind, 'delay']))
  }
  return complaints
}
