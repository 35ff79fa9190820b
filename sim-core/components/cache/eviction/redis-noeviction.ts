// No eviction, as Redis 7 has it under maxmemory-policy noeviction: a full store refuses new keys.

import { definePolicy } from './define-policy.ts'
import type { EvictionPolicy } from './eviction.ts'

/** Nothing may be evicted. */
const NOBODY = -1

/**
 * Source: Redis 7.0, src/evict.c, performEvictions: under MAXMEMORY_NO_EVICTION it fails, and src/server.c,
 * processCommand, rejects the command that would use more memory. Differs from the source: see `differs` below.
 */
class NoEviction implements EvictionPolicy {
  grow(): void {
    // Nothing is known of entries.
  }

  admits(): boolean {
    return true
  }

  evict(): number {
    return NOBODY
  }

  inserted(): void {
    // Nothing is known of entries.
  }

  touched(): void {
    // Nothing is known of entries.
  }

  removed(): void {
    // Nothing is known of entries.
  }

  cleared(): void {
    // Nothing is known of entries.
  }
}

/** Redis 7, maxmemory-policy noeviction. */
export const redisNoeviction = definePolicy({
  id: 'redis_noeviction',
  label: 'Redis noeviction',
  help: 'Evicts nothing: when the tier is full, new keys stay out until others expire or are invalidated.',
  source: 'Redis 7.0, src/evict.c: performEvictions; src/server.c: processCommand',
  differs:
    'A key that is too much stays out without an error for the request; replacing a key that is there needs no room unless it grows.',
  createPolicy: () => new NoEviction(),
})
