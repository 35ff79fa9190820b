// The servers of a database: primaries and replicas of every shard, each with a processor and a connection pool.
import type { Kernel } from '../../kernel/kernel.ts'
import { createProcessor } from '../../kernel/processor.ts'
import type { RandomStream } from '../../kernel/random.ts'
import { Slots } from '../../kernel/slots.ts'
import type { Patience, Station } from '../../kernel/station.ts'
import type { StationMeter } from '../../kernel/station-meter.ts'
import type { ModelContext } from '../../model/model.ts'
import type { DatabaseConfig } from './database.compile.ts'

/** Shards up to which each has figures of its own; above, the servers of one role share theirs. */
const SHARDS_SHOWN_MAX = 256

type ServerConfig = DatabaseConfig['primary'] | NonNullable<DatabaseConfig['replicas']>
type Role = 'primary' | 'replica'

/** Servers by index: shard after shard, the primary first, then its replicas in order. */
export class DatabaseServers {
  readonly shards: number
  /** Servers of one shard. */
  readonly perShard: number
  readonly stations: readonly Station[]
  /** Absent where connections are unlimited. */
  readonly pools: readonly (Slots | undefined)[]
  /** Whether a shard has figures of its own. */
  readonly showsShards: boolean
  private readonly context: ModelContext
  private readonly meters = new Map<string, StationMeter>()
  private readonly readShare: number
  /** Share of the reads that go to a replica up to this one. */
  private readonly cumulativeShares: Float64Array
  private readonly roleStream: RandomStream
  private readonly replicaStream: RandomStream

  constructor(config: DatabaseConfig, context: ModelContext) {
    const { primary, replicas, shards } = config
    this.context = context
    this.shards = shards
    this.perShard = 1 + (replicas?.count ?? 0)
    this.showsShards = shards > 1 && shards <= SHARDS_SHOWN_MAX
    this.readShare = replicas?.readShareRatio ?? 0
    this.cumulativeShares = cumulativeShares(replicas)
    this.roleStream = context.stream('read-role')
    this.replicaStream = context.stream('replica')
    const stations: Station[] = []
    const pools: (Slots | undefined)[] = []
    const patience = { primary: this.patienceOf(primary, 'primary'), replica: this.patienceOf(replicas, 'replica') }
    for (let shard = 0; shard < shards; shard++) {
      for (let place = 0; place < this.perShard; place++) {
        const role = place === 0 ? 'primary' : 'replica'
        const server = place === 0 ? primary : (replicas ?? primary)
        const name = this.showsShards ? `shard[${shard}].${role}` : role
        stations.push(this.processor(server, `${name}.cpu`, patience[role]))
        pools.push(this.pool(server, `${name}.pool`))
      }
    }
    this.stations = stations
    this.pools = pools
  }

  /** The server that takes the writes of a shard. */
  primaryOf(shard: number): number {
    return shard * this.perShard
  }

  /** A server for one read of a shard: a replica with the read share's probability, by weight; else the primary. */
  forRead(shard: number): number {
    const primary = shard * this.perShard
    if (this.readShare === 0) return primary
    if (this.readShare < 1 && this.roleStream.nextUnit() >= this.readShare) return primary
    const replicas = this.cumulativeShares.length
    if (replicas === 1) return primary + 1
    const u = this.replicaStream.nextUnit()
    let place = 0
    while (place < replicas - 1 && u >= this.cumulativeShares[place]!) place++
    return primary + 1 + place
  }

  private patienceOf(server: ServerConfig | undefined, role: Role): Patience | undefined {
    return server?.patienceNs === undefined ? undefined : this.context.sampler(server.patienceNs, `${role}.patience`)
  }

  private processor(server: ServerConfig, name: string, patience: Patience | undefined): Station {
    const { cores, scheduling, capacity } = server
    return createProcessor(this.kernel, this.meter(name, cores), { cores, scheduling, capacity, patience })
  }

  private pool({ pool }: ServerConfig, name: string): Slots | undefined {
    if (pool === undefined) return undefined
    const { max, acquireTimeoutNs, capacity = Infinity } = pool
    const patience = acquireTimeoutNs === undefined ? undefined : { next: () => acquireTimeoutNs }
    return new Slots(this.kernel, this.meter(name, max), 'fifo', { servers: max, capacity, patience })
  }

  /** The meter of that name, with `servers` more of what it measures. */
  private meter(name: string, servers: number): StationMeter {
    const meter = this.meters.get(name) ?? this.context.meter(name)
    this.meters.set(name, meter)
    meter.changeServers(this.kernel.nowNs, servers)
    return meter
  }

  private get kernel(): Kernel {
    return this.context.kernel
  }
}

function cumulativeShares(replicas: DatabaseConfig['replicas']): Float64Array {
  if (replicas === undefined) return new Float64Array(0)
  const weights = replicas.weights ?? Array.from({ length: replicas.count }, () => 1)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let sum = 0
  return Float64Array.from(weights, (weight) => (sum += weight) / total)
}
