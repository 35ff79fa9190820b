/** The fields of a promise about latency and errors, shared by endpoints and by the objectives of a scenario. */
import { optional } from './field.ts'
import { duration, ratio } from './scalar-fields.ts'

/** Percentiles and mean of the latency, availability and share of errors; each one optional. */
export function sloFields() {
  const latency = (what: string) => optional(duration({ above: 0, help: `Longest ${what} of the latency.` }))
  return {
    mean: latency('mean'),
    p50: latency('median'),
    p90: latency('90th percentile'),
    p95: latency('95th percentile'),
    p99: latency('99th percentile'),
    p99_9: latency('99.9th percentile'),
    availability: optional(ratio({ help: 'Least share of requests that succeed.' })),
    errors: optional(ratio({ help: 'Greatest share of requests that fail.' })),
  }
}
