// A cache in one run: its tiers, its locks, what reads and writes do there, and what is counted.
import type { Instruction } from '../../kernel/instruction.ts'
import { invariant } from '../../kernel/invariant.ts'
import type { PlanInstruction } from '../../kernel/program.ts'
import type { Sampler } from '../../distributions/distribution.ts'
import type { Model, ModelContext } from '../../model/model.ts'
import { CacheAccess } from './cache-access.ts'
import type { AccessData, CacheConfig } from './cache.compile.ts'
import { CountMiss, Fill, Invalidate, Lookup, NodeService, ReadCounts } from './cache-instructions.ts'
import { AcquireLock, CacheLocks, ReleaseLock } from './cache-locks.ts'
import { CacheTier } from './cache-tier.ts'
import { KeySpace } from './key-space.ts'
import type { WarmRange } from './warm-up.ts'
import { warmCount, warmPart } from './warm-up.ts'

/** The behaviour of one cache. */
export class CacheModel implements Model {
  private readonly context: ModelContext
  private readonly config: CacheConfig
  private readonly keys: KeySpace
  private readonly tiers: readonly CacheTier[]
  /** By tier; absent where it has no servers. */
  private readonly demands: readonly (Sampler | undefined)[]
  private readonly locks: CacheLocks | undefined
  private readonly counts = new ReadCounts()

  constructor(config: CacheConfig, context: ModelContext) {
    this.context = context
    this.config = config
    this.keys = new KeySpace(context.populations)
    for (const { population } of config.warm) this.keys.add(population)
    const warmUp = (tier: CacheTier, part: number): void => warmPart(tier, part, this.warmRanges(), this.keys)
    this.tiers = config.tiers.map((spec) => new CacheTier(spec, context, this.keys, warmUp))
    this.demands = config.tiers.map(({ name, demandNs }) =>
      demandNs === undefined ? undefined : context.sampler(demandNs, `${name}.demand`),
    )
    const { stampede } = config
    this.locks = stampede.kind === 'lock' ? new CacheLocks(context.kernel, this.tiers, stampede) : undefined
    this.declareMetrics()
  }

  instruction(plan: PlanInstruction): Instruction {
    const { tier = 0, ...data } = plan.data as unknown as AccessData
    const access = this.accessOf(plan, data)
    switch (plan.op) {
      case 'lookup':
        return new Lookup(plan, access, tier, this.counts)
      case 'serve':
        return new NodeService(plan, access, tier, this.demandOf(tier))
      case 'miss':
        return new CountMiss(plan, this.counts)
      case 'fill':
        return new Fill(plan, access)
      case 'invalidate':
        return new Invalidate(plan, access)
      default:
        return this.lockInstruction(plan, access)
    }
  }

  /** The key space is complete by now: instructions exist, and each added what it uses. */
  start(): void {
    if (this.keys.universe === 0) return
    for (const tier of this.tiers) tier.start()
  }

  /** An instance that is there when the run begins is as warm as the scenario says. */
  instanceStarted(service: number, instance: number): void {
    if (this.context.kernel.nowNs === 0) return
    for (const tier of this.tiers) tier.clearInstance(service, instance)
  }

  private accessOf({ service }: PlanInstruction, { population, instances }: AccessData): CacheAccess {
    const ownParts = Int32Array.from(this.tiers, (tier) => tier.addService(service, instances))
    return new CacheAccess(this.context.kernel, this.tiers, population, this.keys.add(population), ownParts)
  }

  private lockInstruction(plan: PlanInstruction, access: CacheAccess): Instruction {
    invariant(this.locks !== undefined, 'a cache without locks knows its instructions')
    if (plan.op === 'lock') return new AcquireLock(plan, access, this.locks)
    invariant(plan.op === 'unlock', 'a cache knows its instructions')
    return new ReleaseLock(plan, access, this.locks)
  }

  private demandOf(tier: number): Sampler {
    const demand = this.demands[tier]
    invariant(demand !== undefined, 'a tier with servers has a demand')
    return demand
  }

  /** The keys to be loaded at the start, of every population. */
  private warmRanges(): readonly WarmRange[] {
    const { warm, warmEach } = this.config
    return this.keys.all.map(({ population, base, count }) => {
      const amount = warmEach ?? warm.find((entry) => entry.population === population)?.amount
      return { base, count: amount === undefined ? 0 : warmCount(amount, count) }
    })
  }

  private declareMetrics(): void {
    const { recorder, id } = this.context
    const { counts, locks } = this
    recorder.counter(id, 'hits', 'reads', () => counts.hits)
    recorder.counter(id, 'misses', 'reads', () => counts.misses)
    if (locks !== undefined) {
      recorder.counter(id, 'lock_waits', 'reads', () => locks.waits)
      recorder.counter(id, 'lock_timeouts', 'reads', () => locks.timeouts)
    }
    for (const tier of this.tiers) {
      recorder.counter(id, `${tier.name}.hits`, 'lookups', () => tier.hits)
      recorder.counter(id, `${tier.name}.misses`, 'lookups', () => tier.misses)
      recorder.counter(id, `${tier.name}.fills`, 'entries', () => tier.fills)
      recorder.counter(id, `${tier.name}.evictions`, 'entries', () => tier.evictions())
      recorder.counter(id, `${tier.name}.expiries`, 'entries', () => tier.expiries)
      recorder.gauge(id, `${tier.name}.entries`, 'entries', () => tier.entries())
      recorder.gauge(id, `${tier.name}.bytes`, 'bytes', () => tier.usedBytes())
    }
  }
}
