// What the operator tells the locations: purges of objects that have changed, and pushes at the start of the run.
import type { Sampler } from '../../distributions/distribution.ts'
import { PRIORITY_CONTROL } from '../../kernel/event-queue.ts'
import type { Actor } from '../../kernel/instruction.ts'
import type { PlanInstruction } from '../../kernel/program.ts'
import type { RandomStream } from '../../kernel/random.ts'
import { roundNs } from '../../kernel/time.ts'
import { Timer } from '../../kernel/timer.ts'
import type { ModelContext } from '../../model/model.ts'
import type { CdnConfig } from './cdn.compile.ts'
import type { Delivery } from './delivery.ts'
import { ObjectInstruction } from './object-instruction.ts'
import { pushKeys } from './pushed-keys.ts'

/** Sends news to every cache of a network; each arrives after a delay of its own, and some never do. */
export class Announcements {
  /** Purges that some location did not hear of, each location counted. */
  lostPurges = 0
  purges = 0
  private readonly delivery: Delivery
  private readonly config: CdnConfig
  private readonly delay: Sampler | undefined
  private readonly failureRatio: number
  private readonly failures: RandomStream
  /** Actors whose purge has arrived, to be used again. */
  private readonly idle: PurgeArrival[] = []

  constructor(config: CdnConfig, delivery: Delivery, context: ModelContext) {
    const { delayNs, failureRatio } = config.propagation
    this.delivery = delivery
    this.config = config
    this.delay = delayNs === undefined ? undefined : context.sampler(delayNs, 'propagation.delay')
    this.failureRatio = failureRatio
    this.failures = context.stream('propagation.failure')
  }

  /** The object has changed: every cache forgets it when it hears of that. */
  purge(key: number): void {
    const { delivery } = this
    this.purges++
    delivery.change(key)
    for (let cache = 0; cache < delivery.caches.length; cache++) {
      if (this.isLost()) this.lostPurges++
      else this.send(key, cache)
    }
  }

  /** Sends what is pushed at the start. The caches exist. */
  push(): void {
    const { delivery, config } = this
    if (config.push.length === 0) return
    for (const cache of delivery.caches) {
      const arrive = (nowNs: number): void => pushKeys(cache, config, delivery.keys, nowNs, () => this.isLost())
      const delayNs = this.drawDelayNs()
      if (delayNs === 0) arrive(0)
      else new Timer(delivery.kernel, PRIORITY_CONTROL, arrive).set(delayNs)
    }
  }

  /** A purge has arrived. */
  arrived(arrival: PurgeArrival): void {
    this.delivery.caches[arrival.cache]!.forget(arrival.key)
    this.idle.push(arrival)
  }

  private send(key: number, cache: number): void {
    const { kernel, clock, caches } = this.delivery
    const delayNs = this.drawDelayNs()
    if (delayNs === 0) {
      caches[cache]!.forget(key)
      return
    }
    const arrival = this.idle.pop() ?? this.createArrival()
    arrival.key = key
    arrival.cache = cache
    kernel.schedule(clock[0]! + delayNs, PRIORITY_CONTROL, arrival.payload)
  }

  private createArrival(): PurgeArrival {
    const arrival = new PurgeArrival(this)
    arrival.payload = this.delivery.kernel.addActor(arrival)
    return arrival
  }

  private drawDelayNs(): number {
    return this.delay === undefined ? 0 : roundNs(this.delay.next())
  }

  private isLost(): boolean {
    return this.failureRatio > 0 && this.failures.nextUnit() < this.failureRatio
  }
}

/** A purge on its way to one cache. */
class PurgeArrival implements Actor {
  key = 0
  cache = 0
  payload = 0
  private readonly announcements: Announcements

  constructor(announcements: Announcements) {
    this.announcements = announcements
  }

  fire(): void {
    this.announcements.arrived(this)
  }
}

/** Tells all locations that the object which the request is about has changed, and goes on at once. */
export class Purge extends ObjectInstruction {
  private readonly announcements: Announcements

  constructor(plan: PlanInstruction, delivery: Delivery, announcements: Announcements) {
    super(plan, delivery)
    this.announcements = announcements
  }

  enter(frame: number): number {
    this.announcements.purge(this.keyOf(frame))
    return this.next
  }
}
