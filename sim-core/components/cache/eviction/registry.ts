// The eviction policies on offer; a new one is its file, its test and one line here.

import type { EvictionDefinition } from './eviction.ts'
import { lru } from './lru.ts'
import { redisAllkeysLru } from './redis-allkeys-lru.ts'

/** Every eviction policy, in the order in which it is listed to the user. */
export const evictionPolicies: readonly EvictionDefinition[] = [lru, redisAllkeysLru]
