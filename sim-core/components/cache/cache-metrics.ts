// What a cache measures: by which name, as what, with which help.
import type { MetricDefinition } from '../../model/component-definition.ts'
import { counter, gauge, hitRatio, ratio, term } from '../../model/metric-definitions.ts'

/** Figures of a tier bear its name in front, as in `redis.hits`; those of the whole cache count each read once. */
export const cacheMetrics: readonly MetricDefinition[] = [
  counter(
    'hits',
    'Hits',
    'reads',
    'Reads answered by a tier or another read; of one tier, lookups that found the key.',
  ),
  counter(
    'misses',
    'Misses',
    'reads',
    'Reads that ran the steps of a miss, or failed while they waited for those of another; of one tier, lookups that found nothing.',
  ),
  hitRatio,
  counter('stale', 'Stale reads', 'reads', 'Hits of an older version of the value than the last one written.'),
  counter('served_expired', 'Served expired', 'reads', 'Hits of an entry past its ttl.'),
  counter('early_refreshes', 'Early refreshes', 'reads', 'Reads that recomputed a value that had not expired.'),
  counter('refreshes', 'Refreshes', 'loads', 'Renewals of entries in the background.'),
  counter('warmed', 'Warmed', 'entries', 'Keys loaded to warm the cache.'),
  counter('lock_waits', 'Lock waits', 'reads', 'Reads that waited for another one to bring the value.'),
  counter('lock_timeouts', 'Lock timeouts', 'reads', 'Waits for a lock that took too long.'),
  counter(
    'invalidations',
    'Invalidations',
    'entries',
    'Entries that writes took out, or that were found out of reach, once each.',
  ),
  counter('coalesced', 'Coalesced writes', 'writes', 'Writes held back that a later one of the same key replaced.'),
  counter('writes_lost', 'Writes lost', 'writes', 'Writes held back that never reached the source.'),
  gauge('writes_held', 'Writes held', 'writes', 'Writes that have not reached the source yet.'),
  counter('fills', 'Fills', 'entries', 'Entries put in, after a miss or promoted from a slower tier.'),
  counter('evictions', 'Evictions', 'entries', 'Entries pushed out for lack of room.'),
  counter('expiries', 'Expiries', 'entries', 'Entries found too old, and removed.'),
  counter('active_expiries', 'Active expiries', 'entries', 'Entries too old that were removed before anybody asked.'),
  counter('negative_hits', 'Negative hits', 'reads', 'Hits that found that the source lacks the key.'),
  counter('not_accepted', 'Not accepted', 'entries', 'Values kept out by what the tier accepts.'),
  counter('unavailable', 'Unavailable', 'lookups', 'Lookups whose node was dead.'),
  gauge('entries', 'Entries', 'entries', 'Entries kept, expired ones included.'),
  gauge('bytes', 'Bytes', 'bytes', 'Sum of the sizes of the entries kept.'),
  term('ranked_hits', 'Ranked hits', 'reads', 'Reads of that tenth of the keys that a tier answered.'),
  term('ranked_misses', 'Ranked misses', 'reads', 'Reads of that tenth of the keys that went to the source.'),
  ratio({
    id: 'ranked_hit_ratio',
    label: 'Hit ratio by popularity',
    help: 'Hit ratio of a tenth of the keys by popularity; decile_1 has the most popular ones.',
    of: 'ranked_hits',
    among: ['ranked_hits', 'ranked_misses'],
  }),
]
