// Streams and arrival lists for the tests of traffic.

import type { ArrivalProcess, ArrivalStreams } from '../../../sim-core/traffic/arrival-process.ts'
import { RandomStreams } from '../../../sim-core/kernel/random.ts'

/** Fresh streams of a seed, as a traffic source gets them. */
export function arrivalStreams(seed: number): ArrivalStreams {
  const streams = new RandomStreams(seed, 0)
  return { gaps: streams.stream('test/gaps'), phases: streams.stream('test/phases') }
}

/** Every arrival until the process ends, at most `limit`. */
export function allArrivals(process: ArrivalProcess, limit = 10_000_000): number[] {
  const arrivals: number[] = []
  for (let atNs = process.next(); atNs !== Infinity && arrivals.length < limit; atNs = process.next())
    arrivals.push(atNs)
  return arrivals
}

/** Arrivals per window of `windowNs` from 0 on, [windows]. */
export function windowCounts(process: ArrivalProcess, windowNs: number, windows: number): Float64Array {
  const counts = new Float64Array(windows)
  for (let atNs = process.next(); atNs < windowNs * windows; atNs = process.next()) {
    const window = Math.floor(atNs / windowNs)
    counts[window] = counts[window]! + 1
  }
  return counts
}

/** Mean and variance of counts. */
export function meanAndVariance(counts: Float64Array): { readonly mean: number; readonly variance: number } {
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (counts.length - 1)
  return { mean, variance }
}
