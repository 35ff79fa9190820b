// A cache in one run: its tiers, its locks, what reads and writes do there, and what is counted.
import type { Instruction } from '../../kernel/instruction.ts'
import { invariant } from '../../kernel/invariant.ts'
import type { PlanInstruction } from '../../kernel/program.ts'
import type { Sampler } from '../../distributions/distribution.ts'
import type { Model, ModelContext } from '../../model/model.ts'
import { CacheAccess } from './cache-access.ts'
import type { AccessData, CacheConfig } from './cache.compile.ts'
import { CountMiss, Fill, Invalidate, Lookup, NodeService } from './cache-instructions.ts'
import { AcquireLock, CacheLocks, ReleaseLock } from './cache-locks.ts'
import { CacheTier } from './cache-tier.ts'
import { amountOf } from './key-amount.schema.ts'
import { KeySpace } from './key-space.ts'
import { ReadCounts } from './read-counts.ts'
import { CountUnavailable, PassUnaccepted, Reach } from './tier-instructions.ts'
import { declareTierMetrics } from './tier-metrics.ts'
import type { TierNodes } from './tier-nodes.ts'
import { acceptsPopulation } from './tier-placement.ts'
import type { WarmRange } from './warm-up.ts'
import { warmPart } from './warm-up.ts'

/** The behaviour of one cache. */
export class CacheModel implements Model {
  private readonly context: ModelContext
  private readonly config: CacheConfig
  private readonly keys: KeySpace
  private readonly tiers: readonly CacheTier[]
  /** By tier; absent where it has no servers. */
  private readonly demands: readonly (Sampler | undefined)[]
  private readonly locks: CacheLocks | undefined
  private readonly counts: ReadCounts

  constructor(config: CacheConfig, context: ModelContext) {
    this.context = context
    this.config = config
    this.keys = new KeySpace(context.populations)
    this.counts = new ReadCounts(this.keys)
    for (const { population } of config.warm) this.keys.add(population)
    const { negativeNs, stampede } = config
    const warmUp = (tier: CacheTier, part: number): void => warmPart(tier, part, this.warmRanges(), this.keys)
    this.tiers = config.tiers.map((spec) => new CacheTier(spec, context, this.keys, { warmUp, negativeNs }))
    this.demands = config.tiers.map(({ name, demandNs }) =>
      demandNs === undefined ? undefined : context.sampler(demandNs, `${name}.demand`),
    )
    this.locks = stampede.kind === 'lock' ? new CacheLocks(context.kernel, stampede) : undefined
    this.declareMetrics()
  }

  instruction(plan: PlanInstruction): Instruction {
    const { tier = 0, ...data } = plan.data as unknown as AccessData
    const access = this.accessOf(plan, data)
    switch (plan.op) {
      case 'lookup':
        return new Lookup(plan, access, tier, this.counts)
      case 'serve':
        return new NodeService(plan, access, tier, this.demandOf(access.tiers[tier]!))
      case 'place':
        return new PassUnaccepted(plan, access, tier)
      case 'reach':
        return new Reach(plan, access, tier)
      case 'unavailable':
        return new CountUnavailable(plan, access, tier)
      case 'miss':
        return new CountMiss(plan, access, this.counts)
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
    if (this.keys.all.some(({ isRanked }) => isRanked)) this.counts.declareDeciles(this.context)
  }

  /** Nodes of a shared tier die: one, or all. What they kept is lost. */
  kill(node: number | undefined, _count: number | undefined, group?: string): void {
    const tier = this.tierNamed(group)
    const dying = nodesMeant(tier.nodes, node).filter((each) => tier.killNode(each))
    if (dying.length > 0) this.note('killed', `${placeIn(tier, node)} killed`)
  }

  /** Dead nodes of a shared tier come back, empty. */
  restore(node: number | undefined, group?: string): void {
    const tier = this.tierNamed(group)
    const restored = nodesMeant(tier.nodes, node).filter((each) => tier.nodes.restore(each))
    if (restored.length > 0) this.note('restored', `${placeIn(tier, node)} back, empty`)
  }

  setSpeed(node: number | undefined, speed: number, group?: string): void {
    const { nodes } = this.tierNamed(group)
    for (const each of nodesMeant(nodes, node)) nodes.setSpeed(each, speed)
  }

  /** An instance that is there when the run begins is as warm as the scenario says. */
  instanceStarted(service: number, instance: number): void {
    if (this.context.kernel.nowNs === 0) return
    for (const tier of this.tiers) tier.clearInstance(service, instance)
  }

  private accessOf({ service }: PlanInstruction, { population, instances }: AccessData): CacheAccess {
    const { id } = this.context.populations[population]!
    const tiers = this.tiers.filter((_, index) => acceptsPopulation(this.config.tiers[index]!, id))
    const ownParts = Int32Array.from(tiers, (tier) => tier.addService(service, instances))
    return new CacheAccess(this.context.kernel, tiers, population, this.keys.add(population), ownParts)
  }

  private tierNamed(name: string | undefined): CacheTier {
    const tier = this.tiers.find((each) => each.name === name)
    invariant(tier !== undefined && tier.isShared, 'a fault strikes a shared tier that exists')
    return tier
  }

  private note(kind: string, text: string): void {
    this.context.recorder.note({ component: this.context.id, kind, text })
  }

  private lockInstruction(plan: PlanInstruction, access: CacheAccess): Instruction {
    invariant(this.locks !== undefined, 'a cache without locks knows its instructions')
    if (plan.op === 'lock') return new AcquireLock(plan, access, this.locks)
    invariant(plan.op === 'unlock', 'a cache knows its instructions')
    return new ReleaseLock(plan, access, this.locks)
  }

  private demandOf(tier: CacheTier): Sampler {
    const demand = this.demands[this.tiers.indexOf(tier)]
    invariant(demand !== undefined, 'a tier with servers has a demand')
    return demand
  }

  /** The keys to be loaded at the start, of every population. */
  private warmRanges(): readonly WarmRange[] {
    const { warm, warmEach } = this.config
    return this.keys.all.map(({ population, base, count }) => {
      const amount = warmEach ?? warm.find((entry) => entry.population === population)?.amount
      return { base, count: amount === undefined ? 0 : amountOf(amount, count) }
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
      const settings = this.config.tiers.find(({ name }) => name === tier.name)!
      declareTierMetrics(this.context, tier, { isNegative: this.config.negativeNs !== undefined, ...settings })
    }
    if (this.config.negativeNs === undefined) return
    recorder.counter(id, 'negative_hits', 'reads', () => this.tiers.reduce((sum, tier) => sum + tier.negativeHits, 0))
  }
}

/** What a note says of the nodes that a fault struck. */
function placeIn({ name }: CacheTier, node: number | undefined): string {
  return node === undefined ? `all nodes of ${name}` : `${name}[${node}]`
}

/** One node, or all. */
function nodesMeant({ count }: TierNodes, node: number | undefined): readonly number[] {
  invariant(node === undefined || node < count, 'a fault strikes a node that exists')
  return node === undefined ? Array.from({ length: count }, (_, each) => each) : [node]
}
