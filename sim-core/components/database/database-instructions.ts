// The instructions of a query: choose the server, take a connection, use the processor, give the connection back.
import type { Sampler } from '../../distributions/distribution.ts'
import { crc32OfDecimal } from '../../hashing/crc32.ts'
import { invariant } from '../../kernel/invariant.ts'
import { PlainInstruction } from '../../kernel/kernel.ts'
import type { Kernel } from '../../kernel/kernel.ts'
import { CAUSE_POOL_TIMEOUT } from '../../kernel/outcome.ts'
import type { PlanInstruction } from '../../kernel/program.ts'
import type { Slots } from '../../kernel/slots.ts'
import { AcquireSlot } from '../../kernel/slots.ts'
import type { Station } from '../../kernel/station.ts'
import { UseStation } from '../../kernel/station.ts'
import type { RouteData } from './database.compile.ts'
import type { DatabaseServers } from './database-servers.ts'

/** Chooses the server of the present query; its index stays in the frame's `target` until the query ends. */
export class Route extends PlainInstruction {
  private readonly kernel: Kernel
  private readonly next: number
  private readonly servers: DatabaseServers
  private readonly queries: Float64Array
  private readonly reads: boolean
  private readonly shard: number
  private readonly population: number

  /** @param queries counts of queries by server */
  constructor(kernel: Kernel, plan: PlanInstruction, servers: DatabaseServers, queries: Float64Array) {
    super(plan.handler)
    const { kind, shard, population } = plan.data as unknown as RouteData
    this.kernel = kernel
    this.next = plan.next
    this.servers = servers
    this.queries = queries
    this.reads = kind === 'read'
    this.shard = shard ?? -1
    this.population = population ?? -1
  }

  enter(frame: number): number {
    const { frames } = this.kernel
    const shard = this.shard >= 0 ? this.shard : this.shardOf(frames.key(frame, this.population))
    const server = this.reads ? this.servers.forRead(shard) : this.servers.primaryOf(shard)
    frames.setTarget(frame, server)
    this.queries[server] = this.queries[server]! + 1
    return this.next
  }

  /** Shard of a key: crc32 of its decimal digits, modulo the number of shards. */
  private shardOf(key: number): number {
    invariant(key >= 0, 'a query is routed by a key that its request carries')
    return crc32OfDecimal(key) % this.servers.shards
  }
}

/** Takes a connection of the chosen server, waiting for it if need be. */
export class AcquireConnection extends AcquireSlot {
  private readonly next: number
  private readonly pools: readonly (Slots | undefined)[]

  constructor(kernel: Kernel, plan: PlanInstruction, servers: DatabaseServers) {
    super(kernel, plan.next, plan.handler, CAUSE_POOL_TIMEOUT)
    this.next = plan.next
    this.pools = servers.pools
  }

  override enter(frame: number): number {
    return this.pools[this.kernel.frames.target(frame)] === undefined ? this.next : super.enter(frame)
  }

  protected override slotsOf(frame: number): Slots {
    return this.pools[this.kernel.frames.target(frame)]!
  }
}

/** Gives the connection back; runs on the way out of a failure too, which then goes on to its handler. */
export class ReleaseConnection extends PlainInstruction {
  private readonly kernel: Kernel
  private readonly next: number
  private readonly pools: readonly (Slots | undefined)[]

  constructor(kernel: Kernel, plan: PlanInstruction, servers: DatabaseServers) {
    super(plan.handler)
    this.kernel = kernel
    this.next = plan.next
    this.pools = servers.pools
  }

  enter(frame: number): number {
    const { frames } = this.kernel
    this.pools[frames.target(frame)]?.release()
    return frames.cause(frame) === 0 ? this.next : this.handler
  }
}

/** Uses the processor of the chosen server for the demand of the query's class. */
export class Work extends UseStation {
  private readonly stations: readonly Station[]
  private readonly demand: Sampler

  constructor(kernel: Kernel, plan: PlanInstruction, servers: DatabaseServers, demand: Sampler) {
    super(kernel, plan.next, plan.handler)
    this.stations = servers.stations
    this.demand = demand
  }

  override stationOf(frame: number): Station {
    return this.stations[this.kernel.frames.target(frame)]!
  }

  protected override drawWork(frame: number): void {
    this.demand.drawNs(this.frames.doubles, this.frames.workSlot(frame))
  }
}
