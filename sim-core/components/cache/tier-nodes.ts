// The machines of one tier: the servers that work on its operations, and which of them are dead.
import { FRAME_ACTIVE, FRAME_DOOMED } from '../../kernel/frames.ts'
import { invariant } from '../../kernel/invariant.ts'
import { CAUSE_CANCELLED } from '../../kernel/outcome.ts'
import { QueueingServer } from '../../kernel/queueing-server.ts'
import type { Station } from '../../kernel/station.ts'
import { UseStation } from '../../kernel/station.ts'
import type { StationMeter } from '../../kernel/station-meter.ts'
import type { ModelContext } from '../../model/model.ts'
import type { CacheTierSpec } from './tier.schema.ts'

/** Nodes up to which each has figures of its own; above, all nodes of a tier share theirs. */
const NODES_SHOWN_MAX = 256

/** Servers by part of the tier, made when they are first used, and the nodes of a shared tier that are dead. */
export class TierNodes {
  /** Nodes that keep the keys of a shared tier; 1 for a tier of which every instance has its own. */
  readonly count: number
  private readonly spec: CacheTierSpec
  private readonly context: ModelContext
  private readonly isShared: boolean
  private readonly stations: (Station | undefined)[] = []
  /** By node: 1 when it is dead. */
  private readonly dead: Uint8Array
  private deadCount = 0
  private sharedMeter: StationMeter | undefined

  constructor(spec: CacheTierSpec, context: ModelContext) {
    this.spec = spec
    this.context = context
    this.isShared = spec.scope === 'shared'
    this.count = this.isShared ? spec.nodes : 1
    this.dead = new Uint8Array(this.count)
  }

  /** Whether the node that is this part of a shared tier is dead. */
  isDead(part: number): boolean {
    return this.deadCount > 0 && this.dead[part] === 1
  }

  /** The server of that part; only tiers with `servers` have any. */
  stationAt(part: number): Station {
    return this.stations[part] ?? this.createStation(part)
  }

  /** Makes the servers of a shared tier. */
  start(): void {
    if (this.spec.servers === undefined) return
    for (let node = 0; this.isShared && node < this.count; node++) this.stationAt(node)
  }

  /** The node dies; who used or awaited its server goes on at once, as with a connection that is reset. False if it was dead. */
  kill(node: number): boolean {
    if (this.dead[node] === 1) return false
    this.dead[node] = 1
    this.deadCount++
    const station = this.stations[node]
    if (station !== undefined) this.sendAway(station)
    return true
  }

  /** The node is there again; false if it was. */
  restore(node: number): boolean {
    if (this.dead[node] === 0) return false
    this.dead[node] = 0
    this.deadCount--
    return true
  }

  /** Its server works at `speed` times its nominal rate. */
  setSpeed(node: number, speed: number): void {
    this.stationAt(node).setSpeed(speed)
  }

  /** Whoever is at a station leaves it, and enters its own instruction again, which finds the node dead. */
  private sendAway(station: Station): void {
    const { kernel } = this.context
    const { frames, instructions } = kernel
    for (let frame = 0; frame < frames.highWater; frame++) {
      if (frames.state(frame) <= FRAME_ACTIVE) continue
      const pc = frames.pc(frame)
      const instruction = instructions[pc]
      if (!(instruction instanceof UseStation) || instruction.stationOf(frame) !== station) continue
      const isWithdrawn = frames.state(frame) === FRAME_DOOMED
      instruction.withdraw(frame, true)
      kernel.resume(frame, isWithdrawn ? kernel.fail(frame, CAUSE_CANCELLED, instruction) : pc)
    }
  }

  private createStation(part: number): Station {
    const { kernel } = this.context
    const { servers } = this.spec
    invariant(servers !== undefined, 'a tier without servers is never waited for')
    const meter = this.meterOf(part)
    meter.changeServers(kernel.nowNs, servers)
    const station = new QueueingServer(kernel, meter, 'fifo', { servers, capacity: Infinity })
    while (this.stations.length <= part) this.stations.push(undefined)
    this.stations[part] = station
    return station
  }

  private meterOf(part: number): StationMeter {
    if (this.isShared && this.count > 1 && this.count <= NODES_SHOWN_MAX) {
      return this.context.meter(`${this.spec.name}.node[${part}]`)
    }
    this.sharedMeter ??= this.context.meter(`${this.spec.name}.node`)
    return this.sharedMeter
  }
}
