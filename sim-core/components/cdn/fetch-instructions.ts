// The instructions of a fetch, but for waiting for another one of the same key.
import type { Sampler } from '../../distributions/distribution.ts'
import { PARKED } from '../../kernel/instruction.ts'
import { PlainInstruction } from '../../kernel/kernel.ts'
import { CAUSE_NO_HEALTHY_INSTANCE } from '../../kernel/outcome.ts'
import type { PlanInstruction } from '../../kernel/program.ts'
import type { RandomStream } from '../../kernel/random.ts'
import { PART_NETWORK } from '../../kernel/trace.ts'
import type { PlanClients, TravelData } from './cdn.compile.ts'
import type { Delivery } from './delivery.ts'
import { ObjectInstruction } from './object-instruction.ts'

/** Draws where the client is, finds its location, and draws the last mile. */
export class Choose extends PlainInstruction {
  private readonly delivery: Delivery
  private readonly clients: readonly PlanClients[]
  private readonly stream: RandomStream
  private readonly lastMile: Sampler | undefined
  private readonly next: number

  constructor(
    plan: PlanInstruction,
    delivery: Delivery,
    clients: readonly PlanClients[],
    stream: RandomStream,
    lastMile: Sampler | undefined,
  ) {
    super(plan.handler)
    this.delivery = delivery
    this.clients = clients
    this.stream = stream
    this.lastMile = lastMile
    this.next = plan.next
  }

  enter(frame: number): number {
    const { delivery, lastMile } = this
    const { rows, geography } = delivery
    const client = this.drawClient()
    const location = geography.servedBy[client]!
    if (location < 0) return delivery.kernel.fail(frame, CAUSE_NO_HEALTHY_INSTANCE, this)
    rows.client[frame] = client
    rows.location[frame] = location
    if (lastMile === undefined) rows.lastMileNs[frame] = 0
    else lastMile.drawNs(rows.lastMileNs, frame)
    return this.next
  }

  private drawClient(): number {
    const { clients } = this
    const last = clients.length - 1
    if (last === 0) return 0
    const u = this.stream.nextUnit()
    let client = 0
    while (client < last && u >= clients[client]!.cumulativeShare) client++
    return client
  }
}

/** Half a round trip between two places. A withdrawn frame leaves at once; one that fails on the way has no way back. */
export class Travel extends PlainInstruction {
  private readonly delivery: Delivery
  private readonly next: number
  private readonly isWayBack: boolean
  private readonly isToEdge: boolean
  /** [location] of the legs beyond it. */
  private readonly roundTripNs: Float64Array
  private readonly km: Float64Array

  constructor(plan: PlanInstruction, delivery: Delivery) {
    super(plan.handler)
    const { leg, isWayBack } = plan.data as unknown as TravelData
    const { geography } = delivery
    this.delivery = delivery
    this.next = plan.next
    this.isWayBack = isWayBack
    this.isToEdge = leg === 'to_edge'
    const legs = {
      to_edge: [geography.clientNs, geography.clientKm],
      edge_to_shield: [geography.shieldNs, geography.shieldKm],
      edge_to_origin: [geography.originNs, geography.originKm],
      shield_to_origin: [geography.beyondShieldNs, geography.beyondShieldKm],
    } as const
    this.roundTripNs = legs[leg][0]
    this.km = legs[leg][1]
  }

  enter(frame: number): number {
    const { delivery } = this
    const { kernel, frames } = delivery
    const roundTripNs = this.isToEdge ? this.clientRoundTripNs(frame) : this.beyond(frame)
    // The halves of an odd number of nanoseconds make up the whole.
    const halfNs = Math.floor(roundTripNs / 2)
    const workNs = this.isWayBack ? roundTripNs - halfNs : halfNs
    if (workNs === 0) return this.next
    frames.setWorkNs(frame, workNs)
    frames.addNetworkNs(frame, workNs)
    kernel.parkForWork(frame)
    return PARKED
  }

  override wake(frame: number): number {
    const { kernel, frames, clock } = this.delivery
    if (frames.trace(frame) >= 0) kernel.traceSegment(frame, PART_NETWORK, frames.sinceNs(frame), clock[0]!)
    return frames.cause(frame) === 0 ? this.next : this.handler
  }

  override withdraw(frame: number): boolean {
    const { frames, clock } = this.delivery
    // The part counted the whole way in advance.
    frames.addNetworkNs(frame, clock[0]! - frames.wakeNs(frame))
    frames.setWakeNs(frame, NaN)
    return true
  }

  private clientRoundTripNs(frame: number): number {
    const { rows, geography } = this.delivery
    return (
      rows.lastMileNs[frame]! + this.roundTripNs[rows.client[frame]! * geography.locations + rows.location[frame]!]!
    )
  }

  /** The round trip of a leg beyond the location; its distance is counted once, with the object on the way back. */
  private beyond(frame: number): number {
    const location = this.delivery.rows.location[frame]!
    if (this.isWayBack) this.delivery.travelled(frame, this.km[location]!)
    return this.roundTripNs[location]!
  }
}

/** Looks into the cache of the location or of the shield. */
export class Lookup extends ObjectInstruction {
  private readonly found: number

  constructor(plan: PlanInstruction, delivery: Delivery) {
    super(plan, delivery)
    this.found = plan.targets['found']!
  }

  enter(frame: number): number {
    const { delivery } = this
    const cache = delivery.caches[delivery.cacheIndex(frame, this.isAtShield)]!
    const entry = cache.lookUp(this.keyOf(frame), delivery.clock[0]!)
    if (entry < 0) return this.next
    cache.hits++
    delivery.rows.version[frame] = cache.versionOf(entry)
    delivery.rows.expiresAtNs[frame] = cache.expiresAtNs(entry)
    return this.found
  }
}

/** The fetch goes on beyond this cache. */
export class CountMiss extends ObjectInstruction {
  enter(frame: number): number {
    const { delivery } = this
    delivery.caches[delivery.cacheIndex(frame, this.isAtShield)]!.misses++
    return this.next
  }
}

/** The origin has answered, with the present version and a life that begins now. */
export class ReadOrigin extends ObjectInstruction {
  enter(frame: number): number {
    const { delivery } = this
    const key = this.keyOf(frame)
    delivery.sentByOrigin(delivery.keys.sizeBytes(key))
    delivery.rows.version[frame] = delivery.currentVersion(key)
    delivery.rows.expiresAtNs[frame] = delivery.clock[0]! + delivery.ttlNs
    return this.next
  }
}

/** Keeps what has arrived. */
export class Fill extends ObjectInstruction {
  enter(frame: number): number {
    const { delivery } = this
    const { rows } = delivery
    const cache = delivery.caches[delivery.cacheIndex(frame, this.isAtShield)]!
    cache.fill(this.keyOf(frame), rows.version[frame]!, rows.expiresAtNs[frame]!, delivery.clock[0]!)
    return this.next
  }
}

/** The location sends the object to the client. */
export class Answer extends ObjectInstruction {
  enter(frame: number): number {
    this.delivery.answered(frame, this.keyOf(frame))
    return this.next
  }
}
