/** What a cache curve is measured on: a cache of a scenario, or the trace in a file. */
import { setImmediate } from 'node:timers/promises'
import { CacheKeys } from '../../sim-core/scenario/cache-trace.ts'
import type { MarkedKeys } from '../../sim-core/components/cache/curve/access-trace.ts'
import type { CacheTierSpec } from '../../sim-core/components/cache/tier.schema.ts'
import type { ParseResult, ScenarioSpec } from '../../sim-core/scenario/parse.ts'
import type { Problem } from '../../sim-core/scenario/problem.ts'
import { hintForName } from '../../sim-core/language/nearest-name.ts'
import type { CurveProgress, CurveRequest, MarkedSize } from '../contract/cache-curve-api.ts'
import { loadScenario } from './scenario-files.ts'
import { readTraceFile } from './trace-file.ts'
import type { GatheredTraces } from './trace-gatherer.ts'
import { ADVISED_SAMPLE, bytesNeeded, TraceGatherer } from './trace-gatherer.ts'
import { SAMPLES } from '../../sim-core/components/cache/curve/spatial-sample.ts'

/** Requests drawn from a scenario unless a number is given. */
const DEFAULT_REQUESTS = 2_000_000

/** Seed of a trace's sampled policies; a scenario has its own. */
const TRACE_SEED = 1

/** Requests drawn between two looks at what else happens. */
const DRAWN_AT_ONCE = 500_000

/** Requests that are to be measured, and where they are from. */
export interface CurveInput {
  readonly gathered: GatheredTraces
  readonly cache: string | null
  readonly seed: number
  readonly unit: 'entries' | 'bytes'
  readonly marked: readonly MarkedSize[]
  readonly notes: readonly string[]
}

/** How reading is followed and ended. */
export interface CurveReading {
  readonly threads: number
  /** Most bytes that measuring may take. */
  readonly bytesMax: number
  readonly isCancelled: () => boolean
  readonly onProgress: (progress: CurveProgress) => void
}

/** The input, or every problem of the request. Warnings come with either. */
export interface CurveInputResult {
  readonly problems: readonly Problem[]
  readonly input?: CurveInput
}

/** Reads or draws the requests. */
export async function readCurveInput(request: CurveRequest, reading: CurveReading): Promise<CurveInputResult> {
  if (/\.(?:ya?ml|json)$/iu.test(request.file)) return drawRequests(request, reading)
  const flags = [request.cache === undefined ? [] : ['--cache'], request.overrides.map(({ flag }) => flag)].flat()
  if (flags.length > 0) {
    const message = `${request.file} is a trace, which has no ${flags[0] === '--cache' ? 'caches' : 'settings'}`
    return { problems: [atFlag(flags[0]!, 'contradiction', message, 'leave it away, or give a scenario (.yaml)')] }
  }
  return readTrace(request, reading)
}

async function readTrace(request: CurveRequest, reading: CurveReading): Promise<CurveInputResult> {
  const { threads, bytesMax, isCancelled, onProgress } = reading
  const read = await readTraceFile(request.file, {
    sampleRatio: request.sampleRatio,
    threads,
    requestsMax: request.requests ?? Infinity,
    bytesMax,
    isCancelled,
    onProgress: (doneRatio, requests) => onProgress({ stage: 'reading', doneRatio, requests }),
  })
  if (read.kind === 'invalid') return { problems: read.problems }
  const { gathered, unit, hasTimes, sizesIgnored } = read
  const notes = [
    ...(hasTimes ? [] : ['The requests have no times: they are taken to come 1 ms apart.']),
    ...(sizesIgnored === 0
      ? []
      : [`${sizesIgnored} requests have another size than the first for their key had; it stays.`]),
    ...boundNotes(unit),
  ]
  return { problems: [], input: { gathered, cache: null, seed: TRACE_SEED, unit, marked: [], notes } }
}

async function drawRequests(request: CurveRequest, reading: CurveReading): Promise<CurveInputResult> {
  const { overrides } = request
  const parsed = loadScenario(
    request.file,
    overrides.map(({ text }) => text),
  )
  const { scenario } = parsed
  const problems = placed(parsed, request)
  if (scenario === undefined) return { problems }
  const cache = chosenCache(scenario, request)
  if (typeof cache !== 'string') return { problems: [...problems, cache] }
  const { seed } = scenario.run
  const keys = new CacheKeys(scenario, cache, seed)
  const requests = request.requests ?? DEFAULT_REQUESTS
  const tooLarge = memoryProblem(keys.universe, requests, request, reading, cache)
  if (tooLarge !== undefined) return { problems: [...problems, tooLarge] }
  const gathered = await gather(keys, requests, isInBytes(scenario, cache), request.sampleRatio, reading)
  if (gathered === undefined) return { problems: [...problems, neverAsked(request, cache)] }
  return { problems, input: { gathered, cache, seed, ...marksOf(scenario, cache) } }
}

