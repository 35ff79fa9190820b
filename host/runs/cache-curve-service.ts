/** Measures how the miss ratio of a cache depends on its size and its policy. */
import { availableMemory } from 'node:process'
import { curvePolicies } from '../../sim-core/components/cache/curve/policy-replay.ts'
import { curveSizes } from '../../sim-core/components/cache/curve/curve-sizes.ts'
import { SAMPLES } from '../../sim-core/components/cache/curve/spatial-sample.ts'
import { ENGINE_VERSION } from '../../sim-core/kernel/engine-version.ts'
import { hintForName } from '../../sim-core/language/nearest-name.ts'
import type { Problem } from '../../sim-core/scenario/problem.ts'
import type {
  CacheCurve,
  CacheCurveApi,
  CurveOutcome,
  CurveProgress,
  CurveRequest,
  PolicyCurve,
} from '../contract/cache-curve-api.ts'
import { CURVE_SCHEMA } from '../contract/cache-curve-api.ts'
import type { Platform } from '../contract/host.ts'
import type { CurveInput } from './curve-input.ts'
import { atFlag, readCurveInput } from './curve-input.ts'
import { CONFIDENCE, CurveRun } from './curve-run.ts'

/** Share of the free memory that may be taken. */
const MEMORY_SHARE = 0.75

/** The service, and how to end the threads of what is being measured. */
export function createCacheCurveService({ cores }: Pick<Platform, 'cores'>): {
  readonly api: CacheCurveApi
  close(): Promise<void>
} {
  const underWay = new Map<Measuring, Promise<unknown>>()
  const api: CacheCurveApi = {
    start: (request, onProgress) => {
      const measuring = new Measuring(request, onProgress, cores)
      const outcome = measuring.outcome()
      const ended = outcome.catch(() => undefined).finally(() => underWay.delete(measuring))
      underWay.set(measuring, ended)
      return { outcome, cancel: () => measuring.cancel() }
    },
  }
  return {
    api,
    close: async () => {
      for (const measuring of underWay.keys()) measuring.cancel()
      await Promise.all(underWay.values())
    },
  }
}

class Measuring {
  readonly #request: CurveRequest
  readonly #onProgress: (progress: CurveProgress) => void
  readonly #threads: number
  #run: CurveRun | undefined
  #isCancelled = false

  constructor(request: CurveRequest, onProgress: (progress: CurveProgress) => void, cores: number) {
    this.#request = request
    this.#onProgress = onProgress
    this.#threads = Math.max(1, Math.min(cores, request.policies?.length ?? curvePolicies.length))
  }

  cancel(): void {
    this.#isCancelled = true
    this.#run?.cancel()
  }

  async outcome(): Promise<CurveOutcome> {
    const request = this.#request
    const unknown = unknownPolicies(request.policies ?? [])
    if (unknown.length > 0) return { kind: 'invalid', problems: unknown }
    const { problems, input } = await readCurveInput(request, {
      threads: this.#threads,
      bytesMax: MEMORY_SHARE * availableMemory(),
      isCancelled: () => this.#isCancelled,
      onProgress: this.#onProgress,
    })
    if (input === undefined) return { kind: 'invalid', problems }
    const { gathered, marked } = input
    const sizes = curveSizes(
      gathered.footprint,
      marked.map(({ size }) => size),
    )
    const wanted = curvePolicies.filter(({ id }) => request.policies?.includes(id) ?? true)
    this.#run = new CurveRun({
      gathered,
      policies: wanted,
      sizes,
      sampleRatio: request.sampleRatio,
      seed: input.seed,
      threads: this.#threads,
      onProgress: (doneRatio) => this.#onProgress({ stage: 'replaying', doneRatio, requests: gathered.requests }),
    })
    if (this.#isCancelled) this.#run.cancel()
    const policies = await this.#run.curves()
    const partial = this.#isCancelled && policies.length < wanted.length
    return { kind: 'done', problems, curve: curveOf(request, input, sizes, policies, partial) }
  }
}

function curveOf(
  { file, sampleRatio }: CurveRequest,
  { gathered, cache, seed, unit, marked, notes }: CurveInput,
  sizes: readonly number[],
  policies: readonly PolicyCurve[],
  partial: boolean,
): CacheCurve {
  return {
    schema: CURVE_SCHEMA,
    engine: ENGINE_VERSION,
    source: file,
    cache,
    seed,
    unit,
    requests: gathered.requests,
    distinct_keys: gathered.distinctKeys,
    footprint: gathered.footprint,
    compulsory_miss_ratio: gathered.compulsoryMissRatio,
    never_kept_ratio: gathered.neverKept / Math.max(1, gathered.requests),
    sample: sampleRatio === undefined ? null : { ratio: sampleRatio, samples: SAMPLES, confidence: CONFIDENCE },
    sizes,
    marked,
    policies,
    partial,
    notes,
  }
}

function unknownPolicies(policies: readonly string[]): readonly Problem[] {
  const ids = curvePolicies.map(({ id }) => id)
  return policies
    .filter((policy) => !ids.includes(policy))
    .map((policy) =>
      atFlag('--policies', 'unknown-reference', `there is no policy ${policy}`, hintForName(policy, ids, '')),
    )
}
