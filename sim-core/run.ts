// Runs one replication of a plan: the one entry that a worker calls.
import { catalog } from './catalog.ts'
import { createSampler } from './distributions/registry.ts'
import type { DistributionSpec } from './distributions/registry.ts'
import { ZipfTable } from './distributions/zipf.ts'
import type { RankSampler } from './distributions/zipf.ts'
import type { PlanFault } from './components/fault/fault.model.ts'
import { FaultModel } from './components/fault/fault.model.ts'
import { PRIORITY_MEASUREMENT } from './kernel/event-queue.ts'
import { Frames } from './kernel/frames.ts'
import { invariant } from './kernel/invariant.ts'
import { Kernel } from './kernel/kernel.ts'
import { kernelInstruction } from './kernel/kernel-instructions.ts'
import { KERNEL } from './kernel/program.ts'
import { RandomStreams } from './kernel/random.ts'
import { Timer } from './kernel/timer.ts'
import { Recorder } from './metrics/recorder.ts'
import type { ReplicationResult, RunSnapshot } from './metrics/replication-result.ts'
import type { Model, ModelContext } from './model/model.ts'
import type { Plan } from './model/plan.ts'

/** One replication under way. */
export interface Run {
  /** Processes at most `eventsMax` events; false when the run is over. */
  step(eventsMax: number): boolean
  /** Simulated time reached, in ns, and the end of the run. */
  readonly nowNs: number
  readonly endNs: number
  /** Client requests so far. */
  readonly requests: number
  /** Buckets that are closed so far. */
  readonly bucketsClosed: number
  /** How things stand now. Looking changes nothing of what follows. */
  snapshot(): RunSnapshot
  /**
   * What the closed buckets from `fromBucket` on measured and the entries of the timeline from `fromEvent` on, without
   * traces. Reading changes nothing of what follows.
   */
  read(fromBucket: number, fromEvent: number): ReplicationResult
  /** Breaks something at the instant that the fault says, now or later, as a `faults` entry of the plan would. */
  inject(fault: PlanFault): void
  /** What was measured so far; the run is over afterwards. `partial` when it was stopped early. */
  finish(): ReplicationResult
}

/**
 * Sets a replication up. The same plan, seed and replication give the same run, event by event, on every engine and for
 * any step size.
 */
export function createRun(plan: Plan, seed: number, replication: number): Run {
  return new PlanRun(plan, new RandomStreams(seed, replication), replication)
}

class PlanRun implements Run {
  readonly endNs: number
  private readonly kernel: Kernel
  private readonly recorder: Recorder
  private readonly plan: Plan
  private readonly streams: RandomStreams
  private readonly replication: number
  private readonly models: readonly Model[]
  private readonly entries: Int32Array
  private readonly serviceOfPc: Int32Array
  private readonly zipfTables = new Map<string, ZipfTable>()
  private readonly faults: FaultModel
  private complete = false

  constructor(plan: Plan, streams: RandomStreams, replication: number) {
    this.plan = plan
    this.streams = streams
    this.replication = replication
    this.endNs = plan.measurement.durationNs
    this.kernel = new Kernel(new Frames(plan.inFlightMax, plan.populations.length))
    this.entries = Int32Array.from(plan.endpoints, ({ entry }) => entry)
    this.serviceOfPc = Int32Array.from(plan.instructions, ({ service }) => service)
    this.recorder = new Recorder({
      kernel: this.kernel,
      endpointIds: plan.endpoints.map(({ id }) => id),
      causes: plan.causes.length,
      endpointOfPc: Int32Array.from(plan.instructions, ({ endpoint }) => endpoint),
      traceStride: plan.measurement.traceStride,
    })
    this.models = plan.components.map(({ kind, config }, component) => {
      const definition = catalog.find((entry) => entry.kind === kind)
      invariant(definition !== undefined, 'a plan has a component of a kind that the catalog does not list')
      return definition.create(config, this.contextOf(component))
    })
    this.faults = this.models.find((model) => model instanceof FaultModel) ?? new FaultModel([], this.contextOf(-1))
    this.createInstructions()
    this.scheduleMeasurement()
    for (const model of this.models) model.start?.()
  }