/** Undefined when no request ever asks the cache. */
async function gather(
  keys: CacheKeys,
  requests: number,
  inBytes: boolean,
  sampleRatio: number | undefined,
  { threads, isCancelled, onProgress }: CurveReading,
): Promise<GatheredTraces | undefined> {
  const gatherer = new TraceGatherer({ sampleRatio, hasTimes: false, threads })
  while (gatherer.requests < requests && !isCancelled()) {
    const until = Math.min(requests, gatherer.requests + DRAWN_AT_ONCE)
    while (gatherer.requests < until) {
      const asked = keys.next()
      if (asked.length === 0) return undefined
      for (const key of asked) gatherer.addOrCount(key, keys.isKept(key))
    }
    const doneRatio = Math.min(1, gatherer.requests / requests)
    onProgress({ stage: 'reading', doneRatio, requests: gatherer.requests })
    await setImmediate()
  }
  const sizeBytes = inBytes ? (key: number): number => keys.sizeBytes(key) : undefined
  return gatherer.finish(keys.universe, keys.gapNs(), sizeBytes, markedKeys(keys))
}

/** Undefined where no marks are kept of keys that the source lacks. */
function markedKeys(keys: CacheKeys): MarkedKeys | undefined {
  const { markLifeNs } = keys
  return markLifeNs === undefined ? undefined : { has: (key) => keys.isMark(key), lifeNs: markLifeNs }
}

/** The problem where measuring takes more memory than there is, at what takes it. */
function memoryProblem(
  universe: number,
  requests: number,
  request: CurveRequest,
  { threads, bytesMax: room }: CurveReading,
  cache: string,
): Problem | undefined {
  const { sampleRatio = 1, requests: given } = request
  const needs = (ratio: number): number => bytesFor(universe, requests, ratio, threads)
  if (needs(sampleRatio) <= room) return undefined
  const message = `measuring takes about ${megabytes(needs(sampleRatio), Math.ceil)}; there is room for ${megabytes(room, Math.floor)}`
  if (bytesOfKeys(universe) > room) {
    return atCache(request, cache, 'too-large', {
      message: `${message}: ${universe} keys take ${megabytes(bytesOfKeys(universe), Math.ceil)}, however few are sampled`,
      hint: 'give a scenario with fewer keys',
    })
  }
  const isSampleEnough = sampleRatio > ADVISED_SAMPLE && needs(ADVISED_SAMPLE) <= room
  const hint = isSampleEnough ? 'give --sample 1%, or fewer --requests' : 'give fewer --requests, or a smaller --sample'
  return atFlag(given === undefined ? '--sample' : '--requests', 'too-large', message, hint)
}

function bytesFor(universe: number, requests: number, sampleRatio: number, threads: number): number {
  const traces = sampleRatio < 1 ? SAMPLES : 1
  const kept = sampleRatio * traces * requests
  const needed = bytesNeeded(kept, Math.min(universe, kept), traces, { hasTimes: false, threads })
  return needed + bytesOfKeys(universe)
}

/** What the keys of the scenario take, whether they are asked for or not. */
function bytesOfKeys(universe: number): number {
  return 8 * universe
}

function megabytes(bytes: number, whole: (value: number) => number): string {
  return `${whole(bytes / 1e6)} MB`
}

function placed({ problems }: ParseResult, { overrides }: CurveRequest): readonly Problem[] {
  return problems.map((problem) =>
    problem.file === '--set' ? { ...problem, file: overrides[problem.line - 1]?.flag ?? problem.file } : problem,
  )
}

