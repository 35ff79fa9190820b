// The backoff algorithms on offer; a new one is its file, its test and one line here.

import type { BackoffDefinition } from './backoff.ts'
import { decorrelatedJitter } from './backoffs/decorrelated-jitter.ts'
import { decorrelatedJitterV2 } from './backoffs/decorrelated-jitter-v2.ts'
import { equalJitter } from './backoffs/equal-jitter.ts'
import { exponential } from './backoffs/exponential.ts'
import { fixed } from './backoffs/fixed.ts'
import { fullJitter } from './backoffs/full-jitter.ts'
import { linear } from './backoffs/linear.ts'
import { memoryless } from './backoffs/memoryless.ts'
import { none } from './backoffs/none.ts'
import { proportionalJitter } from './backoffs/proportional-jitter.ts'

/** Every backoff algorithm, in the order in which it is listed to the user. */
export const backoffs: readonly BackoffDefinition[] = [
  none,
  fixed,
  memoryless,
  linear,
  exponential,
  fullJitter,
  equalJitter,
  proportionalJitter,
  decorrelatedJitter,
  decorrelatedJitterV2,
]
