/** How one tier of a cache is written in a scenario. */
import { isScalar, oneOf, when } from '../../language/collections.ts'
import { distributionOf } from '../../language/distribution-field.ts'
import type { OutputOf, PlacedComplaint } from '../../language/field.ts'
import { mapped, optional, withDefault } from '../../language/field.ts'
import { fields } from '../../language/fields.ts'
import { bytes, choice, count, duration, ratio, text } from '../../language/scalar-fields.ts'
import { MAX_SERVERS } from '../../language/station-fields.ts'
import { evictionPolicies } from './eviction/registry.ts'

/** Most entries of one tier: more keys than any population has. */
export const MAX_ENTRIES = 1_000_000_000

/** Most nodes of one tier. */
const MAX_NODES = 10_000

function capacity() {
  const isSize = (input: unknown): boolean => typeof input === 'string' && /[bB]\s*$/u.test(input)
  const size = mapped(bytes({ above: 0, help: 'Room in bytes.' }), (value) => ({ bytes: value }))
  const entries = mapped(count({ max: MAX_ENTRIES, help: 'Room in entries.' }), (value) => ({ entries: value }))
  return oneOf(
    [
      when(isSize, 'a size such as 256MB', size, 'Bytes'),
      when(isScalar, 'a number of entries such as 10000', entries, 'Entries'),
    ],
    {
      help: 'Room of one node, in entries or in bytes.',
    },
  )
}

/** The schema of one tier. */
export function tierSchema() {
  return fields(
    {
      name: text({ maxLength: 64, help: 'Name in reports.' }),
      scope: withDefault(
        choice(['replica', 'shared'], { help: '`replica`: every instance has its own; `shared`: one for all.' }),
        'shared',
      ),
      capacity: capacity(),
      eviction: withDefault(
        choice(
          evictionPolicies.map(({ id }) => id),
          { help: 'What is thrown out when the tier is full.', entries: evictionPolicies },
        ),
        'lru',
      ),
      ttl: optional(duration({ above: 0, help: 'How long an entry lives.' }), 'for ever'),
      ttl_jitter: optional(
        ratio({ help: 'The life of each entry differs from `ttl` by up to this share, either way.' }),
        'none',
      ),
      latency: optional(
        distributionOf('duration', { help: 'Round trip to the tier, without waiting for it.' }),
        'none',
      ),
      nodes: withDefault(
        count({ max: MAX_NODES, help: 'Nodes between which the keys are shared out; each has the full capacity.' }),
        1,
      ),
      servers: optional(
        count({ max: MAX_SERVERS, help: 'Operations that one node works on at the same time; needs `demand`.' }),
        'unlimited',
      ),
      demand: optional(distributionOf('duration', { help: 'Time on a node per operation; needs `servers`.' }), 'none'),
    },
    { help: 'One layer of the cache; a miss asks the next one.', check: tierFits },
  )
}

/** A parsed tier. */
export type CacheTierSpec = OutputOf<ReturnType<typeof tierSchema>>

function tierFits(spec: {
  readonly scope: 'replica' | 'shared'
  readonly nodes: number
  readonly servers?: number | undefined
  readonly demandNs?: unknown
  readonly ttlNs?: number | undefined
  readonly ttlJitterRatio?: number | undefined
}) {
  const complaints: PlacedComplaint[] = []
  if ((spec.servers === undefined) !== (spec.demandNs === undefined)) {
    const given = spec.servers === undefined ? 'demand' : 'servers'
    const other = spec.servers === undefined ? 'servers' : 'demand'
    complaints.push(contradiction(`${given} needs ${other}`, `give ${other} too, or neither`, [given]))
  }
  if (spec.scope === 'replica' && spec.nodes > 1) {
    const message = 'a tier of scope replica has no nodes: every instance keeps all its keys itself'
    complaints.push(contradiction(message, 'leave nodes away, or make the scope shared', ['nodes']))
  }
  if (spec.ttlJitterRatio !== undefined && spec.ttlNs === undefined) {
    complaints.push(contradiction('ttl_jitter needs ttl', 'give ttl too', ['ttl_jitter']))
  }
  return complaints
}

function contradiction(message: string, hint: string, path: readonly (string | number)[]): PlacedComplaint {
  return { code: 'contradiction', message, hint, path }
}
