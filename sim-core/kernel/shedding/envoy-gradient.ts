// The adaptive limit of Envoy: it compares response times with those measured while hardly anything is under way.

import { HISTOGRAM_BUCKETS, histogramQuantileNs, recordDuration } from '../log-histogram.ts'
import type { ConcurrencyDefinition, ConcurrencyLimit, ConcurrencyParameters } from './concurrency-limit.ts'

/** The quantile of response times that counts. */
const MEDIAN = 0.5
const GRADIENT_MIN = 0.5
const GRADIENT_MAX = 2

// Places of the state; times in ns.
const WINDOW_END_NS = 0
const PROBE_NS = 1
const MINIMUM_NS = 2
const BEFORE_PROBE = 3
const SAMPLES = 4
const STATE = 5

class EnvoyGradient implements ConcurrencyLimit {
  private readonly parameters: ConcurrencyParameters
  private readonly state = new Float64Array(STATE)
  private readonly durations = new Uint32Array(HISTOGRAM_BUCKETS)
  private probing = true
  limit: number

  constructor(parameters: ConcurrencyParameters) {
    this.parameters = parameters
    this.limit = parameters.min
    this.state[BEFORE_PROBE] = Math.max(parameters.min, Math.min(parameters.max, parameters.initial))
  }

  onEnd(nowNs: number, durationNs: number): void {
    const { state } = this
    const { probes, windowNs } = this.parameters
    recordDuration(this.durations, durationNs)
    const samples = state[SAMPLES]! + 1
    state[SAMPLES] = samples
    if (this.probing) {
      if (samples >= probes) this.endProbe(nowNs)
    } else if (nowNs >= state[PROBE_NS]!) this.beginProbe()
    else if (nowNs >= state[WINDOW_END_NS]!) {
      this.change(this.takeMedianNs())
      state[WINDOW_END_NS] = nowNs + windowNs
    }
  }

  private beginProbe(): void {
    this.probing = true
    this.state[BEFORE_PROBE] = this.limit
    this.limit = this.parameters.min
    this.takeMedianNs()
  }

  private endProbe(nowNs: number): void {
    const { state } = this
    this.probing = false
    state[MINIMUM_NS] = this.takeMedianNs()
    state[PROBE_NS] = nowNs + this.parameters.probeNs
    state[WINDOW_END_NS] = nowNs + this.parameters.windowNs
    this.limit = state[BEFORE_PROBE]!
  }

  /** The median of the samples, which are forgotten. */
  private takeMedianNs(): number {
    const medianNs = histogramQuantileNs(this.durations, MEDIAN)
    this.durations.fill(0)
    this.state[SAMPLES] = 0
    return medianNs
  }

  private change(sampleNs: number): void {
    const { min, max, bufferRatio } = this.parameters
    const allowedNs = this.state[MINIMUM_NS]! * (1 + bufferRatio)
    const gradient = Math.max(GRADIENT_MIN, Math.min(GRADIENT_MAX, allowedNs / Math.max(1, sampleNs)))
    const stretched = this.limit * gradient
    this.limit = Math.max(min, Math.min(max, Math.floor(stretched + Math.sqrt(stretched))))
  }
}

/** The catalogue entry of `envoy_gradient`. */
export const envoyGradient: ConcurrencyDefinition = {
  id: 'envoy_gradient',
  label: 'Envoy: adaptive concurrency',
  help:
    'Now and then lets hardly anything through to see how long requests take at rest, and moves the limit so that they ' +
    'hardly take longer under load.',
  source:
    'Envoy 1.31 documentation, "Adaptive Concurrency", gradient controller, 2024: gradient = (minRTT + B) / sampleRTT, ' +
    'limit_new = gradient * limit_old + headroom, headroom = sqrt(gradient * limit_old).',
  differs: 'Windows end with the first request after them, and measurements at rest begin without jitter.',
  parameters: ['initial', 'min', 'max', 'windowNs', 'probeNs', 'probes', 'bufferRatio'],
  defaults: { initial: 3, min: 3, max: 1000 },
  create: (parameters) => new EnvoyGradient(parameters),
}
