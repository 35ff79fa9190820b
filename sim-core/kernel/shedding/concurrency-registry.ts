// The adaptive limits on offer; a new one is its file, its test and one line here.

import { invariant } from '../invariant.ts'
import { aimd } from './aimd.ts'
import type { ConcurrencyDefinition, ConcurrencyLimit, ConcurrencyParameters } from './concurrency-limit.ts'
import { envoyGradient } from './envoy-gradient.ts'
import { gradient } from './gradient.ts'

/** Every adaptive limit, in the order in which it is listed to the user. */
export const concurrencyLimits: readonly ConcurrencyDefinition[] = [aimd, gradient, envoyGradient]

/** An adaptive limit in a plan: the id of its kind, and every parameter, whether the kind reads it or not. */
export interface ConcurrencyConfig {
  readonly kind: string
  readonly parameters: ConcurrencyParameters
}

/** Makes the limit that a configuration names. */
export function createConcurrencyLimit({ kind, parameters }: ConcurrencyConfig): ConcurrencyLimit {
  const definition = concurrencyLimits.find(({ id }) => id === kind)
  invariant(definition !== undefined, 'a plan names a listed adaptive limit')
  return definition.create(parameters)
}
