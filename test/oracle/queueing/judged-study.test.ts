// The rule for stochastic cases passes what is true and fails what is not, by the figures of an M/M/1 queue.
import { describe, expect, it } from 'vitest'
import { queueingAdapters } from '../adapters/queueing.ts'
import type { OracleOutcome } from '../oracle-case.ts'

/** M/M/1 with lambda 0.5 and mu 1. */
const TRUTH = { rho: 0.5, L: 1, Lq: 0.5, W: 2, Wq: 1, Wq_q: { p50: 0, p99: 2 * Math.log(50) } }

async function judged(expected: Readonly<Record<string, unknown>>, model = 'mm1'): Promise<OracleOutcome> {
  const testCase = { id: 'made here', model, params: { lambda: 0.5, mu: 1, c: 1, K: 1 }, expected }
  const file = { family: 'queueing', path: '', cases: [] }
  const adapter = queueingAdapters[model]
  if (adapter === undefined) throw new Error(`no model ${model}`)
  return adapter(testCase, file, { effort: 'quick' })
}

describe('a queueing case', () => {
  it('passes when everything is as expected', async () => {
    expect(await judged(TRUTH)).toMatchObject({ pass: true })
  })

  it.each([
    ['a mean', { ...TRUTH, W: 2.2 }, 'W 2.2'],
    ['a share', { ...TRUTH, rho: 0.47 }, 'rho 0.47'],
    ['a quantile', { ...TRUTH, Wq_q: { p99: 7 } }, 'Wq_q.p99 7'],
    ['what must be zero', { ...TRUTH, Wq: 0 }, 'Wq 0'],
  ])('fails when %s is not as expected, and says so', async (_what, expected, told) => {
    const outcome = await judged(expected)
    expect(outcome.pass).toBe(false)
    expect(outcome.expected).toContain(told)
    expect(outcome.expected).toContain('quick effort')
    expect(outcome.got).toContain('does not hold the value')
  })

  it('passes when what must be zero is zero', async () => {
    expect(await judged({ pBlock: 1 / 3, throughput: 1 / 3, Wq: 0 }, 'mmcK')).toMatchObject({ pass: true })
  })

  it('refuses a field that nobody compares or excuses', async () => {
    await expect(judged({ ...TRUTH, surprise: 1 }).then(String)).rejects.toThrow('field surprise is neither compared')
  })
})
