// How the frames of one service reach the keys of one population in the tiers of a cache.
import type { Frames } from '../../kernel/frames.ts'
import { invariant } from '../../kernel/invariant.ts'
import type { Kernel } from '../../kernel/kernel.ts'
import type { CacheTier } from './cache-tier.ts'

/** What one instruction of a cache needs to find a frame's key and its place in every tier. */
export class CacheAccess {
  readonly kernel: Kernel
  /** The tiers that accept the population, fastest first. */
  readonly tiers: readonly CacheTier[]
  /** Number of the population's key 0 in the cache's key space. */
  readonly base: number
  private readonly frames: Frames
  private readonly population: number
  private readonly ownParts: Int32Array

  /** @param ownParts by tier, the part of the service's instance 0 */
  constructor(kernel: Kernel, tiers: readonly CacheTier[], population: number, base: number, ownParts: Int32Array) {
    this.kernel = kernel
    this.tiers = tiers
    this.frames = kernel.frames
    this.population = population
    this.base = base
    this.ownParts = ownParts
  }

  /** The place of the slowest tier: behind it there is only the source. */
  get slowest(): number {
    return this.tiers.length - 1
  }

  /** The number, in the cache's key space, of the key that the frame's request carries. */
  keyOf(frame: number): number {
    const key = this.frames.key(frame, this.population)
    invariant(key >= 0, 'a cache is asked for a key that the request carries')
    return this.base + key
  }

  /** The part of a tier in which the frame finds a key. */
  partOf(tier: number, key: number, frame: number): number {
    return this.tiers[tier]!.partOf(key, this.ownPart(tier, frame))
  }

  /** The part that the frame's instance has, or would have, for itself. */
  ownPart(tier: number, frame: number): number {
    return this.ownParts[tier]! + this.frames.instance(frame)
  }

  /** The rank of the frame's key in its population; 0 is the most popular one. */
  rankOf(frame: number): number {
    return this.frames.key(frame, this.population)
  }

  /** Keys of the population from this rank on stay out of a tier. */
  ranksIn(tier: number): number {
    return this.tiers[tier]!.placement?.ranksOf(this.population) ?? Infinity
  }

  /** Puts a key into tiers 0 to `tiers - 1`. */
  fill(tiers: number, key: number, frame: number): void {
    const nowNs = this.kernel.clock[0]!
    for (let tier = 0; tier < tiers; tier++) this.tiers[tier]!.fill(key, this.partOf(tier, key, frame), nowNs)
  }
}
