// The rate limiters on offer; a new one is its file, its test and one line here.

import { invariant } from '../../kernel/invariant.ts'
import { fixedWindow } from './limiters/fixed-window.ts'
import { leakyBucket } from './limiters/leaky-bucket.ts'
import { slidingLog } from './limiters/sliding-log.ts'
import { slidingWindow } from './limiters/sliding-window.ts'
import { tokenBucket } from './limiters/token-bucket.ts'
import type { LimiterDefinition, LimiterParameters, RateLimiter } from './rate-limiter.ts'

/** Every rate limiter, in the order in which it is listed to the user. */
export const limiters: readonly LimiterDefinition[] = [tokenBucket, leakyBucket, fixedWindow, slidingWindow, slidingLog]

/** A rate limiter in a plan: the id of its kind, and every parameter, whether the kind reads it or not. */
export interface LimiterConfig {
  readonly kind: string
  readonly parameters: LimiterParameters
}

/** Makes the limiter that a configuration names. */
export function createLimiter({ kind, parameters }: LimiterConfig): RateLimiter {
  const definition = limiters.find(({ id }) => id === kind)
  invariant(definition !== undefined, 'a plan names a listed rate limiter')
  return definition.create(parameters)
}
