// Caches as a kind of component.
import type { PlanValue } from '../../kernel/program.ts'
import type { ComponentDefinition, MetricDefinition } from '../../model/component-definition.ts'
import type { CacheConfig } from './cache.compile.ts'
import { compileCache, emitRead, emitWrite } from './cache.compile.ts'
import { CacheModel } from './cache.model.ts'
import type { CacheSpec, ReadStepSpec, WriteStepSpec } from './cache.schema.ts'
import { cacheSection } from './cache.schema.ts'

function counter(id: string, label: string, unit: string, help: string): MetricDefinition {
  return { id, label, unit, kind: 'counter', help }
}

/** Figures of a tier bear its name in front, as in `redis.hits`; those of the whole cache count each read once. */
const metrics: readonly MetricDefinition[] = [
  counter('hits', 'Hits', 'reads', 'Reads answered by a tier; of one tier, lookups that found the key.'),
  counter('misses', 'Misses', 'reads', 'Reads that ran the steps of a miss; of one tier, lookups that found nothing.'),
  {
    id: 'hit_ratio',
    label: 'Hit ratio',
    unit: '',
    kind: 'ratio',
    help: 'Hits over hits and misses.',
    of: 'hits',
    among: ['hits', 'misses'],
  },
  counter('lock_waits', 'Lock waits', 'reads', 'Reads that waited for another one to bring the value.'),
  counter('lock_timeouts', 'Lock timeouts', 'reads', 'Waits for a lock that took too long.'),
  counter('fills', 'Fills', 'entries', 'Entries put in, after a miss or promoted from a slower tier.'),
  counter('evictions', 'Evictions', 'entries', 'Entries pushed out for lack of room.'),
  counter('expiries', 'Expiries', 'entries', 'Entries found too old, and removed.'),
  counter('active_expiries', 'Active expiries', 'entries', 'Entries too old that were removed before anybody asked.'),
  counter('negative_hits', 'Negative hits', 'reads', 'Hits that found that the source lacks the key.'),
  counter('not_accepted', 'Not accepted', 'entries', 'Values kept out by what the tier accepts.'),
  counter('unavailable', 'Unavailable', 'lookups', 'Lookups whose node was dead.'),
  { id: 'entries', label: 'Entries', unit: 'entries', kind: 'gauge', help: 'Entries kept, expired ones included.' },
  { id: 'bytes', label: 'Bytes', unit: 'bytes', kind: 'gauge', help: 'Sum of the sizes of the entries kept.' },
  counter('ranked_hits', 'Ranked hits', 'reads', 'Reads of that tenth of the keys that a tier answered.'),
  counter('ranked_misses', 'Ranked misses', 'reads', 'Reads of that tenth of the keys that ran the steps of a miss.'),
  {
    id: 'ranked_hit_ratio',
    label: 'Ranked hit ratio',
    unit: '',
    kind: 'ratio',
    help: 'Hit ratio of a tenth of the keys by popularity; decile_1 has the most popular ones.',
    of: 'ranked_hits',
    among: ['ranked_hits', 'ranked_misses'],
  },
]

/** Caches: tiers of memory in front of slower sources. */
export const cacheComponent: ComponentDefinition = {
  kind: 'cache',
  presentation: {
    label: 'Cache',
    icon: 'bolt-database',
    onCanvas: true,
    tab: { id: 'cache', label: 'Cache' },
    example: () => ({ tiers: [{ name: 'redis', capacity: 100_000, ttl: '5m', latency: '0.6ms' }] }),
  },
  section: cacheSection,
  steps: {
    read: (spec, owner, context) => emitRead(spec as ReadStepSpec, owner, context),
    write: (spec, owner, context) => emitWrite(spec as WriteStepSpec, owner, context),
  },
  metrics,
  compile: (_id, spec, context) => compileCache(spec as CacheSpec, context) as unknown as PlanValue,
  create: (config, context) => new CacheModel(config as unknown as CacheConfig, context),
}
