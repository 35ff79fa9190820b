// Replays recorded cache traces against the eviction policies that simulations use.

import { createHash } from 'node:crypto'
import type { EvictionDefinition } from '../../../sim-core/components/cache/eviction/eviction.ts'
import { lru } from '../../../sim-core/components/cache/eviction/lru.ts'
import { RandomStreams } from '../../../sim-core/kernel/random.ts'
import { absolutely, exactly, type OracleAdapter, type OracleAdapters, type OracleFile } from '../oracle-case.ts'
import { isRecord, numberOf, numbersOf, recordOf, textOf } from './case-fields.ts'

/** Simulated time between two requests of a trace. */
const REQUEST_INTERVAL_NS = 1_000_000

/** Recorded hit ratios are rounded to six decimals. */
const RATIO_ROUNDING = 5e-7

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

/** Demands the recorded hits, request by request. */
function replay(definition: EvictionDefinition): OracleAdapter {
  return (testCase, file) => {
    const expected = recordOf(testCase, 'expected')
    const sequence = hitSequence(definition, traceOf(file, textOf(testCase, 'trace')), numberOf(testCase, 'capacity'))
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

/** Adapters of the cache policy family, by the `policy` of a case. */
export const cacheAdapters: OracleAdapters = { LRU: replay(lru) }
