// A content delivery network in one run: what fetches and purges do, and what is counted.
import type { Sampler } from '../../distributions/distribution.ts'
import type { Instruction } from '../../kernel/instruction.ts'
import { invariant } from '../../kernel/invariant.ts'
import type { PlanInstruction } from '../../kernel/program.ts'
import type { Model, ModelContext } from '../../model/model.ts'
import { Announcements, Purge } from './announcements.ts'
import type { CdnConfig } from './cdn.compile.ts'
import { CollapsedFetches, JoinFetch, LeaveFetch } from './collapsed-fetches.ts'
import { Delivery } from './delivery.ts'
import { Answer, Choose, CountMiss, Fill, Lookup, ReadOrigin, Travel } from './fetch-instructions.ts'
import type { ObjectCache } from './object-cache.ts'

/** The behaviour of one network. Faults name its locations. */
export class CdnModel implements Model {
  private readonly context: ModelContext
  private readonly config: CdnConfig
  private readonly delivery: Delivery
  private readonly fetches: CollapsedFetches
  private readonly announcements: Announcements
  private readonly lastMile: Sampler | undefined

  constructor(config: CdnConfig, context: ModelContext) {
    const { lastMileNs } = config.network
    this.context = context
    this.config = config
    this.delivery = new Delivery(config, context)
    this.fetches = new CollapsedFetches(this.delivery)
    this.announcements = new Announcements(config, this.delivery, context)
    this.lastMile = lastMileNs === undefined ? undefined : context.sampler(lastMileNs, 'last-mile')
    this.declareMetrics()
  }

  instruction(plan: PlanInstruction): Instruction {
    const { delivery, fetches } = this
    switch (plan.op) {
      case 'choose':
        return new Choose(plan, delivery, this.config.clients, this.context.stream('clients'), this.lastMile)
      case 'travel':
        return new Travel(plan, delivery)
      case 'lookup':
        return new Lookup(plan, delivery)
      case 'join':
        return new JoinFetch(plan, delivery, fetches)
      case 'leave':
        return new LeaveFetch(plan, delivery, fetches)
      case 'miss':
        return new CountMiss(plan, delivery)
      case 'read_origin':
        return new ReadOrigin(plan, delivery)
      case 'fill':
        return new Fill(plan, delivery)
      case 'answer':
        return new Answer(plan, delivery)
      default:
        invariant(plan.op === 'purge', 'a network knows its instructions')
        return new Purge(plan, delivery, this.announcements)
    }
  }

  /** The keys are complete by now: instructions exist, and each added what it uses. */
  start(): void {
    this.delivery.createCaches()
    this.announcements.push()
  }

  /** Takes away the location of that name, or all: its clients go to the next nearest. What is under way is answered. */
  kill(_part: number | undefined, _count: number | undefined, location?: string): void {
    const dying = this.locationsMeant(location).filter(({ isDown }) => !isDown)
    for (const cache of dying) {
      cache.goDown()
      this.note('killed', `${cache.name} is away`)
    }
    this.assignClients()
  }

  /** Brings locations back that were taken away, with nothing in their caches. */
  restore(_part: number | undefined, location?: string): void {
    const returning = this.locationsMeant(location).filter(({ isDown }) => isDown)
    for (const cache of returning) {
      cache.comeBack()
      this.note('restored', `${cache.name} is back, empty`)
    }
    this.assignClients()
  }

  private locationsMeant(name: string | undefined): readonly ObjectCache[] {
    const { delivery, config } = this
    return delivery.caches
      .slice(0, config.locations.length)
      .filter((cache) => name === undefined || cache.name === name)
  }

  private assignClients(): void {
    const { geography, caches } = this.delivery
    geography.assign((location) => caches[location]?.isDown !== true)
  }

  private note(kind: string, text: string): void {
    this.context.recorder.note({ component: this.context.id, kind, text })
  }

  private declareMetrics(): void {
    const { recorder, id } = this.context
    const { delivery, announcements, config } = this
    const count = config.locations.length
    const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0)
    const overEdges = (read: (cache: ObjectCache) => number): number =>
      delivery.caches.slice(0, count).reduce((total, cache) => total + read(cache), 0)
    recorder.counter(id, 'hits', 'fetches', () => overEdges(({ hits }) => hits))
    recorder.counter(id, 'misses', 'fetches', () => overEdges(({ misses }) => misses))
    recorder.counter(id, 'collapsed', 'fetches', () => delivery.collapsed)
    recorder.counter(id, 'stale', 'fetches', () => sum(delivery.stale))
    recorder.counter(id, 'egress_bytes', 'bytes', () => sum(delivery.egressBytes))
    recorder.counter(id, 'origin_bytes', 'bytes', () => delivery.originBytes)
    recorder.term(id, 'saved_km', 'km', () => delivery.directKm - delivery.travelledKm)
    recorder.term(id, 'travelled_km', 'km', () => delivery.travelledKm)
    recorder.term(id, 'edge_sum_km', 'km', () => delivery.edgeKm)
    recorder.term(id, 'direct_sum_km', 'km', () => delivery.directKm)
    recorder.term(id, 'located', 'fetches', () => delivery.located)
    recorder.counter(id, 'purges', 'purges', () => announcements.purges)
    recorder.counter(id, 'lost_purges', 'purges', () => announcements.lostPurges)
    for (const [location, { name }] of config.locations.entries()) {
      this.declareCache(name, location)
      recorder.counter(id, `${name}.egress_bytes`, 'bytes', () => delivery.egressBytes[location]!)
      recorder.counter(id, `${name}.stale`, 'fetches', () => delivery.stale[location]!)
    }
    if (config.shield !== undefined) this.declareCache(config.shield.name, count)
  }

  /** Figures of one cache; before the run starts there is none, and all are 0. */
  private declareCache(name: string, index: number): void {
    const { recorder, id } = this.context
    const { delivery } = this
    const of = (read: (cache: ObjectCache) => number) => (): number => {
      const cache = delivery.caches[index]
      return cache === undefined ? 0 : read(cache)
    }
    recorder.counter(
      id,
      `${name}.hits`,
      'fetches',
      of(({ hits }) => hits),
    )
    recorder.counter(
      id,
      `${name}.misses`,
      'fetches',
      of(({ misses }) => misses),
    )
    recorder.counter(
      id,
      `${name}.fills`,
      'objects',
      of(({ fills }) => fills),
    )
    recorder.counter(
      id,
      `${name}.evictions`,
      'objects',
      of(({ evictions }) => evictions),
    )
    recorder.counter(
      id,
      `${name}.expiries`,
      'objects',
      of(({ expiries }) => expiries),
    )
    recorder.gauge(
      id,
      `${name}.entries`,
      'objects',
      of(({ entries }) => entries),
    )
    recorder.gauge(
      id,
      `${name}.bytes`,
      'bytes',
      of(({ usedBytes }) => usedBytes),
    )
  }
}
