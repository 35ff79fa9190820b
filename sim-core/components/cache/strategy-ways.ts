// The ways to fill a cache, to protect it and to invalidate it, by name, with what they do and where they come from.

/** A way as lists show it. */
interface CacheWay {
  /** As a scenario writes it. */
  readonly id: string
  readonly label: string
  readonly help: string
  /** Authors, title, year, section. */
  readonly source: string
  /** Where it differs from the source; empty when it does not. */
  readonly differs: string
}

const MEMCACHE = 'R. Nishtala et al., "Scaling Memcache at Facebook", NSDI 2013'
const JCACHE = 'JSR 107, "Java Temporary Caching API" (JCache) 1.1, 2017'
const COHERENCE = 'Oracle Coherence 14.1, "Developing Applications", caching data sources'

/** Who fills the cache, and when writes reach the source. */
export const strategyWays: readonly CacheWay[] = [
  {
    id: 'cache_aside',
    label: 'Cache aside',
    help: 'The request that missed reads the source and fills the cache.',
    source: `${MEMCACHE}, section 2 (look-aside cache)`,
    differs: '',
  },
  {
    id: 'read_through',
    label: 'Read through',
    help: 'The cache loads: once per key at a time, also when who asked has given up.',
    source: `${JCACHE}, chapter "Integration", CacheLoader`,
    differs: 'Loads of a key that are asked for at the same time are one, which JCache leaves to the implementation.',
  },
  {
    id: 'write_through',
    label: 'Write through',
    help: 'A write puts the new value into the cache once it is stored.',
    source: `${JCACHE}, chapter "Integration", CacheWriter`,
    differs: '',
  },
  {
    id: 'write_behind',
    label: 'Write behind',
    help: 'A write goes into the cache and returns; batches are stored later, and lost with the instance that dies.',
    source: `${COHERENCE}, write-behind caching`,
    differs:
      'The queue of writes is in the instance that wrote, without a backup elsewhere; a batch is stored key by key.',
  },
  {
    id: 'refresh_ahead',
    label: 'Refresh ahead',
    help: 'As cache aside; a hit late in the life of an entry of the slowest tier renews it in the background.',
    source: `${COHERENCE}, refresh-ahead caching`,
    differs: '',
  },
]

/** What happens when many requests miss the same key at once. */
export const stampedeWays: readonly CacheWay[] = [
  {
    id: 'none',
    label: 'None',
    help: 'Every miss computes the value.',
    source: `${MEMCACHE}, section 3.2.1 (thundering herds)`,
    differs: '',
  },
  {
    id: 'lock',
    label: 'Lock',
    help: 'One miss per key computes the value, the others wait and look again.',
    source: `${MEMCACHE}, section 3.2.1 (leases)`,
    differs: 'Who waits is woken by the one that fills, instead of asking again after a while; a lock does not expire.',
  },
  {
    id: 'single_flight',
    label: 'Single flight',
    help: 'In each instance one miss per key computes the value; who waits gets its result, failures too.',
    source: 'The Go Authors, "singleflight", golang.org/x/sync, 2013, Group.Do',
    differs: 'A caller that gives up fails alone.',
  },
  {
    id: 'early_refresh',
    label: 'Early refresh (XFetch)',
    help: 'Hits recompute by chance, the likelier the nearer the end of life and the longer it takes.',
    source:
      'A. Vattani, F. Chierichetti, K. Lowenstein, "Optimal Probabilistic Cache Stampede Prevention", VLDB 2015, figure 2',
    differs: 'Of several tiers only the slowest does so; the others ask the next one when an entry has expired.',
  },
  {
    id: 'stale_while_revalidate',
    label: 'Stale while revalidate',
    help: 'For a while after its end of life an entry is served, and renewed once in the background.',
    source: 'M. Nottingham, "HTTP Cache-Control Extensions for Stale Content", RFC 5861, 2010, section 3',
    differs: 'Of several tiers only the slowest does so; the others ask the next one when an entry has expired.',
  },
]

/** What a write takes out of the cache. */
export const invalidationWays: readonly CacheWay[] = [
  {
    id: 'event',
    label: 'Event',
    help: 'The key that was written.',
    source: `${MEMCACHE}, section 4.1 (invalidation from the database)`,
    differs: '',
  },
  {
    id: 'none',
    label: 'None',
    help: 'Nothing: entries leave when they expire or are evicted.',
    source: 'R. Fielding, M. Nottingham, J. Reschke, "HTTP Caching", RFC 9111, 2022, section 4.2 (freshness)',
    differs: '',
  },
  {
    id: 'pattern',
    label: 'Pattern',
    help: 'Every key with the prefix of the one that was written.',
    source: 'Redis 7.0, commands SCAN with MATCH, and UNLINK',
    differs: 'Keys are found at once, whatever their number; a prefix is a run of keys that follow one another.',
  },
  {
    id: 'tag',
    label: 'Tag',
    help: 'Every key with the tag of the one that was written.',
    source: 'Symfony 7, component Cache, TagAwareAdapter',
    differs: 'Every key has one tag, by a hash; entries are taken out, where Symfony raises a version of the tag.',
  },
  {
    id: 'version',
    label: 'Version',
    help: 'Entries of older versions of a group of keys are out of reach, and stay until evicted.',
    source: 'memcached wiki, "Programming tricks", namespacing',
    differs:
      'The version of a group is known without asking for it; a new entry of a key takes the place of its old one.',
  },
]
