// A cache in one run: its tiers, its locks, what reads and writes do there, and what is counted.
import type { Instruction } from '../../kernel/instruction.ts'
import { invariant } from '../../kernel/invariant.ts'
import type { PlanInstruction } from '../../kernel/program.ts'
import type { Sampler } from '../../distributions/distribution.ts'
import type { Model, ModelContext } from '../../model/model.ts'
import { CacheAccess } from './cache-access.ts'
import type { AccessData, CacheConfig } from './cache.compile.ts'
import { CountMiss, Fill, Lookup, NodeService } from './cache-instructions.ts'
import { AcquireLock, ReleaseLock } from './cache-locks.ts'
import { CacheStrategy } from './cache-strategy.ts'
import { CacheTier } from './cache-tier.ts'
import { BeginLoad, EndFreshLoad, FreshLookup, PassOn } from './fresh-instructions.ts'
import { amountOf } from '../../language/capacity-field.ts'
import { KeySpace } from './key-space.ts'
import { ReadCounts } from './read-counts.ts'
import { AskForLoad, EndLoad, JoinFlight } from './shared-loads.ts'
import { CountUnavailable, PassUnaccepted, Reach } from './tier-instructions.ts'
import { declareTierMetrics } from './tier-metrics.ts'
import type { TierNodes } from './tier-nodes.ts'
import { acceptsPopulation } from './tier-placement.ts'
import type { WarmRange } from './warm-up.ts'
import { WarmKeys } from './warm-up.ts'
import { EndWarm, NextWarm, WarmLoad } from './warm-load.ts'
import { EndWrite, HoldWrite, NextWrite } from './write-behind.ts'
import { Invalidate, InvalidateOwn, PutWritten } from './write-instructions.ts'

/** Makes one of the instructions of a cache. */
type Maker = (plan: PlanInstruction, access: CacheAccess, data: AccessData) => Instruction

/** The behaviour of one cache. */
export class CacheModel implements Model {
  private readonly context: ModelContext
  private readonly config: CacheConfig
  private readonly keys: KeySpace
  private readonly tiers: readonly CacheTier[]
  /** By tier; absent where it has no servers. */
  private readonly demands: readonly (Sampler | undefined)[]
  private readonly counts: ReadCounts
  private readonly strategy: CacheStrategy
  private readonly warmKeys = new Map<CacheTier, WarmKeys>()
  /** Present where warming takes time. */
  private readonly warming: WarmLoad | undefined
  /** Instances that are there when the run starts, by service, until the tiers are there as well. */
  private early: { readonly service: number; readonly instance: number }[] | undefined = []
  private readonly makers: Readonly<Record<string, Maker>>

  constructor(config: CacheConfig, context: ModelContext) {
    this.context = context
    this.config = config
    this.keys = new KeySpace(context.populations)
    this.counts = new ReadCounts(this.keys)
    for (const { population } of config.warm) this.keys.add(population)
    const { negativeNs } = config
    const warmUp = (tier: CacheTier, part: number): void => this.warm(tier, part)
    this.tiers = config.tiers.map((spec) => new CacheTier(spec, context, this.keys, { warmUp, negativeNs }))
    this.demands = config.tiers.map(({ name, demandNs }) =>
      demandNs === undefined ? undefined : context.sampler(demandNs, `${name}.demand`),
    )
    this.strategy = new CacheStrategy(config, context, this.tiers, this.keys)
    this.warming = config.warmLoad === undefined ? undefined : new WarmLoad(context, config.warmLoad)
    this.makers = { ...this.readMakers(), ...this.loadMakers(), ...this.writeMakers(), ...this.warmMakers() }
    this.declareMetrics()
  }

  instruction(plan: PlanInstruction): Instruction {
    const data = plan.data as unknown as AccessData
    const make = this.makers[plan.op]
    invariant(make !== undefined, 'a cache knows its instructions')
    return make(plan, this.accessOf(plan, data), data)
  }

  /** The key space is complete by now: instructions exist, and each added what it uses. */
  start(): void {
    if (this.keys.universe === 0) return
    this.strategy.start(this.keys.universe)
    for (const tier of this.tiers) tier.start()
    const { early = [] } = this
    this.early = undefined
    for (const { service, instance } of early) this.beginInstance(service, instance)
    this.warming?.start()
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
    const isBack = this.strategy.instanceStarted(service, instance)
    if (this.context.kernel.nowNs === 0 && !isBack) {
      this.warming?.addInstance(service, instance)
      this.beginInstance(service, instance)
      return
    }
    for (const tier of this.tiers) tier.clearInstance(service, instance)
  }

  instanceEnded(service: number, instance: number, died: boolean): void {
    this.strategy.instanceEnded(service, instance, died)
    if (died) this.warming?.instanceDied(service, instance)
    for (const tier of this.tiers) tier.endInstance(service, instance)
  }

