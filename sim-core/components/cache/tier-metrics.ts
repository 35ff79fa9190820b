// The figures of one tier of a cache: those of every tier, and those that its settings bring along.
import type { ModelContext } from '../../model/model.ts'
import type { CacheTier } from './cache-tier.ts'
import type { CacheTierSpec } from './tier.schema.ts'

/** Declares what results show of a tier, each figure with the tier's name in front. */
export function declareTierMetrics(
  { recorder, id }: ModelContext,
  tier: CacheTier,
  settings: Pick<CacheTierSpec, 'accepts' | 'expiry' | 'scope'> & { readonly isNegative: boolean },
): void {
  const counter = (metric: string, unit: string, read: () => number): void =>
    recorder.counter(id, `${tier.name}.${metric}`, unit, read)
  counter('hits', 'lookups', () => tier.hits)
  counter('misses', 'lookups', () => tier.misses)
  counter('fills', 'entries', () => tier.fills)
  counter('evictions', 'entries', () => tier.evictions())
  counter('expiries', 'entries', () => tier.expiries)
  recorder.gauge(id, `${tier.name}.entries`, 'entries', () => tier.entries())
  recorder.gauge(id, `${tier.name}.bytes`, 'bytes', () => tier.usedBytes())
  if (settings.expiry === 'active') counter('active_expiries', 'entries', () => tier.activeExpiries())
  if (settings.isNegative) counter('negative_hits', 'lookups', () => tier.negativeHits)
  if (settings.accepts !== undefined) counter('not_accepted', 'entries', () => tier.notAccepted)
  if (settings.scope === 'shared') counter('unavailable', 'lookups', () => tier.unavailable)
}
