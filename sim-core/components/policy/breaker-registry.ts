// The circuit breaker kinds on offer; a new one is its file, its test and one line here.

import { invariant } from '../../kernel/invariant.ts'
import { cockatielConsecutive } from './breakers/cockatiel-consecutive.ts'
import { cockatielCount } from './breakers/cockatiel-count.ts'
import { cockatielSampling } from './breakers/cockatiel-sampling.ts'
import { consecutive } from './breakers/consecutive.ts'
import { countWindow } from './breakers/count-window.ts'
import { envoy } from './breakers/envoy.ts'
import { hystrix } from './breakers/hystrix.ts'
import { opossum } from './breakers/opossum.ts'
import { resilience4j, resilience4jTime } from './breakers/resilience4j.ts'
import { timeWindow } from './breakers/time-window.ts'
import type { BreakerDefinition, BreakerParameters, CircuitBreaker } from './circuit-breaker.ts'
import { BREAKER_DEFAULTS } from './circuit-breaker.ts'

/** A circuit breaker in a plan: the id of its kind, and every parameter, whether the kind reads it or not. */
export interface BreakerConfig {
  readonly kind: string
  readonly parameters: BreakerParameters
}

/** Every kind of circuit breaker, in the order users see them. */
export const breakers: readonly BreakerDefinition[] = [
  consecutive,
  countWindow,
  timeWindow,
  resilience4j,
  resilience4jTime,
  hystrix,
  envoy,
  opossum,
  cockatielConsecutive,
  cockatielCount,
  cockatielSampling,
]

/** The configuration of a kind with some parameters given; the others have their defaults. */
export function breakerConfig(definition: BreakerDefinition, given: Partial<BreakerParameters>): BreakerConfig {
  return { kind: definition.id, parameters: { ...BREAKER_DEFAULTS, ...definition.defaults, ...given } }
}

/** Makes the circuit breaker that a configuration names. */
export function createBreaker({ kind, parameters }: BreakerConfig): CircuitBreaker {
  const definition = breakers.find(({ id }) => id === kind)
  invariant(definition !== undefined, 'a breaker configuration names a listed kind')
  return definition.create(parameters)
}