function chosenCache({ caches }: ScenarioSpec, { file, cache }: CurveRequest): string | Problem {
  const names = Object.keys(caches)
  if (cache !== undefined) {
    if (names.includes(cache)) return cache
    const hint = hintForName(cache, names, 'the scenario has no caches')
    return atFlag('--cache', 'unknown-reference', `there is no cache ${cache}`, hint)
  }
  const [only] = names
  if (only !== undefined && names.length === 1) return only
  const message = only === undefined ? `${file} has no caches` : `${file} has ${names.length} caches`
  const hint = only === undefined ? 'give a scenario with a cache, or a trace' : `say which one: ${names.join(', ')}`
  return atFlag('--cache', only === undefined ? 'unknown-reference' : 'missing', message, hint)
}

function neverAsked(request: CurveRequest, cache: string): Problem {
  const told = { message: `no request reads the cache ${cache}`, hint: 'add a read step, or name another cache' }
  return atCache(request, cache, 'contradiction', told)
}

function atCache(
  { file }: CurveRequest,
  cache: string,
  code: string,
  told: Pick<Problem, 'message' | 'hint'>,
): Problem {
  return { code, severity: 'error', path: `caches.${cache}`, file, line: 1, column: 1, ...told }
}

/** The unit of a curve is that of the slowest tier, which is the largest as a rule. */
function isInBytes({ caches }: ScenarioSpec, cache: string): boolean {
  const last = caches[cache]!.tiers.at(-1)
  return last !== undefined && 'bytes' in last.capacity
}

function marksOf(scenario: ScenarioSpec, cache: string): Pick<CurveInput, 'unit' | 'marked' | 'notes'> {
  const unit = isInBytes(scenario, cache) ? 'bytes' : 'entries'
  const { tiers, negativeNs } = scenario.caches[cache]!
  const marked = tiers.flatMap(({ name, capacity, nodes, eviction, accepts }) => {
    if (tiers.length > 1 && accepts !== undefined) return []
    const room =
      'bytes' in capacity ? { unit: 'bytes', size: capacity.bytes } : { unit: 'entries', size: capacity.entries }
    return room.unit === unit ? [{ tier: name, size: room.size * nodes, policy: eviction }] : []
  })
  const notes = [
    'The cache is one store without anything in front of it: every read reaches it, of all instances together.',
    'Keys stay until they are evicted: TTLs, writes and restarts are left out. Where only keys with a TTL may go, all have the same one.',
    ...tiers.flatMap(({ name, scope, nodes }) => sizeNotes(name, scope, nodes)),
    ...unmarkedNotes(tiers, unit),
    ...keepingNotes(tiers, negativeNs !== undefined),
    ...boundNotes(unit),
  ]
  return { unit, marked, notes }
}

/** Which tiers are not marked, and why. */
function unmarkedNotes(tiers: readonly CacheTierSpec[], unit: 'entries' | 'bytes'): readonly string[] {
  const choosy = tiers.length === 1 ? [] : tiers.filter(({ accepts }) => accepts !== undefined)
  const other = tiers.filter((tier) => !choosy.includes(tier) && !(unit in tier.capacity))
  const names = (told: readonly CacheTierSpec[]): string => told.map(({ name }) => name).join(', ')
  return [
    ...(other.length === 0 ? [] : [`The room of ${names(other)} is given in another unit and is not marked.`]),
    ...(choosy.length === 0
      ? []
      : [`The room of ${names(choosy)} is not marked: it takes a part of the keys alone (accepts), the curve all.`]),
  ]
}

/** What is kept of keys that have no value, or none that the only tier takes. */
function keepingNotes(tiers: readonly CacheTierSpec[], isNegative: boolean): readonly string[] {
  return [
    ...(tiers.length === 1 && tiers[0]!.accepts !== undefined
      ? [`What ${tiers[0]!.name} does not accept misses at any size.`]
      : []),
    ...(isNegative
      ? ['Marks of keys that the source lacks end as `negative` says, at the mean load; opt does not see that coming.']
      : []),
  ]
}

/** What the size of a tier stands for, where it is not one store for all. */
function sizeNotes(name: string, scope: 'replica' | 'shared', nodes: number): readonly string[] {
  if (scope === 'replica') return [`The room of ${name} is that of one instance.`]
  return nodes === 1 ? [] : [`The room of ${name} is that of its ${nodes} nodes together.`]
}

function boundNotes(unit: 'entries' | 'bytes'): readonly string[] {
  return unit === 'entries' ? [] : ['Where sizes of values differ, opt is not strictly a bound.']
}

/** A problem of an option of the command line. */
export function atFlag(flag: string, code: string, message: string, hint: string): Problem {
  return { code, severity: 'error', path: '', file: flag, line: 1, column: 1, message, hint }
}
