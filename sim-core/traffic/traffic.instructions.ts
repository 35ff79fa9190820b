// The instructions of a client: make the next request of a journey, take the answer.
import { NONE } from '../kernel/frames.ts'
import { PARKED } from '../kernel/instruction.ts'
import { PlainInstruction } from '../kernel/kernel.ts'
import type { PlanInstruction } from '../kernel/program.ts'
import { NS_PER_MS, roundNs } from '../kernel/time.ts'
import { endpointAt, firstStep, JOURNEY_END, nextStep } from './journey.ts'
import type { TrafficModel } from './traffic.model.ts'

/**
 * Begins a client's next request: thinks first where clients think, then chooses the endpoint. `instance` holds the
 * position in the journey, NONE before its first request.
 */
export class NextRequest extends PlainInstruction {
  private readonly model: TrafficModel
  private readonly nextPc: number

  constructor(model: TrafficModel, plan: PlanInstruction) {
    super(plan.handler)
    this.model = model
    this.nextPc = plan.next
  }

  enter(frame: number): number {
    const { think, config, context } = this.model
    const { frames, clock } = context.kernel
    const firstOfJourney = frames.instance(frame) < 0
    if (think === undefined || (firstOfJourney && config.users === undefined)) return this.request(frame)
    context.kernel.wakeAt(frame, clock[0]! + roundNs(think.next()))
    return PARKED
  }

  override wake(frame: number): number {
    return this.request(frame)
  }

  private request(frame: number): number {
    const { model } = this
    const { config, context } = model
    const { frames, clock } = context.kernel
    if (config.users !== undefined && model.usersActive > model.usersWanted) {
      model.usersActive--
      frames.release(frame)
      return PARKED
    }
    const endpoint = this.choose(frame)
    frames.setStartNs(frame, clock[0]!)
    frames.clearParts(frame)
    frames.setCause(frame, 0)
    frames.setTarget(frame, endpoint)
    context.recorder.clients.arrived()
    model.beginRequest(frame, endpoint)
    return this.nextPc
  }

  private choose(frame: number): number {
    const { journey } = this.model.config
    const { frames } = this.model.context.kernel
    if (journey === undefined) {
      frames.setInstance(frame, 0)
      return this.model.drawEndpoint()
    }
    if (frames.instance(frame) < 0) frames.setInstance(frame, firstStep(journey))
    return endpointAt(journey, frames.instance(frame))
  }
}

/**
 * Pause in ns of a client without think time whose request took no time at all, as when every instance is down: about what
 * a program needs to notice and to ask again. Without it, such a client would ask for ever at one instant.
 */
const AT_ONCE_PAUSE_NS = NS_PER_MS

/** The answer is here, or the failure: counts it and goes on with the journey, or ends it. */
export class Answered extends PlainInstruction {
  private readonly model: TrafficModel
  private readonly againPc: number

  constructor(model: TrafficModel, plan: PlanInstruction) {
    super(plan.handler)
    this.model = model
    this.againPc = plan.targets['again']!
  }

  enter(frame: number): number {
    const { config, context, choice, think } = this.model
    const { kernel } = context
    const { frames } = kernel
    context.recorder.clientDone(frame)
    frames.setTrace(frame, NONE)
    frames.setCause(frame, 0)
    const { journey } = config
    const next = journey === undefined ? JOURNEY_END : nextStep(journey, frames.instance(frame), choice)
    frames.setInstance(frame, next)
    if (next === JOURNEY_END && config.users === undefined) {
      frames.release(frame)
      return PARKED
    }
    const nowNs = kernel.clock[0]!
    if (think !== undefined || frames.startNs(frame) < nowNs) return this.againPc
    kernel.wakeAt(frame, nowNs + AT_ONCE_PAUSE_NS)
    return PARKED
  }

  override wake(_frame: number): number {
    return this.againPc
  }
}
