// Small scenarios for tests of the host.

/** One server at 80 %: a second of work for a thousand simulated requests or so. `run` replaces the usual run. */
export function queueScenario(run = '{ duration: 20s, warmup: 2s, seed: 7, replications: 3 }'): string {
  return `version: 1
name: One queue
question: How long do customers wait at 80 % load?
run: ${run}
traffic: { customers: { rate: 800/s, mix: { serve: 1 } } }
services:
  desk:
    workers: 1
    endpoints:
      serve:
        steps: [{ cpu: exponential(1ms) }]
objectives: { errors: 1% }
`
}
