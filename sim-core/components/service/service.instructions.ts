// The instructions of a service: dispatch to an instance, take and give back a worker, use the processor, answer.
import type { Sampler } from '../../distributions/distribution.ts'
import type { DistributionSpec } from '../../distributions/registry.ts'
import type { Frames } from '../../kernel/frames.ts'
import { NONE } from '../../kernel/frames.ts'
import type { Instruction } from '../../kernel/instruction.ts'
import { PARKED } from '../../kernel/instruction.ts'
import { invariant } from '../../kernel/invariant.ts'
import type { Kernel } from '../../kernel/kernel.ts'
import { PlainInstruction } from '../../kernel/kernel.ts'
import {
  CAUSE_ABANDONED_QUEUE,
  CAUSE_CANCELLED,
  CAUSE_INSTANCE_KILLED,
  CAUSE_NO_HEALTHY_INSTANCE,
} from '../../kernel/outcome.ts'
import type { PlanInstruction } from '../../kernel/program.ts'
import type { Slots } from '../../kernel/slots.ts'
import { AcquireSlot, ReleaseSlot } from '../../kernel/slots.ts'
import type { Station } from '../../kernel/station.ts'
import { UseStation } from '../../kernel/station.ts'
import type { EndpointRecorder } from '../../metrics/endpoint-recorder.ts'
import type { RequestTally } from '../../metrics/request-tally.ts'
import type { Recorder } from '../../metrics/recorder.ts'
import type { Balancer } from './balancing/balancer.ts'
import type { Instance } from './instance.ts'
import type { Placement } from './placement.ts'
import type { ServiceModel } from './service.model.ts'

// A module's own constants are folded into the code; imported ones are read and checked each time.
/** Parent of a client's own request; an abandoned call has a smaller one. */
const ROOT = NONE
const DONE = PARKED

/** Data of the words `dispatch` and `return`. */
export interface EndpointData {
  readonly endpoint: number
  /** Replaces the priority that the request came with. */
  readonly priority?: number
}

/** Data of the word `cpu`. */
export interface CpuData {
  readonly duration: DistributionSpec
  readonly stream: string
}

/** Makes the object of one of a service's instructions. */
export function serviceInstruction(model: ServiceModel, plan: PlanInstruction): Instruction {
  switch (plan.op) {
    case 'dispatch':
      return new Dispatch(model, plan)
    case 'acquire_worker':
      return new AcquireWorker(model, plan)
    case 'cpu':
      return new UseProcessor(model, plan)
    case 'release_worker':
      return new ReleaseWorker(model, plan)
    default:
      invariant(plan.op === 'return', 'a service owns an instruction that it does not know')
      return new Return(model, plan)
  }
}

/** Chooses the instance; from here on the request counts as arrived at the endpoint. */
class Dispatch extends PlainInstruction {
  private readonly kernel: Kernel
  private readonly frames: Frames
  private readonly placement: Placement
  private readonly balancer: Balancer
  private readonly isPlain: boolean
  private readonly picks: Float64Array
  private readonly instances: readonly Instance[]
  private readonly direct: RequestTally
  private readonly nested: RequestTally
  private readonly nextPc: number
  private readonly priority: number

  constructor(model: ServiceModel, plan: PlanInstruction) {
    super(plan.handler)
    const data = plan.data as unknown as EndpointData
    this.kernel = model.context.kernel
    this.frames = this.kernel.frames
    this.placement = model.placement
    this.balancer = model.placement.balancer
    this.isPlain = model.placement.isPlain
    this.picks = model.placement.picks
    this.instances = model.instances
    this.direct = model.context.recorder.direct[data.endpoint]!
    this.nested = model.context.recorder.nested[data.endpoint]!
    this.nextPc = plan.next
    this.priority = data.priority ?? NONE
  }

  enter(frame: number): number {
    const tally = this.frames.parent(frame) === ROOT ? this.direct : this.nested
    tally.arrived()
    if (this.priority >= 0) this.frames.setPriority(frame, this.priority)
    const index = this.isPlain ? this.balancer.pick(-1) : this.placement.pick(frame)
    if (index < 0) return this.kernel.fail(frame, CAUSE_NO_HEALTHY_INSTANCE, this)
    const instance = this.instances[index]!
    this.balancer.opened(index)
    instance.outstanding++
    this.picks[index] = this.picks[index]! + 1
    this.frames.setInstance(frame, index)
    if (instance.state === 'ready' || instance.state === 'draining') return this.nextPc
    this.placement.pickedStale()
    return this.kernel.fail(frame, CAUSE_INSTANCE_KILLED, this)
  }
}

class AcquireWorker extends AcquireSlot {
  private readonly model: ServiceModel

  constructor(model: ServiceModel, plan: PlanInstruction) {
    super(model.context.kernel, plan.next, plan.handler, CAUSE_ABANDONED_QUEUE)
    this.model = model
  }

