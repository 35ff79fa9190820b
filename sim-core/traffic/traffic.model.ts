// The behaviour of a source of traffic: starts requests, or users and journeys that make them.
import type { EventQueue } from '../kernel/event-queue.ts'
import { PRIORITY_ARRIVAL, PUSH_NS } from '../kernel/event-queue.ts'
import type { Frames } from '../kernel/frames.ts'
import { NONE } from '../kernel/frames.ts'
import type { Actor, Instruction } from '../kernel/instruction.ts'
import { invariant } from '../kernel/invariant.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { PlanInstruction } from '../kernel/program.ts'
import type { RandomStream } from '../kernel/random.ts'
import { Timer } from '../kernel/timer.ts'
import type { Sampler } from '../distributions/distribution.ts'
import type { DistributionSpec } from '../distributions/registry.ts'
import type { RankSampler } from '../distributions/zipf.ts'
import type { Model, ModelContext } from '../model/model.ts'
import type { PlanEndpoint } from '../model/plan-parts.ts'
import type { ArrivalProcess } from './arrival-process.ts'
import type { JourneySpec } from './journey.ts'
import type { ArrivalSpec } from './registry.ts'
import { createArrivalProcess } from './registry.ts'
import { Answered, NextRequest } from './traffic.instructions.ts'
import type { UserProfile } from './user-profile.ts'
import { UserCountWalk } from './user-profile.ts'

/** A source of traffic in a plan. */
export interface TrafficConfig {
  readonly arrivals: ArrivalSpec | undefined
  readonly batch: DistributionSpec
  readonly users: UserProfile | undefined
  readonly thinkNs: DistributionSpec | undefined
  /** Endpoint indices with the cumulative share up to each, or a journey over endpoint indices. */
  readonly mix: readonly { readonly endpoint: number; readonly cumulative: number }[] | undefined
  readonly journey: JourneySpec | undefined
  readonly priority: number
}

/** A source in one run. */
export class TrafficModel implements Model, Actor {
  readonly config: TrafficConfig
  readonly context: ModelContext
  readonly think: Sampler | undefined
  readonly choice: RandomStream
  /** Users in the system now (closed sources). */
  usersActive = 0
  usersWanted = 0
  // Parts of config and context that every request asks for.
  private readonly kernel: Kernel
  private readonly events: EventQueue
  private readonly frames: Frames
  private readonly clock: Float64Array
  private readonly traces: ModelContext['recorder']['traces']
  private readonly endpoints: readonly PlanEndpoint[]
  private readonly entries: Int32Array
  private readonly mix: NonNullable<TrafficConfig['mix']>
  private readonly priority: number
  private readonly endNs: number
  private readonly arrivals: ArrivalProcess | undefined
  private readonly batch: Sampler | undefined
  private readonly keySamplers: readonly RankSampler[]
  private readonly payload: number
  /** First instruction of the client's own program; NONE when requests go straight to the endpoint. */
  private clientEntry = NONE

  constructor(config: TrafficConfig, context: ModelContext) {
    this.config = config
    this.context = context
    this.kernel = context.kernel
    this.events = context.kernel.events
    this.frames = context.kernel.frames
    this.clock = context.kernel.clock
    this.traces = context.recorder.traces
    this.endpoints = context.endpoints
    this.entries = context.entries
    this.mix = config.mix ?? []
    this.priority = config.priority
    this.endNs = context.endNs
    this.choice = context.stream('endpoint')
    this.think =
      config.thinkNs === undefined || isAlways(config.thinkNs, 0) ? undefined : context.sampler(config.thinkNs, 'think')
    this.batch = isAlways(config.batch, 1) ? undefined : context.sampler(config.batch, 'batch')
    this.keySamplers = context.populations.map((_, population) => context.keySampler(population))
    this.arrivals =
      config.arrivals === undefined
        ? undefined
        : createArrivalProcess(
            config.arrivals,
            { gaps: context.stream('gaps'), phases: context.stream('phases') },
            context.endNs,
          )
    this.payload = context.kernel.addActor(this)
  }

  instruction(plan: PlanInstruction, pc: number): Instruction {
    if (plan.op === 'next_request') {
      this.clientEntry = pc
      return new NextRequest(this, plan)
    }
    invariant(plan.op === 'answered', 'a source owns an instruction that it does not know')
    return new Answered(this, plan)
  }

  start(): void {
    if (this.arrivals !== undefined) this.scheduleNext()
    if (this.config.users !== undefined) this.followUsers(new UserCountWalk(this.config.users, this.context.endNs))
  }

  /** An arrival: one request, a batch of them, or a journey that begins. */
  fire(): void {
    const count = this.batch === undefined ? 1 : Math.max(1, Math.round(this.batch.next()))
    for (let i = 0; i < count; i++) {
      if (this.clientEntry >= 0) this.startClient()
      else this.startRequest()
    }
    this.scheduleNext()
  }

  /** Draws the endpoint of a request from the mix. */
  drawEndpoint(): number {
    const { mix } = this
    const last = mix.length - 1
    if (last === 0) return mix[0]!.endpoint
    const u = this.choice.nextUnit()
    for (let i = 0; i < last; i++) if (u < mix[i]!.cumulative) return mix[i]!.endpoint
    return mix[last]!.endpoint
  }

  /** Gives a frame the keys, the priority and perhaps the trace of a new request. */
  beginRequest(frame: number, endpoint: number): void {
    const { frames } = this
    frames.setPriority(frame, this.priority)
    frames.setTrace(frame, this.traces.begin(endpoint))
    const { populations } = this.endpoints[endpoint]!
    for (let i = 0; i < populations.length; i++) {
      const population = populations[i]!
      frames.setKey(frame, population, this.keySamplers[population]!.next())
    }
  }

  /** A user or a journey begins, after `think` when it is a user. */
  startClient(): boolean {
    const { kernel, recorder } = this.context
    const frame = kernel.frames.allocate(kernel.clock[0]!)
    if (frame < 0) {
      recorder.refusedClient()
      return false
    }
    kernel.frames.setInstance(frame, NONE)
    kernel.resume(frame, this.clientEntry)
    return true
  }

  private startRequest(): void {
    const { frames, kernel } = this
    const endpoint = this.drawEndpoint()
    const frame = frames.allocate(this.clock[0]!)
    if (frame < 0) {
      this.context.recorder.refusedClient()
      return
    }
    this.beginRequest(frame, endpoint)
    kernel.run(frame, this.entries[endpoint]!)
  }

  private scheduleNext(): void {
    const { clock } = this
    this.arrivals!.nextInto(clock, PUSH_NS)
    if (clock[PUSH_NS]! < this.endNs) this.events.pushPrepared(PRIORITY_ARRIVAL, this.payload)
  }

  /** Keeps as many users in the system as the profile says; those too many leave when they next begin a request. */
  private followUsers(walk: UserCountWalk): void {
    const timer = new Timer(this.context.kernel, PRIORITY_ARRIVAL, () => adjust())
    const adjust = (): void => {
      this.usersWanted = walk.users
      while (this.usersActive < this.usersWanted && this.startClient()) this.usersActive++
      const atNs = walk.next()
      if (atNs < this.context.endNs) timer.set(atNs)
    }
    timer.set(0)
  }
}

function isAlways(distribution: DistributionSpec, value: number): boolean {
  return distribution.type === 'constant' && distribution.value === value
}
