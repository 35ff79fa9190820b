// Replays recorded cache traces against the eviction policies that simulations use.

import { createHash } from 'node:crypto'
import { arc } from '../../../sim-core/components/cache/eviction/arc.ts'
import { clock } from '../../../sim-core/components/cache/eviction/clock.ts'
import type { EvictionDefinition } from '../../../sim-core/components/cache/eviction/eviction.ts'
import { fifo } from '../../../sim-core/components/cache/eviction/fifo.ts'
import { hyperbolic } from '../../../sim-core/components/cache/eviction/hyperbolic.ts'
import { lecar } from '../../../sim-core/components/cache/eviction/lecar.ts'
import { lfu } from '../../../sim-core/components/cache/eviction/lfu.ts'
import { lirs } from '../../../sim-core/components/cache/eviction/lirs.ts'
import { lru } from '../../../sim-core/components/cache/eviction/lru.ts'
import { lruK } from '../../../sim-core/components/cache/eviction/lru-k.ts'
import { createOpt } from '../../../sim-core/components/cache/eviction/opt.ts'
import { qdlp } from '../../../sim-core/components/cache/eviction/qdlp.ts'
import { randomSweep } from '../../../sim-core/components/cache/eviction/random-sweep.ts'
import { s3Fifo } from '../../../sim-core/components/cache/eviction/s3-fifo.ts'
import { sieve } from '../../../sim-core/components/cache/eviction/sieve.ts'
import { slru } from '../../../sim-core/components/cache/eviction/slru.ts'
import { twoQ } from '../../../sim-core/components/cache/eviction/two-q.ts'
import { createWTinyLfu } from '../../../sim-core/components/cache/eviction/w-tiny-lfu.ts'
import { RandomStreams } from '../../../sim-core/kernel/random.ts'
import { absolutely, exactly, type OracleAdapter, type OracleAdapters, type OracleFile } from '../oracle-case.ts'
import { isRecord, numberOf, numbersOf, recordOf, textOf } from './case-fields.ts'

/** Simulated time between two requests of a trace. */
const REQUEST_INTERVAL_NS = 1_000_000

/** Recorded hit ratios are rounded to six decimals. */
const RATIO_ROUNDING = 5e-7

/** Absolute hit-ratio tolerances that the file states for policies that are not compared request by request. */
const TOLERANCES = { wTinyLfu: 0.02, lirs: 0.02, qdlp: 0.02, randomised: 0.015, lruK: 0.005 } as const

/** The object ids of a trace: a list of numbers, or little-endian 16-bit words in base64. */
function traceOf(file: OracleFile, id: string): ArrayLike<number> {
  const traces = file['traces']
  const trace: unknown = Array.isArray(traces) ? traces.find((each) => isRecord(each) && each['id'] === id) : undefined
  if (!isRecord(trace)) throw new TypeError(`no trace ${id} came with the file`)
  if ('array' in trace) return numbersOf(trace, 'array')
  const bytes = Buffer.from(textOf(trace, 'u16le_base64'), 'base64')
  return Uint16Array.from({ length: bytes.length / 2 }, (_, index) => bytes.readUInt16LE(2 * index))
}

/** One character per request: 1 for a hit, 0 for a miss; a miss inserts the object, all objects have one size. */
function hitSequence(definition: EvictionDefinition, trace: ArrayLike<number>, capacity: number): string {
  const universe = Array.from(trace).reduce((most, key) => Math.max(most, key + 1), 1)
  const stream = new RandomStreams(1, 0).stream('oracle/eviction')
  const store = definition.create({ capacity: { entries: capacity }, universe, stream })
  return Array.from(trace, (key, request) => {
    const nowNs = request * REQUEST_INTERVAL_NS
    const entry = store.find(key)
    if (entry >= 0) store.touch(entry, nowNs)
    else store.insert(key, 1, Infinity, nowNs)
    return entry >= 0 ? '1' : '0'
  }).join('')
}

/** Demands the recorded hits, request by request, of a policy that may depend on the trace. */
function replayOf(definitionOf: (trace: ArrayLike<number>) => EvictionDefinition): OracleAdapter {
  return (testCase, file) => {
    const expected = recordOf(testCase, 'expected')
    const trace = traceOf(file, textOf(testCase, 'trace'))
    const sequence = hitSequence(definitionOf(trace), trace, numberOf(testCase, 'capacity'))
    const hits = sequence.split('1').length - 1
    const got: Record<string, unknown> = {
      hits,
      hitSequenceSha256: createHash('sha256').update(sequence).digest('hex'),
      ...('hitSequence' in expected ? { hitSequence: sequence } : {}),
    }
    const { hitRatio, ...exact } = expected
    const outcome = exactly(exact, got)
    return outcome.pass ? absolutely(hitRatio, hits / sequence.length, RATIO_ROUNDING) : outcome
  }
}

function replay(definition: EvictionDefinition): OracleAdapter {
  return replayOf(() => definition)
}

/** Demands the recorded hit ratio within a tolerance. */
function approximate(definition: EvictionDefinition, tolerance: number): OracleAdapter {
  return (testCase, file) => {
    const trace = traceOf(file, textOf(testCase, 'trace'))
    const sequence = hitSequence(definition, trace, numberOf(testCase, 'capacity'))
    const hitRatio = (sequence.split('1').length - 1) / sequence.length
    return absolutely(numberOf(recordOf(testCase, 'expected'), 'hitRatio'), hitRatio, tolerance)
  }
}

/**
 * Adapters of the cache policy family, by the `policy` of a case. The recorded Random draws buckets with a generator that
 * visits each once per period, which is a sweep; the recorded W-TinyLFU has no window in a cache below 100 objects.
 */
export const cacheAdapters: OracleAdapters = {
  FIFO: replay(fifo),
  LRU: replay(lru),
  CLOCK: replay(clock),
  SIEVE: replay(sieve),
  LFU: replay(lfu),
  Belady: replayOf(createOpt),
  ARC: replay(arc),
  SLRU: replay(slru),
  '2Q': replay(twoQ),
  S3FIFO: replay(s3Fifo),
  'LRU-2': approximate(lruK, TOLERANCES.lruK),
  WTinyLFU: approximate(createWTinyLfu('strict'), TOLERANCES.wTinyLfu),
  LIRS: approximate(lirs, TOLERANCES.lirs),
  QDLP: approximate(qdlp, TOLERANCES.qdlp),
  LeCaR: approximate(lecar, TOLERANCES.randomised),
  Hyperbolic: approximate(hyperbolic, TOLERANCES.randomised),
  Random: approximate(randomSweep, TOLERANCES.randomised),
}