  protected slotsOf(frame: number): Slots {
    return this.model.instances[this.kernel.frames.instance(frame)]!.workers!
  }
}

class ReleaseWorker extends ReleaseSlot {
  private readonly model: ServiceModel

  constructor(model: ServiceModel, plan: PlanInstruction) {
    super(model.context.kernel, plan.next, plan.handler)
    this.model = model
  }

  protected slotsOf(frame: number): Slots {
    return this.model.instances[this.model.context.kernel.frames.instance(frame)]!.workers!
  }
}

/** Uses the processor of the instance and counts the work as the instance's own. */
class UseProcessor extends UseStation {
  private readonly instances: readonly Instance[]
  private readonly workDoneNs: Float64Array
  private readonly demand: Sampler

  constructor(model: ServiceModel, plan: PlanInstruction) {
    super(model.context.kernel, plan.next, plan.handler)
    const data = plan.data as unknown as CpuData
    this.instances = model.instances
    this.workDoneNs = model.workDoneNs
    this.demand = model.context.namedSampler(data.duration, data.stream)
  }

  stationOf(frame: number): Station {
    return this.instances[this.frames.instance(frame)]!.processor
  }

  protected drawWork(frame: number): void {
    this.demand.drawNs(this.frames.doubles, this.frames.workSlot(frame))
  }

  protected override served(frame: number): void {
    const index = this.frames.instance(frame)
    this.workDoneNs[index] = this.workDoneNs[index]! + this.frames.workNs(frame)
  }
}

/** Answers: counts the outcome, tells whoever waits, and ends the frame. */
class Return extends PlainInstruction {
  private readonly model: ServiceModel
  private readonly kernel: Kernel
  private readonly frames: Frames
  private readonly clock: Float64Array
  private readonly placement: Placement
  private readonly balancer: Balancer
  private readonly judgesOutcomes: boolean
  /** Whether the algorithm learns from latencies. */
  private readonly tellsLatency: boolean
  private readonly instances: readonly Instance[]
  private readonly responses: Float64Array
  /** Only autoscalers ask for response times. */
  private readonly timesResponses: boolean
  private readonly endpoint: EndpointRecorder
  private readonly direct: RequestTally
  private readonly nested: RequestTally
  private readonly recorder: Recorder

  constructor(model: ServiceModel, plan: PlanInstruction) {
    super(plan.handler)
    this.model = model
    this.kernel = model.context.kernel
    this.frames = this.kernel.frames
    this.clock = this.kernel.clock
    this.placement = model.placement
    this.balancer = model.placement.balancer
    this.judgesOutcomes = model.placement.judgesOutcomes
    this.tellsLatency = this.balancer.answered !== undefined
    this.instances = model.instances
    this.responses = model.responses
    this.timesResponses = model.config.autoscaler !== undefined
    this.recorder = model.context.recorder
    const { endpoint } = plan.data as unknown as EndpointData
    this.endpoint = this.recorder.endpoints[endpoint]!
    this.direct = this.recorder.direct[endpoint]!
    this.nested = this.recorder.nested[endpoint]!
  }

  enter(frame: number): number {
    const { frames } = this
    const cause = frames.cause(frame)
    const parent = frames.parent(frame)
    this.leaveInstance(frame, cause, parent < ROOT)
    if (parent < ROOT) {
      this.endpoint.wasted += cause === 0 ? 1 : 0
      frames.release(frame)
      return DONE
    }
    const tally = parent === ROOT ? this.direct : this.nested
    if (cause === 0) tally.completedFrame(frame)
    else tally.failedWith(cause)
    if (parent === ROOT) {
      if (frames.trace(frame) >= 0) this.recorder.endTrace(frame)
      frames.release(frame)
    } else this.kernel.returnTo(parent, frame)
    return DONE
  }

  private leaveInstance(frame: number, cause: number, isTooLate: boolean): void {
    const index = this.frames.instance(frame)
    if (index < 0) return
    const instance = this.instances[index]!
    // A request also fails with that cause when an instance died that it called, while its own one is as well as before.
    const isGone = cause === CAUSE_INSTANCE_KILLED && instance.state !== 'ready'
    if (this.judgesOutcomes && cause !== CAUSE_CANCELLED) {
      this.placement.judge(index, cause !== 0 || isTooLate, isGone || isTooLate)
    } else if (isGone) this.balancer.failed(index)
    if (this.tellsLatency) this.balancer.answered!(index, this.clock[0]! - this.frames.startNs(frame))
    this.balancer.closed(index)
    instance.outstanding--
    if (instance.state !== 'ready') this.model.answeredBy(instance)
    if (!this.timesResponses) return
    this.responses[0] = this.responses[0]! + this.clock[0]! - this.frames.startNs(frame)
    this.responses[1] = this.responses[1]! + 1
  }
}
