/** How one tier of a cache is written in a scenario. */
import { capacity, keyAmount } from '../../language/capacity-field.ts'
import { list } from '../../language/collections.ts'
import { distributionOf } from '../../language/distribution-field.ts'
import type { OutputOf } from '../../language/field.ts'
import { optional, withDefault } from '../../language/field.ts'
import { fields } from '../../language/fields.ts'
import { bytes, choice, count, duration, ratio, text } from '../../language/scalar-fields.ts'
import type { SchemaContext } from '../../language/schema-context.ts'
import { MAX_SERVERS } from '../../language/station-fields.ts'
import { evictionPolicies } from './eviction/registry.ts'
import { saysSomething, tierFits } from './tier-checks.ts'

/** Most nodes of one tier. */
const MAX_NODES = 10_000

/** Most keys that Redis can be told to look at before each eviction: the bound of `maxmemory-samples`. */
const MAX_SAMPLES = 64

/** Largest `lfu-log-factor`: the largest 32-bit integer. */
const MAX_LOG_FACTOR = 2_147_483_647

/** Longest `lfu-decay-time`: Redis counts minutes in 16 bits, so a longer one would never be seen to pass. */
const MAX_DECAY_NS = 65_535 * 60e9

function accepts(context: SchemaContext) {
  const populations = list(context.reference('keys', 'A population of keys.'), { help: 'Populations of keys.' })
  return fields(
    {
      size: optional(bytes({ above: 0, help: 'Largest value that it takes.' }), 'any'),
      keys: optional(populations, 'all'),
      hottest: optional(
        keyAmount({ min: 1, help: 'How many of the most popular keys of each population it takes.' }),
        'all',
      ),
    },
    { help: 'Which values it takes; all others stay out of it.', check: saysSomething },
  )
}

/** The schema of one tier. */
export function tierSchema(context: SchemaContext) {
  return fields(
    {
      name: text({ maxLength: 64, help: 'Name in reports.' }),
      scope: withDefault(
        choice(['replica', 'shared'], { help: '`replica`: every instance has its own; `shared`: one for all.' }),
        'shared',
      ),
      capacity: capacity({ help: 'Room of one node, in entries or in bytes.' }),
      eviction: withDefault(
        choice(
          evictionPolicies.map(({ id }) => id),
          { help: 'What is thrown out when the tier is full.', entries: evictionPolicies },
        ),
        'lru',
      ),
      maxmemory_samples: optional(
        count({ max: MAX_SAMPLES, help: 'Keys looked at before each eviction, by the policies of Redis that sample.' }),
        '5',
      ),
      lfu_log_factor: optional(
        count({ min: 0, max: MAX_LOG_FACTOR, help: 'How slowly the counters of the LFU policies of Redis grow.' }),
        '10',
      ),
      lfu_decay_time: optional(
        duration({
          max: MAX_DECAY_NS,
          help: 'Time in which the counters of the LFU policies of Redis lose one, in whole minutes; 0s is never.',
        }),
        '1m',
      ),
      accepts: optional(accepts(context), 'everything'),
      ttl: optional(duration({ above: 0, help: 'How long an entry lives.' }), 'for ever'),
      ttl_jitter: optional(
        ratio({ help: 'The life of each entry differs from `ttl` by up to this share, either way.' }),
        'none',
      ),
      expiry: optional(
        choice(['lazy', 'active'], {
          help: '`lazy`: an entry that is too old stays until it is asked for; `active`: Redis looks for such entries as well.',
        }),
        'lazy',
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
      timeout: optional(
        duration({ above: 0, help: 'How long a read waits for a node that is dead.' }),
        'connection refused after a round trip',
      ),
      on_failure: optional(
        choice(['skip', 'fail'], {
          help: 'When the node is dead: `skip` asks the next tier, `fail` fails with the cause `cache_unavailable`.',
        }),
        'skip',
      ),
    },
    { help: 'One layer of the cache; a miss asks the next one.', check: tierFits },
  )
}

/** A parsed tier. */
export type CacheTierSpec = OutputOf<ReturnType<typeof tierSchema>>
