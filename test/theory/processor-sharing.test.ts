// The time in an M/M/1 queue with processor sharing has the distribution that its Markov chain has.
import { expect, it } from 'vitest'
import { quantiles } from '../oracle/queueing/figure.ts'
import { judgeStudies } from '../oracle/queueing/judged-study.ts'
import { oneStation, service } from '../oracle/queueing/one-station.ts'
import { quantileOf } from './mmc.ts'

/** Service takes a millisecond in the mean; times of the model are in milliseconds. */
const UNIT_NS = 1e6

/** Jobs beyond the one that is followed; at the loads below there are fewer with probability 1 - 1e-13. */
const OTHERS_MAX = 200

/** Terms of the Poisson series are added until what is left is below this. */
const SERIES_REST = 1e-14

/**
 * Probability that a job is there for longer than t: it finds n others with probability (1 - rho) rho^n; with n others it
 * leaves at rate 1 / (n + 1), one of them at n / (n + 1), and another comes at rho. Solved by uniformisation: A. Jensen,
 * "Markoff chains as an aid in the study of Markoff processes", Skandinavisk Aktuarietidskrift 36 (1953). Service rate 1.
 */
function sojournTail(rho: number, t: number): number {
  const rate = 1 + rho
  let state = Float64Array.from({ length: OTHERS_MAX }, (_, n) => (1 - rho) * rho ** n)
  let logWeight = -rate * t
  let tail = 0
  let weights = 0
  for (let k = 0; weights < 1 - SERIES_REST; k++) {
    if (k > 0) logWeight += Math.log((rate * t) / k)
    const weight = Math.exp(logWeight)
    weights += weight
    tail += weight * state.reduce((sum, share) => sum + share, 0)
    state = stepped(state, rho, rate)
    if (k > 10 * rate * t + 1_000) break
  }
  return tail
}

/** One step of the uniformised chain; what leaves is gone. */
function stepped(state: Float64Array, rho: number, rate: number): Float64Array<ArrayBuffer> {
  const next = new Float64Array(OTHERS_MAX)
  for (let n = 0; n < OTHERS_MAX; n++) {
    const share = state[n] ?? 0
    const full = n === OTHERS_MAX - 1
    if (n > 0) next[n - 1]! += (share * n) / (n + 1) / rate
    if (full) next[n]! += (share * rho) / rate
    else next[n + 1]! += (share * rho) / rate
  }
  return next
}

it.each([0.387585, 0.68631, 0.85908])(
  'has the quantiles of its Markov chain at load %d',
  (rho) => {
    const mean = 1 / (1 - rho)
    const shares = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99, p99_9: 0.999 }
    const expected = Object.fromEntries(
      Object.entries(shares).map(([name, share]) => [name, quantileOf((t) => sojournTail(rho, t), share, mean)]),
    )
    const study = {
      name: '',
      sections: oneStation(
        { rate: `${rho * 1000}/s` },
        service({ scheduling: 'processor_sharing' }, 'exponential(1ms)'),
      ),
      unitNs: UNIT_NS,
      figures: quantiles('W_q', expected, mean, (measured) => measured.client.latencies()),
    }
    expect(judgeStudies([study], 'quick')).toMatchObject({ pass: true })
  },
  60_000,
)

it('solves the chain: conditional on nothing the mean time is 1 / (1 - rho)', () => {
  const step = 0.01
  let mean = 0
  for (let t = step / 2; t < 60; t += step) mean += step * sojournTail(0.5, t)
  expect(mean).toBeCloseTo(2, 3)
})
