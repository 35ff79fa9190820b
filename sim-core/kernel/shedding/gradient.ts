// The adaptive limit that follows the ratio of usual to present response times.

import type { ConcurrencyDefinition, ConcurrencyLimit, ConcurrencyParameters } from './concurrency-limit.ts'

/** The first samples of the usual time are averaged plainly. */
const PLAIN_SAMPLES = 10
/** A usual time of more than so many times the present one comes down faster, by this factor a sample. */
const FAR_ABOVE = 2
const DECAY = 0.95
/** A step never takes more than half of the limit, and never adds but by the queue. */
const GRADIENT_MIN = 0.5
const GRADIENT_MAX = 1

// Places of the state.
const LIMIT = 0
const USUAL_NS = 1
const SAMPLES = 2
const STATE = 3

class Gradient implements ConcurrencyLimit {
  private readonly parameters: ConcurrencyParameters
  private readonly state = new Float64Array(STATE)
  limit: number

  constructor(parameters: ConcurrencyParameters) {
    this.parameters = parameters
    this.limit = Math.min(parameters.max, Math.max(parameters.min, parameters.initial))
    this.state[LIMIT] = this.limit
  }

  onEnd(_nowNs: number, durationNs: number, underWay: number): void {
    const { min, max, queue, tolerance, smoothingRatio } = this.parameters
    const { state } = this
    const presentNs = Math.max(1, durationNs)
    const usualNs = this.averaged(presentNs)
    if (usualNs / presentNs > FAR_ABOVE) state[USUAL_NS] = usualNs * DECAY
    const old = state[LIMIT]!
    // A limit that is hardly used tells nothing.
    if (underWay < old / 2) return
    const gradient = Math.max(GRADIENT_MIN, Math.min(GRADIENT_MAX, (tolerance * usualNs) / presentNs))
    const wanted = old * gradient + queue
    const next = Math.max(min, Math.min(max, old * (1 - smoothingRatio) + wanted * smoothingRatio))
    state[LIMIT] = next
    this.limit = Math.max(1, Math.floor(next))
  }

  private averaged(sampleNs: number): number {
    const { state } = this
    const count = state[SAMPLES]! + 1
    const before = state[USUAL_NS]!
    const weight = count <= PLAIN_SAMPLES ? 1 / count : 2 / (this.parameters.memory + 1)
    state[SAMPLES] = count
    const usualNs = before + (sampleNs - before) * weight
    state[USUAL_NS] = usualNs
    return usualNs
  }
}

/** The catalogue entry of `gradient`. */
export const gradient: ConcurrencyDefinition = {
  id: 'gradient',
  label: 'Gradient of response times',
  help:
    'Falls when requests take longer than usual, grows by the queue that is allowed while they do not. Needs no bound on ' +
    'time; what is usual is learnt from the requests.',
  source:
    'Netflix, concurrency-limits, Gradient2Limit, 2018: gradient = max(0.5, min(1, tolerance * longRtt / shortRtt)); ' +
    'newLimit = estimatedLimit * gradient + queueSize; estimatedLimit = estimatedLimit * (1 - smoothing) + newLimit * smoothing.',
  differs: 'Every request is a sample of its own, where the library averages them over windows first.',
  parameters: ['initial', 'min', 'max', 'queue', 'tolerance', 'smoothingRatio', 'memory'],
  defaults: {},
  create: (parameters) => new Gradient(parameters),
}
