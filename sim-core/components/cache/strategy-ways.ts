// The ways to fill a cache, to protect it and to invalidate it, by name, with what they do and where they come from.
import type { ChoiceOption } from '../../language/field.ts'

/** Who fills the cache, and when writes reach the source. */
export const strategyWays: readonly ChoiceOption[] = [
  { id: 'cache_aside', label: 'Cache aside', help: 'The request that missed reads the source and fills the cache.' },
  {
    id: 'read_through',
    label: 'Read through',
    help: 'The cache loads: one load per key at a time, which goes on when who asked has given up.',
  },
  { id: 'write_through', label: 'Write through', help: 'A write puts the new value into the cache once it is stored.' },
  {
    id: 'write_behind',
    label: 'Write behind',
    help: 'A write goes into the cache and returns; batches of writes are stored later, and lost when the instance dies.',
  },
  {
    id: 'refresh_ahead',
    label: 'Refresh ahead',
    help: 'As cache aside, and a hit late in the life of an entry renews it in the background.',
  },
]

/** What happens when many requests miss the same key at once. */
export const stampedeWays: readonly ChoiceOption[] = [
  { id: 'none', label: 'None', help: 'Every miss computes the value.' },
  { id: 'lock', label: 'Lock', help: 'One miss per key computes the value, the others wait and look again.' },
  {
    id: 'single_flight',
    label: 'Single flight',
    help: 'In each instance one miss per key computes the value; who waits gets its result, failures too.',
    source: 'The Go Authors, "singleflight", golang.org/x/sync, 2013, Group.Do',
  },
  {
    id: 'early_refresh',
    label: 'Early refresh',
    help: 'Hits recompute by chance, the likelier the nearer the end of life and the longer it takes.',
    source: 'A. Vattani, F. Chierichetti, K. Lowenstein, "Optimal Probabilistic Cache Stampede Prevention", VLDB 2015',
  },
]

/** What a write takes out of the cache. */
export const invalidationWays: readonly ChoiceOption[] = [
  { id: 'event', label: 'Event', help: 'The key that was written.' },
  { id: 'none', label: 'None', help: 'Nothing: entries leave when they expire or are evicted.' },
]
