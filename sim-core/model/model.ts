// What the behaviour of a component gets from the engine and gives to it.
import type { Instruction } from '../kernel/instruction.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { PlanInstruction } from '../kernel/program.ts'
import type { RandomStream } from '../kernel/random.ts'
import type { StationMeter } from '../kernel/station-meter.ts'
import type { Sampler } from '../distributions/distribution.ts'
import type { DistributionSpec } from '../distributions/registry.ts'
import type { RankSampler } from '../distributions/zipf.ts'
import type { Recorder } from '../metrics/recorder.ts'
import type { PlanEndpoint, PlanPopulation } from './plan-parts.ts'

/** The engine as one component sees it. */
export interface ModelContext {
  readonly kernel: Kernel
  readonly recorder: Recorder
  /** Id of the component in the scenario, such as `catalog`. */
  readonly id: string
  /** Index of the component in the plan. */
  readonly component: number
  /** [instruction] = index of the service whose frames run it, or -1. */
  readonly serviceOfPc: Int32Array
  /** End of the run in ns. */
  readonly endNs: number
  /** By index, as in the plan. */
  readonly endpoints: readonly PlanEndpoint[]
  /** First instruction of each endpoint. */
  readonly entries: Int32Array
  readonly populations: readonly PlanPopulation[]
  /** The random stream "component/purpose"; nobody else's draws depend on whether it exists. */
  stream(purpose: string): RandomStream
  /** Draws from a distribution on the stream "component/purpose". */
  sampler(distribution: DistributionSpec, purpose: string): Sampler
  /** Draws from a distribution on a stream named in the plan. */
  namedSampler(distribution: DistributionSpec, stream: string): Sampler
  /** Draws keys (ranks from 0) of a population by its popularity, on a stream of this component's own. */
  keySampler(population: number): RankSampler
  /** A meter for a group of like stations of this component, by name. */
  meter(name: string): StationMeter
  /** Tells every model that an instance of this service has just started, cold. */
  instanceStarted(instance: number): void
  /**
   * Tells every model that an instance of this service is gone, with what it kept in memory: it died, or has answered all
   * that it had and shuts down.
   */
  instanceEnded(instance: number, died: boolean): void
  /** The model of another component of the plan, by index. Models are created in plan order; ask in `start` or later. */
  model(index: number): Model
}

/**
 * What can happen to a component by hand or by a `faults` entry. Absent where it makes no sense for the kind. A component
 * whose parts come in groups, as the nodes of the tiers of a cache do, is told the name of the group as well.
 */
export interface Breakable {
  /** Stops `count` working instances (all when undefined, or the one at `part`); requests in them fail. */
  kill?(part: number | undefined, count: number | undefined, group?: string): void
  /** Starts again what was killed. */
  restore?(part: number | undefined, group?: string): void
  /** Serves at `speed` times its nominal rate, 0 being frozen. */
  setSpeed?(part: number | undefined, speed: number, group?: string): void
}

/** The behaviour of one component in one run. */
export interface Model extends Breakable {
  /** Makes the object of one of the plan's instructions that this component owns. */
  instruction(plan: PlanInstruction, pc: number): Instruction
  /** Called once, at time 0, after all instructions exist and before the first event. */
  start?(): void
  /** An instance of a service, by component index, has started anew; what the one before it kept in memory is gone. */
  instanceStarted?(service: number, instance: number): void
  /** An instance of a service, by component index, is gone: it died, or has answered all that it had and shuts down. */
  instanceEnded?(service: number, instance: number, died: boolean): void
}