  /** Nothing is missed by a store that is empty. Services may start before their caches do. */
  private beginInstance(service: number, instance: number): void {
    if (this.early !== undefined) this.early.push({ service, instance })
    else if (this.isWarm()) for (const tier of this.tiers) tier.beginInstance(service, instance)
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

  private readMakers(): Readonly<Record<string, Maker>> {
    const { counts, strategy } = this
    const { freshness, invalidation, renewalCounts } = strategy
    const loadPlace = (access: CacheAccess, { population }: AccessData) =>
      freshness && { access, freshness, notes: freshness.notesOf(population) }
    return {
      lookup: (plan, access, { tier = 0, instances }) => {
        access.tiers[tier]!.addReader(plan.service)
        if (freshness === undefined) return new Lookup(plan, access, tier, counts)
        const place = strategy.renewalPlace(access, plan.service, instances)
        const renewals = place && { place, counts: renewalCounts }
        return new FreshLookup(plan, access, tier, counts, { freshness, invalidation, renewals })
      },
      serve: (plan, access, { tier = 0 }) => new NodeService(plan, access, tier, this.demandOf(access.tiers[tier]!)),
      place: (plan, access, { tier = 0 }) => new PassUnaccepted(plan, access, tier),
      reach: (plan, access, { tier = 0 }) => new Reach(plan, access, tier),
      unavailable: (plan, access, { tier = 0 }) => new CountUnavailable(plan, access, tier),
      miss: (plan, access, data) => {
        const place = loadPlace(access, data)
        return place === undefined ? new CountMiss(plan, access, counts) : new BeginLoad(plan, place, counts)
      },
      load: (plan, access, data) => {
        const place = loadPlace(access, data)
        return place === undefined ? new PassOn(plan) : new BeginLoad(plan, place, undefined)
      },
      fill: (plan, access, data) => {
        const place = loadPlace(access, data)
        return place === undefined ? new Fill(plan, access) : new EndFreshLoad(plan, place)
      },
    }
  }

  private loadMakers(): Readonly<Record<string, Maker>> {
    const { counts, strategy } = this
    return {
      lock: (plan, access, { instances }) =>
        new AcquireLock(plan, strategy.lockPlace(access, plan.service, instances), counts),
      unlock: (plan, access, { instances }) =>
        new ReleaseLock(plan, strategy.lockPlace(access, plan.service, instances)),
      single_flight: (plan, access, { instances }) =>
        new JoinFlight(plan, strategy.loadPlace(access, plan.service, instances), counts),
      read_through: (plan, access, { instances }) =>
        new AskForLoad(plan, strategy.loadPlace(access, plan.service, instances), counts),
      land: (plan, access, { instances }) =>
        new EndLoad(plan, strategy.loadPlace(access, plan.service, instances), strategy.dead),
      renewed: (plan, access, { instances }) => {
        const place = strategy.renewalPlace(access, plan.service, instances)
        invariant(place !== undefined, 'a cache that renews nothing has no such instruction')
        return new EndLoad(plan, place, strategy.dead)
      },
    }
  }

  private writeMakers(): Readonly<Record<string, Maker>> {
    const { strategy } = this
    return {
      invalidate: (plan, access) => new Invalidate(plan, strategy.writePlace(access)),
      arrive: (plan, access) => new InvalidateOwn(plan, strategy.writePlace(access)),
      put: (plan, access) => new PutWritten(plan, strategy.writePlace(access)),
      hold: (plan, access) => new HoldWrite(plan, access, strategy.behindAt(plan.targets['flush']!, plan.service)),
      next_write: (plan, access) => new NextWrite(plan, strategy.batchPlace(access, plan.targets['entry']!, plan)),
      end_write: (plan, access) => new EndWrite(plan, strategy.batchPlace(access, plan.targets['again']!, plan)),
    }
  }

  private warmMakers(): Readonly<Record<string, Maker>> {
    const { warming } = this
    if (warming === undefined) return {}
    return {
      next_warm: (plan, access, { population }) => {
        warming.addJob(access, plan.targets['entry']!, plan.service, this.warmCountOf(population))
        return new NextWarm(plan, warming)
      },
      end_warm: (plan, access) => new EndWarm(plan, access, warming),
    }
  }

  /** How many of the most popular keys of a population are to be loaded. */
  private warmCountOf(population: number): number {
    const { warm, warmEach } = this.config
    const amount = warmEach ?? warm.find((entry) => entry.population === population)?.amount
    return amount === undefined ? 0 : amountOf(amount, this.context.populations[population]!.count)
  }

  private demandOf(tier: CacheTier): Sampler {
    const demand = this.demands[this.tiers.indexOf(tier)]
    invariant(demand !== undefined, 'a tier with servers has a demand')
    return demand
  }

  private warm(tier: CacheTier, part: number): void {
    const ranges = this.warmRanges()
    const found = this.warmKeys.get(tier) ?? new WarmKeys(tier, ranges, this.keys)
    this.warmKeys.set(tier, found)
    found.loadInto(part)
    const { freshness } = this.strategy
    if (freshness === undefined) return
    for (const { base, count } of ranges) {
      for (let key = base; key < base + count; key++) freshness.noteWarm(tier, part, key)
    }
  }

  /** The keys that are there when the run starts, of every population. */
  private warmRanges(): readonly WarmRange[] {
    if (this.warming !== undefined) return []
    return this.keys.all.map(({ population, base }) => ({ base, count: this.warmCountOf(population) }))
  }

  /** Whether tiers hold anything when the run starts. */
  private isWarm(): boolean {
    return this.warmRanges().some(({ count }) => count > 0)
  }

  private declareMetrics(): void {
    const { recorder, id } = this.context
    const { counts } = this
    recorder.counter(id, 'hits', 'reads', () => counts.hits)
    recorder.counter(id, 'misses', 'reads', () => counts.misses)
    this.strategy.declareMetrics()
    const { warming } = this
    if (warming !== undefined) recorder.counter(id, 'warmed', 'entries', () => warming.warmed)
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
