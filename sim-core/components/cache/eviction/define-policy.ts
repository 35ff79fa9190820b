// Makes a catalogue entry of an eviction algorithm: the store around it is the same for all.

import { BoundedStore } from './bounded-store.ts'
import type { EvictionDefinition } from './eviction.ts'

/** The catalogue entry of a policy that orders a bounded store. */
export function definePolicy(policy: Omit<EvictionDefinition, 'create'>): EvictionDefinition {
  return { ...policy, create: (options) => new BoundedStore(options, policy) }
}
