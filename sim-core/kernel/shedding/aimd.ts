// The adaptive limit that grows by one and falls by a share.

import type { ConcurrencyDefinition, ConcurrencyLimit, ConcurrencyParameters } from './concurrency-limit.ts'

class Aimd implements ConcurrencyLimit {
  private readonly parameters: ConcurrencyParameters
  limit: number

  constructor(parameters: ConcurrencyParameters) {
    this.parameters = parameters
    this.limit = Math.min(parameters.max, Math.max(parameters.min, parameters.initial))
  }

  onEnd(_nowNs: number, durationNs: number, underWay: number, dropped: boolean): void {
    const { min, max, backoffRatio, slowNs } = this.parameters
    let { limit } = this
    if (dropped || durationNs > slowNs) limit = Math.floor(limit * backoffRatio)
    else if (underWay * 2 >= limit) limit++
    this.limit = Math.max(1, Math.min(max, Math.max(min, limit)))
  }
}

/** The catalogue entry of `aimd`. */
export const aimd: ConcurrencyDefinition = {
  id: 'aimd',
  label: 'Additive increase (AIMD)',
  help:
    'One more at a time while at least half of the limit is used, a tenth less for every request that is dropped or takes ' +
    'too long. Needs a bound on time that fits the service.',
  source:
    'D.-M. Chiu, R. Jain, "Analysis of the Increase and Decrease Algorithms for Congestion Avoidance in Computer Networks", ' +
    '1989; as Netflix, concurrency-limits, AIMDLimit, 2018: limit * backoffRatio, or limit + 1 if inflight * 2 >= limit.',
  differs: '',
  parameters: ['initial', 'min', 'max', 'backoffRatio', 'slowNs'],
  defaults: {},
  create: (parameters) => new Aimd(parameters),
}
