// The keys that a scenario's requests ask one cache for, drawn as a run draws them but without running it.
import { ABSENCE_BYTES } from '../components/cache/cache-tier.ts'
import { KeySpace } from '../components/cache/key-space.ts'
import { TierPlacement } from '../components/cache/tier-placement.ts'
import type { RankSampler } from '../distributions/zipf.ts'
import { ZipfTable } from '../distributions/zipf.ts'
import type { RandomStream } from '../kernel/random.ts'
import { RandomStreams } from '../kernel/random.ts'
import { compile } from './compile.ts'
import { endpointRequests, requestsExpected } from './estimate.ts'
import type { ScenarioSpec } from './parse.ts'
import type { RequestWalk } from './request-walk.ts'
import { createRequestWalk } from './request-walk.ts'

/** Requests of clients after which a cache that none of them has asked counts as never asked. */
const IDLE_REQUESTS_MAX = 1_000_000

/** The keys of one population: the number of its key 0, and its popularity. */
interface Population {
  readonly base: number
  readonly ranks: RankSampler
}

/**
 * The keys that a cache is asked for, without end, as numbers below `universe`. Requests come by the mean share of each endpoint
 * over the whole run, and their steps are walked as `createRequestWalk` does. A request carries one key of each population,
 * however often it asks for it.
 */
export class CacheKeys {
  /** How long the cache remembers that the source lacks a key; absent where it does not. */
  readonly markLifeNs: number | undefined
  private readonly space: KeySpace
  private readonly endpoints: readonly string[]
  private readonly cumulative: Float64Array
  private readonly clientGapNs: number
  private readonly stream: RandomStream
  private readonly walk: RequestWalk
  /** What the cache accepts, where it is one tier: of several, each keeps what it accepts itself. */
  private readonly placement: TierPlacement | undefined
  private readonly populations: ReadonlyMap<string, Population>
  /** The key of each population that the present request carries, as far as it was asked for. */
  private readonly carried = new Map<string, number>()
  private readonly asked: number[] = []
  private clients = 0
  private total = 0

  /** @param cache id of a cache of the scenario. @param seed of every draw. */
  constructor(scenario: ScenarioSpec, cache: string, seed: number) {
    const { populations } = compile(scenario)
    const streams = new RandomStreams(seed, 0)
    const weights = [...endpointRequests(scenario)].filter(([, requests]) => requests > 0)
    let sum = 0
    this.endpoints = weights.map(([endpoint]) => endpoint)
    this.cumulative = Float64Array.from(weights, ([, requests]) => (sum += requests))
    this.clientGapNs = scenario.run.durationNs / Math.max(1, requestsExpected(scenario))
    this.stream = streams.stream('cache-curve/endpoint')
    this.walk = createRequestWalk(scenario, cache, streams.stream('cache-curve/steps'), (id) => this.read(id))
    this.space = new KeySpace(populations)
    const { tiers, negativeNs } = scenario.caches[cache]!
    const accepts = tiers.length === 1 ? tiers[0]!.accepts : undefined
    this.markLifeNs = negativeNs
    this.placement = accepts && new TierPlacement(accepts, this.space, populations)
    const found = new Map<string, Population>()
    for (const [index, { id, count, exponent }] of populations.entries()) {
      if (!this.walk.populations.has(id)) continue
      const ranks = new ZipfTable(count, exponent).sampler(streams.stream(`cache-curve/key of ${id}`))
      found.set(id, { base: this.space.add(index), ranks })
    }
    this.populations = found
  }

  /** Keys are below it; 0 when nothing ever reads the cache. */
  get universe(): number {
    return this.space.universe
  }

  /** Size in bytes, at least 1, of what is kept of a key: its value, or a mark that the source lacks it. */
  sizeBytes(key: number): number {
    return this.isMark(key) ? ABSENCE_BYTES : this.space.sizeBytes(key)
  }

  /** Whether a cache with room for everything keeps a key that was asked for; reads of all others miss at any size. */
  isKept(key: number): boolean {
    if (this.placement?.accepts(key) === false) return false
    return this.markLifeNs !== undefined || !this.space.isMissing(key)
  }

  /** Whether what is kept of a key is a mark that the source lacks it, which lasts `markLifeNs`. */
  isMark(key: number): boolean {
    return this.markLifeNs !== undefined && this.space.isMissing(key)
  }

  /** The keys that the next request asks for which asks at all, until the next call; none when there is no such request. */
  next(): readonly number[] {
    this.asked.length = 0
    if (this.universe === 0 || this.endpoints.length === 0) return this.asked
    for (let idle = 0; idle < IDLE_REQUESTS_MAX && this.asked.length === 0; idle++) {
      this.clients += 1
      this.carried.clear()
      this.walk.request(this.drawEndpoint())
    }
    this.total += this.asked.length
    return this.asked
  }

  /** Mean time between two keys so far, in nanoseconds of the scenario. */
  gapNs(): number {
    return (this.clientGapNs * this.clients) / Math.max(1, this.total)
  }

  private drawEndpoint(): string {
    const { cumulative } = this
    const last = cumulative.length - 1
    const drawn = this.stream.nextUnit() * cumulative[last]!
    let at = 0
    while (at < last && drawn >= cumulative[at]!) at += 1
    return this.endpoints[at]!
  }

  private read(id: string): void {
    let key = this.carried.get(id)
    if (key === undefined) {
      const { base, ranks } = this.populations.get(id)!
      key = base + ranks.next()
      this.carried.set(id, key)
    }
    this.asked.push(key)
  }
}
