// A database in one run: its servers, what queries do there, and what is counted.
import type { Sampler } from '../../distributions/distribution.ts'
import type { Instruction } from '../../kernel/instruction.ts'
import { invariant } from '../../kernel/invariant.ts'
import type { PlanInstruction } from '../../kernel/program.ts'
import type { Model, ModelContext } from '../../model/model.ts'
import type { DatabaseConfig, WorkData } from './database.compile.ts'
import { AcquireConnection, ReleaseConnection, Route, Work } from './database-instructions.ts'
import { DatabaseServers } from './database-servers.ts'

/** The behaviour of one database. Parts, for faults, are its shards. */
export class DatabaseModel implements Model {
  private readonly context: ModelContext
  private readonly servers: DatabaseServers
  private readonly demands: ReadonlyMap<string, Sampler>
  /** Queries that were sent to each server. */
  private readonly queries: Float64Array

  constructor(config: DatabaseConfig, context: ModelContext) {
    this.context = context
    this.servers = new DatabaseServers(config, context)
    this.queries = new Float64Array(this.servers.stations.length)
    this.demands = new Map(
      Object.entries(config.classes).map(([id, { demandNs }]) => [id, context.sampler(demandNs, `${id}.demand`)]),
    )
    this.declareMetrics()
  }

  instruction(plan: PlanInstruction): Instruction {
    const { kernel } = this.context
    switch (plan.op) {
      case 'route':
        return new Route(kernel, plan, this.servers, this.queries)
      case 'acquire':
        return new AcquireConnection(kernel, plan, this.servers)
      case 'release':
        return new ReleaseConnection(kernel, plan, this.servers)
      default:
        return this.work(plan)
    }
  }

  setSpeed(shard: number | undefined, speed: number): void {
    const { stations, perShard, shards } = this.servers
    invariant(shard === undefined || shard < shards, 'a fault strikes a shard that exists')
    const affected = shard === undefined ? stations : stations.slice(shard * perShard, (shard + 1) * perShard)
    for (const station of affected) station.setSpeed(speed)
  }

  private work(plan: PlanInstruction): Instruction {
    invariant(plan.op === 'work', 'a database knows its instructions')
    const demand = this.demands.get((plan.data as unknown as WorkData).class)
    invariant(demand !== undefined, 'a query names a class of its database')
    return new Work(this.context.kernel, plan, this.servers, demand)
  }

  private declareMetrics(): void {
    const { recorder, id } = this.context
    const { shards, perShard, showsShards } = this.servers
    const counter = (metric: string, read: () => number): void => recorder.counter(id, metric, 'queries', read)
    counter('queries', () => this.queriesOf(0, this.queries.length))
    counter('primary.queries', () => this.queriesOfPrimaries())
    if (perShard > 1) {
      counter('replica.queries', () => this.queriesOf(0, this.queries.length) - this.queriesOfPrimaries())
    }
    if (shards === 1) return
    recorder.gauge(id, 'skew', '', () => this.skew())
    for (let shard = 0; shard < (showsShards ? shards : 0); shard++) {
      counter(`shard[${shard}].queries`, () => this.queriesOf(shard * perShard, (shard + 1) * perShard))
    }
  }

  /** Queries that went to servers `from` to `to - 1`. */
  private queriesOf(from: number, to: number): number {
    let sum = 0
    for (let server = from; server < to; server++) sum += this.queries[server]!
    return sum
  }

  private queriesOfPrimaries(): number {
    let sum = 0
    for (let server = 0; server < this.queries.length; server += this.servers.perShard) sum += this.queries[server]!
    return sum
  }

  /** Queries of the busiest shard over the mean of all, so far; 1 before the first query. */
  private skew(): number {
    const { shards, perShard } = this.servers
    let most = 0
    let total = 0
    for (let shard = 0; shard < shards; shard++) {
      const queries = this.queriesOf(shard * perShard, (shard + 1) * perShard)
      most = Math.max(most, queries)
      total += queries
    }
    return total === 0 ? 1 : (most * shards) / total
  }
}
