// Clients that contend for one versioned row and back off after each conflict, driven by the production backoffs.

import type { Backoff } from '../../../sim-core/components/policy/backoff.ts'
import { RandomStreams } from '../../../sim-core/kernel/random.ts'
import type { RandomStream } from '../../../sim-core/kernel/random.ts'
import { msToNs, nsToMs } from '../../../sim-core/kernel/time.ts'
import { absolutely, allOf } from '../oracle-case.ts'
import type { OracleCase, OracleOptions, OracleOutcome } from '../oracle-case.ts'
import { backoffOf } from './backoff-cases.ts'

/** Repetitions whose mean is compared; the recording has 150. */
const REPETITIONS = { quick: 300, full: 1000 }

/** The family's tolerance on top of the recording's own interval, as a share of the mean. */
const EXTRA_TOLERANCE = 0.03

/** Network delay of the recording, one way, in milliseconds: abs(Normal(mean, deviation)). */
const NETWORK_MEAN_MS = 10
const NETWORK_DEVIATION_MS = 2

/** Our algorithm for the recording's name of it. */
const ALGORITHMS: Readonly<Record<string, string>> = {
  None: 'none',
  Exponential: 'exponential',
  FullJitter: 'full_jitter',
  EqualJitter: 'equal_jitter',
  Decorr: 'decorrelated_jitter',
}

/** What a client's next message is. */
const READ = 0
const READ_ANSWER = 1
const WRITE = 2
const WRITE_ANSWER = 3

interface OccCase extends OracleCase {
  readonly config: {
    readonly clients: number
    readonly algorithm: string
    readonly baseMs: number
    readonly capMs: number
  }
  readonly expected: {
    readonly meanWriteCalls: number
    readonly ci99WriteCalls: number
    readonly meanCompletionMs: number
    readonly ci99CompletionMs: number
  }
}

/** The adapter of scenario_occ_contention: mean write calls and mean time until the last client is done. */
export function runOccContention(testCase: OracleCase, options: OracleOptions): OracleOutcome {
  const { config, expected } = testCase as OccCase
  const backoff = backoffOf(ALGORITHMS[config.algorithm] ?? config.algorithm, {
    initialNs: msToNs(config.baseMs),
    maxNs: msToNs(config.capMs),
    multiplier: 2,
    jitterRatio: 0,
    resolutionNs: 1,
  })
  const repetitions = REPETITIONS[options.effort]
  let writeCalls = 0
  let completionMs = 0
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const streams = new RandomStreams(config.clients, repetition)
    const outcome = contend(config.clients, backoff, streams.stream('network'), streams.stream('backoff'))
    writeCalls += outcome.writeCalls / repetitions
    completionMs += outcome.completionMs / repetitions
  }
  const tolerance = (mean: number, ci99: number) => ci99 + EXTRA_TOLERANCE * mean
  return allOf([
    absolutely(expected.meanWriteCalls, writeCalls, tolerance(expected.meanWriteCalls, expected.ci99WriteCalls)),
    absolutely(
      expected.meanCompletionMs,
      completionMs,
      tolerance(expected.meanCompletionMs, expected.ci99CompletionMs),
    ),
  ])
}

/** One repetition: each client reads the version, writes with it, and on conflict waits and reads again. */
function contend(
  clients: number,
  backoff: Backoff,
  network: RandomStream,
  jitter: RandomStream,
): { readonly writeCalls: number; readonly completionMs: number } {
  const dueMs = Float64Array.from({ length: clients }, () => networkDelayMs(network))
  const message = new Uint8Array(clients)
  const versionRead = new Int32Array(clients)
  const conflict = new Uint8Array(clients)
  const attempts = new Int32Array(clients)
  const memory = new Float64Array(clients)
  let version = 0
  let writeCalls = 0
  let completionMs = 0
  for (let running = clients; running > 0;) {
    const client = earliest(dueMs)
    completionMs = dueMs[client]!
    let waitMs = networkDelayMs(network)
    if (message[client] === READ) {
      versionRead[client] = version
    } else if (message[client] === WRITE) {
      writeCalls += 1
      conflict[client] = versionRead[client] === version ? 0 : 1
      if (conflict[client] === 0) version += 1
    } else if (message[client] === WRITE_ANSWER && conflict[client] === 0) {
      running -= 1
      waitMs = Infinity
    } else if (message[client] === WRITE_ANSWER) {
      // The recording numbers conflicts from 1 and raises the base to that power.
      attempts[client]! += 1
      waitMs += nsToMs(backoff.delayNs(attempts[client]!, memory, client, jitter))
    }
    message[client] = message[client] === WRITE_ANSWER ? READ : message[client]! + READ_ANSWER
    dueMs[client]! += waitMs
  }
  return { writeCalls, completionMs }
}

function earliest(dueMs: Float64Array): number {
  let client = 0
  for (let candidate = 1; candidate < dueMs.length; candidate++) {
    if (dueMs[candidate]! < dueMs[client]!) client = candidate
  }
  return client
}

/** A normal variate by G. E. P. Box and M. E. Muller, "A Note on the Generation of Random Normal Deviates", 1958. */
function networkDelayMs(stream: RandomStream): number {
  const radius = Math.sqrt(-2 * Math.log(stream.nextOpenUnit()))
  const normal = radius * Math.cos(2 * Math.PI * stream.nextOpenUnit())
  return Math.abs(NETWORK_MEAN_MS + NETWORK_DEVIATION_MS * normal)
}
