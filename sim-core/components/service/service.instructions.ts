// The instructions of a service: dispatch to an instance, take and give back a worker, use the processor, answer.
import type { Sampler } from '../../distributions/distribution.ts'
import type { DistributionSpec } from '../../distributions/registry.ts'
import { FRAME_QUEUED, NONE, ORPHAN } from '../../kernel/frames.ts'
import type { Instruction } from '../../kernel/instruction.ts'
import { PARKED } from '../../kernel/instruction.ts'
import { invariant } from '../../kernel/invariant.ts'
import { PlainInstruction } from '../../kernel/kernel.ts'
import { CAUSE_ABANDONED_QUEUE, CAUSE_INSTANCE_KILLED, CAUSE_NO_HEALTHY_INSTANCE } from '../../kernel/outcome.ts'
import type { PlanInstruction } from '../../kernel/program.ts'
import type { Slots } from '../../kernel/slots.ts'
import { AcquireSlot, ReleaseSlot } from '../../kernel/slots.ts'
import type { Station } from '../../kernel/station.ts'
import { UseStation } from '../../kernel/station.ts'
import { roundNs } from '../../kernel/time.ts'
import type { EndpointRecorder } from '../../metrics/endpoint-recorder.ts'
import type { ServiceModel } from './service.model.ts'

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
  private readonly model: ServiceModel
  private readonly recorder: EndpointRecorder
  private readonly nextPc: number
  private readonly priority: number

  constructor(model: ServiceModel, plan: PlanInstruction) {
    super(plan.handler)
    const data = plan.data as unknown as EndpointData
    this.model = model
    this.recorder = model.context.recorder.endpoints[data.endpoint]!
    this.nextPc = plan.next
    this.priority = data.priority ?? NONE
  }

  enter(frame: number): number {
    const { balancer, instances, context } = this.model
    const { kernel } = context
    const { frames } = kernel
    this.recorder.arrived(kernel.clock[0]!)
    if (this.priority >= 0) frames.priority[frame] = this.priority
    const index = balancer.pick()
    if (index < 0) return kernel.fail(frame, CAUSE_NO_HEALTHY_INSTANCE, this)
    const instance = instances[index]!
    balancer.opened(index)
    instance.outstanding++
    frames.instance[frame] = index
    return instance.state === 'dead' ? kernel.fail(frame, CAUSE_INSTANCE_KILLED, this) : this.nextPc
  }
}

class AcquireWorker extends AcquireSlot {
  private readonly model: ServiceModel

  constructor(model: ServiceModel, plan: PlanInstruction) {
    super(model.context.kernel, plan.next, plan.handler, CAUSE_ABANDONED_QUEUE)
    this.model = model
  }

  protected slotsOf(frame: number): Slots {
    return this.model.instances[this.kernel.frames.instance[frame]!]!.workers!
  }
}

class ReleaseWorker extends ReleaseSlot {
  private readonly model: ServiceModel

  constructor(model: ServiceModel, plan: PlanInstruction) {
    super(model.context.kernel, plan.next, plan.handler)
    this.model = model
  }

  protected slotsOf(frame: number): Slots {
    return this.model.instances[this.model.context.kernel.frames.instance[frame]!]!.workers!
  }
}

/** Uses the processor of the instance and counts the work as the instance's own. */
class UseProcessor extends UseStation {
  private readonly model: ServiceModel
  private readonly demand: Sampler

  constructor(model: ServiceModel, plan: PlanInstruction) {
    super(model.context.kernel, plan.next, plan.handler)
    const data = plan.data as unknown as CpuData
    this.model = model
    this.demand = model.context.namedSampler(data.duration, data.stream)
  }

  stationOf(frame: number): Station {
    return this.model.instances[this.kernel.frames.instance[frame]!]!.processor
  }

  protected workNs(_frame: number): number {
    return roundNs(this.demand.next())
  }

  override wake(frame: number): number {
    const { frames } = this.kernel
    if (frames.state[frame] !== FRAME_QUEUED) {
      const { workDoneNs } = this.model
      const index = frames.instance[frame]!
      workDoneNs[index] = workDoneNs[index]! + frames.workNs[frame]!
    }
    return super.wake(frame)
  }
}

/** Answers: counts the outcome, tells whoever waits, and ends the frame. */
class Return extends PlainInstruction {
  private readonly model: ServiceModel
  private readonly recorder: EndpointRecorder

  constructor(model: ServiceModel, plan: PlanInstruction) {
    super(plan.handler)
    this.model = model
    this.recorder = model.context.recorder.endpoints[(plan.data as unknown as EndpointData).endpoint]!
  }

  enter(frame: number): number {
    const { kernel, recorder } = this.model.context
    const { frames } = kernel
    const nowNs = kernel.clock[0]!
    const cause = frames.cause[frame]!
    const parent = frames.parent[frame]!
    this.leaveInstance(frame, cause, nowNs)
    if (parent === ORPHAN) this.recorder.wasted++
    else if (cause === 0) this.recorder.completedFrame(frames, frame, nowNs)
    else this.recorder.failedWith(cause, nowNs)
    if (parent === NONE) recorder.clientDone(frame, nowNs)
    kernel.returnTo(parent, frame)
    return PARKED
  }

  private leaveInstance(frame: number, cause: number, nowNs: number): void {
    const { balancer, instances, responses, context } = this.model
    const { frames } = context.kernel
    const index = frames.instance[frame]!
    if (index < 0) return
    if (cause === CAUSE_INSTANCE_KILLED) balancer.failed(index)
    balancer.closed(index)
    this.model.answered(instances[index]!)
    responses[0] = responses[0]! + nowNs - frames.startNs[frame]!
    responses[1] = responses[1]! + 1
  }
}