  get nowNs(): number {
    return this.kernel.nowNs
  }

  get requests(): number {
    return this.recorder.client.arrivalsTotal
  }

  step(eventsMax: number): boolean {
    const { eventsMax: limit } = this.plan
    const left = limit === null ? eventsMax : Math.min(eventsMax, limit - this.kernel.eventsDone)
    return left > 0 && this.kernel.step(left)
  }

  get bucketsClosed(): number {
    return this.recorder.bucketsClosed
  }

  snapshot(): RunSnapshot {
    return this.recorder.snapshot()
  }

  read(fromBucket: number, fromEvent: number): ReplicationResult {
    return this.recorder.read(this.replication, fromBucket, fromEvent)
  }

  inject(fault: PlanFault): void {
    this.faults.inject(fault)
  }

  finish(): ReplicationResult {
    if (!this.complete) this.recorder.closeBucket(this.kernel.nowNs)
    this.kernel.finished = true
    return this.recorder.finish(this.replication, !this.complete)
  }

  private createInstructions(): void {
    const sources = {
      kernel: this.kernel,
      entries: this.entries,
      stream: (name: string) => this.streams.stream(name),
      sampler: (distribution: unknown, stream: string) =>
        createSampler(distribution as DistributionSpec, this.streams.stream(stream)),
    }
    for (const [pc, instruction] of this.plan.instructions.entries()) {
      const { owner } = instruction
      this.kernel.instructions.push(
        owner === KERNEL ? kernelInstruction(instruction, sources) : this.models[owner]!.instruction(instruction, pc),
      )
    }
  }

  /** Closes a bucket every so often, and the last one at the end of the run. */
  private scheduleMeasurement(): void {
    const { bucketNs } = this.plan.measurement
    const timer = new Timer(this.kernel, PRIORITY_MEASUREMENT, (nowNs) => {
      this.recorder.closeBucket(nowNs)
      if (nowNs < this.endNs) timer.set(Math.min(nowNs + bucketNs, this.endNs))
      else {
        this.complete = true
        this.kernel.finished = true
      }
    })
    timer.set(Math.min(bucketNs, this.endNs))
  }

  private contextOf(component: number): ModelContext {
    const { plan, streams } = this
    const id = plan.components[component]?.id ?? 'injected'
    return {
      kernel: this.kernel,
      recorder: this.recorder,
      id,
      component,
      serviceOfPc: this.serviceOfPc,
      endNs: this.endNs,
      endpoints: plan.endpoints,
      entries: this.entries,
      populations: plan.populations,
      stream: (purpose) => streams.stream(`${id}/${purpose}`),
      sampler: (distribution, purpose) => createSampler(distribution, streams.stream(`${id}/${purpose}`)),
      namedSampler: (distribution, stream) => createSampler(distribution, streams.stream(stream)),
      keySampler: (population) => this.keySampler(id, population),
      meter: (name) => this.recorder.meter(id, name),
      instanceStarted: (instance) => {
        for (const model of this.models) model.instanceStarted?.(component, instance)
      },
      instanceEnded: (instance, died) => {
        for (const model of this.models) model.instanceEnded?.(component, instance, died)
      },
      model: (index) => this.models[index]!,
    }
  }

  /** Tables are large and depend on the population alone, so sources share them. */
  private keySampler(id: string, population: number): RankSampler {
    const { count, exponent, id: name } = this.plan.populations[population]!
    const stream = this.streams.stream(`${id}/key of ${name}`)
    const key = `${count} ${exponent}`
    let table = this.zipfTables.get(key)
    if (table === undefined) {
      table = new ZipfTable(count, exponent)
      this.zipfTables.set(key, table)
    }
    return table.sampler(stream)
  }
}
