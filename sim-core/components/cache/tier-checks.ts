// What fields of one tier cannot stand beside each other.
import { NS_PER_MINUTE } from '../../kernel/time.ts'
import { contradiction } from '../../language/contradiction.ts'
import type { PlacedComplaint } from '../../language/field.ts'
import type { EvictionSetting } from './eviction/eviction.ts'
import { evictionPolicies } from './eviction/registry.ts'

/** What the checks need to know of a tier. */
interface CheckedTier {
  readonly scope: 'replica' | 'shared'
  readonly nodes: number
  readonly eviction: string
  readonly maxmemorySamples?: number | undefined
  readonly lfuLogFactor?: number | undefined
  readonly lfuDecayTimeNs?: number | undefined
  readonly servers?: number | undefined
  readonly demandNs?: unknown
  readonly ttlNs?: number | undefined
  readonly ttlJitterRatio?: number | undefined
  readonly expiry?: string | undefined
  readonly timeoutNs?: number | undefined
  readonly onFailure?: string | undefined
}

/** A complaint for each pair of fields of a tier that make no sense together. */
export function tierFits(spec: CheckedTier): readonly PlacedComplaint[] {
  return [...serversFit(spec), ...nodesFit(spec), ...settingsFit(spec)]
}

function serversFit({ servers, demandNs, ttlNs, ttlJitterRatio }: CheckedTier): readonly PlacedComplaint[] {
  const complaints: PlacedComplaint[] = []
  if ((servers === undefined) !== (demandNs === undefined)) {
    const given = servers === undefined ? 'demand' : 'servers'
    const other = servers === undefined ? 'servers' : 'demand'
    complaints.push(contradiction(`${given} needs ${other}`, `give ${other} too, or neither`, [given]))
  }
  if (ttlJitterRatio !== undefined && ttlNs === undefined) {
    complaints.push(contradiction('ttl_jitter needs ttl', 'give ttl too', ['ttl_jitter']))
  }
  return complaints
}

/** Nodes and their deaths belong to shared tiers: what an instance has for itself lives and dies with it. */
function nodesFit({ scope, nodes, timeoutNs, onFailure }: CheckedTier): readonly PlacedComplaint[] {
  if (scope === 'shared') return []
  const complaints: PlacedComplaint[] = []
  if (nodes > 1) {
    const message = 'a tier of scope replica has no nodes: every instance keeps all its keys itself'
    complaints.push(contradiction(message, 'leave nodes away, or make the scope shared', ['nodes']))
  }
  const given = { timeout: timeoutNs, on_failure: onFailure }
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue
    const message = 'a tier of scope replica is never dead while its instance asks it'
    complaints.push(contradiction(message, `leave ${key} away, or make the scope shared`, [key]))
  }
  return complaints
}

/** Settings of policies that have them. */
function settingsFit(spec: CheckedTier): readonly PlacedComplaint[] {
  const given: Readonly<Record<EvictionSetting, number | undefined>> = {
    maxmemory_samples: spec.maxmemorySamples,
    lfu_log_factor: spec.lfuLogFactor,
    lfu_decay_time: spec.lfuDecayTimeNs,
  }
  const having = (setting: string): readonly string[] =>
    evictionPolicies.filter(({ settings = [] }) => settings.some((own) => own === setting)).map(({ id }) => id)
  const unused = Object.entries(given).filter(
    ([setting, value]) => value !== undefined && !having(setting).includes(spec.eviction),
  )
  const complaints = unused.map(([setting]) =>
    contradiction(
      `the policy ${spec.eviction} has no ${setting}`,
      `leave it away, or choose ${having(setting).join(' or ')}`,
      [setting],
    ),
  )
  // Redis counts the decay of its LFU counters in whole minutes.
  if ((spec.lfuDecayTimeNs ?? 0) % NS_PER_MINUTE === 0) return complaints
  const hint = 'write 1m or 10m, or 0s for never'
  const fraction = { code: 'out-of-range', message: 'Redis decays its counters by whole minutes', hint }
  return [...complaints, { ...fraction, path: ['lfu_decay_time'] }]
}

/** A complaint where nothing says what a tier accepts. */
export function saysSomething(accepts: Readonly<Record<string, unknown>>): readonly PlacedComplaint[] {
  if (Object.keys(accepts).length > 0) return []
  const hint = 'add size, keys or hottest, or leave accepts away'
  return [{ code: 'missing', message: 'nothing says what this tier accepts', hint, path: [] }]
}

/** A complaint for each tier that says how its entries expire while none ever does. */
export function expiryComplaints(spec: {
  readonly tiers: readonly { readonly ttlNs?: number | undefined; readonly expiry?: string | undefined }[]
  readonly negativeNs?: number | undefined
}): readonly PlacedComplaint[] {
  return spec.tiers.flatMap(({ ttlNs, expiry }, index) =>
    expiry === undefined || ttlNs !== undefined || spec.negativeNs !== undefined
      ? []
      : [
          contradiction('nothing expires without ttl', 'give ttl too, or leave expiry away', [
            'tiers',
            index,
            'expiry',
          ]),
        ],
  )
}
