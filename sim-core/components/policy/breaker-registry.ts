// The circuit breaker kinds on offer; a new one is its file, its test and one line here.

import { invariant } from '../../kernel/invariant.ts'
import { consecutive } from './breakers/consecutive.ts'
import type { ConsecutiveBreakerConfig } from './breakers/consecutive.ts'
import type { BreakerDefinition, CircuitBreaker } from './circuit-breaker.ts'

/** The configuration of any circuit breaker; `kind` is its id. */
export type BreakerConfig = ConsecutiveBreakerConfig

/** Every kind of circuit breaker, in the order users see them. Each takes the configuration whose `kind` is its id. */
export const breakers: readonly BreakerDefinition<never>[] = [consecutive]

/** Makes the circuit breaker that a configuration names. */
export function createBreaker(config: BreakerConfig): CircuitBreaker {
  const definition = breakers.find(({ id }) => id === config.kind)
  invariant(definition !== undefined, 'a breaker configuration names a listed kind')
  // The kind picked the definition whose configuration this is, which the type of a list cannot say.
  return definition.create(config as never)
}
