// Decorrelated jitter, second form: steps along a smooth exponential curve, so that no two callers' delays cluster.

import { expm1, pow } from '../../../kernel/deterministic-math.ts'
import { wholeTicks } from '../backoff.ts'
import type { BackoffDefinition } from '../backoff.ts'

/** Factor of the source that smooths the first delay. */
const SMOOTHING = 4

/** Factor of the source that brings the medians of the delays near the first one times whole powers of two. */
const MEDIAN_SCALE = 1 / 1.4

/** tanh x = (e^2x - 1) / (e^2x + 1) for x from 0; beyond 20 it is 1 to the last bit. */
function tanh(x: number): number {
  if (x > 20) return 1
  const grown = expm1(2 * x)
  return grown / (grown + 2)
}

/** The catalogue entry of `decorrelated_jitter_v2`. */
export const decorrelatedJitterV2: BackoffDefinition = {
  id: 'decorrelated_jitter_v2',
  label: 'Decorrelated jitter, smooth',
  help:
    'Exponential delays drawn from one smooth curve: the sum of the waits is random at every try, without the peaks and ' +
    'gaps that other jitter leaves. The first delay is the median of the first wait.',
  source:
    'G. Allen, M. Sankaran, D. Reisner et al., Polly issue 530, 2018, as Polly.Contrib.WaitAndRetry, ' +
    'DecorrelatedJitterBackoffV2: t = attempt + random, next = 2^t * tanh(sqrt(4 t)), ' +
    'delay = (next - previous next) / 1.4 * first delay; cockatiel 3.2, decorrelatedJitterGenerator, with a limit.',
  differs: 'The factor is a parameter; delays are cut to whole ticks.',
  parameters: ['initialNs', 'multiplier', 'maxNs', 'resolutionNs'],
  create: ({ initialNs, multiplier, maxNs, resolutionNs }) => ({
    delayNs(attempt, memory, slot, stream) {
      const position = attempt + stream.nextUnit()
      const next = pow(multiplier, position) * tanh(Math.sqrt(SMOOTHING * position))
      const delayNs = Math.max(0, next - memory[slot]!) * MEDIAN_SCALE * initialNs
      memory[slot] = next
      return Math.min(maxNs, wholeTicks(delayNs, resolutionNs))
    },
  }),
}
