// Which failures are tried again, how often, and after what delay.
import { describe, expect, it } from 'vitest'
import { BACKOFF_DEFAULTS } from '../../../../sim-core/components/policy/backoff.ts'
import { exponential } from '../../../../sim-core/components/policy/backoffs/exponential.ts'
import { NO_RETRY, RetryPolicy } from '../../../../sim-core/components/policy/retry.ts'
import { RandomStreams } from '../../../../sim-core/kernel/random.ts'
import { NS_PER_MS } from '../../../../sim-core/kernel/time.ts'

const TIMEOUT = 3
const REFUSED = 7
const stream = new RandomStreams(1, 0).stream('test/retry')
const memory = new Float64Array(1)

function policy(triesMax: number, retriedCauses: readonly number[]): RetryPolicy {
  return new RetryPolicy({ triesMax, retriedCauses, backoff: exponential.create(BACKOFF_DEFAULTS) })
}

describe('RetryPolicy', () => {
  it('backs off before each further try, then gives up', () => {
    const retry = policy(4, [TIMEOUT])
    const delays = [1, 2, 3, 4, 5].map((failed) => retry.nextDelayNs(failed, TIMEOUT, memory, 0, stream))
    expect(delays).toEqual([100 * NS_PER_MS, 200 * NS_PER_MS, 400 * NS_PER_MS, NO_RETRY, NO_RETRY])
  })

  it('gives up at once on a cause that is not retried', () => {
    const retry = policy(4, [TIMEOUT])
    expect(retry.nextDelayNs(1, REFUSED, memory, 0, stream)).toBe(NO_RETRY)
    expect(retry.nextDelayNs(1, 0, memory, 0, stream)).toBe(NO_RETRY)
    expect(policy(4, []).nextDelayNs(1, TIMEOUT, memory, 0, stream)).toBe(NO_RETRY)
    expect(policy(4, [TIMEOUT, REFUSED]).nextDelayNs(1, REFUSED, memory, 0, stream)).toBe(100 * NS_PER_MS)
  })

  it('never retries a call with one try, and refuses a call with none', () => {
    expect(policy(1, [TIMEOUT]).nextDelayNs(1, TIMEOUT, memory, 0, stream)).toBe(NO_RETRY)
    expect(() => policy(0, [TIMEOUT])).toThrow('at least one try')
  })
})
