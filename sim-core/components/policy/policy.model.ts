// The behaviour of a call policy: tries with a deadline, retries after a backoff, a circuit breaker per called service.
import { Call } from '../../kernel/call.ts'
import { DeadlineRing } from '../../kernel/deadline-ring.ts'
import { NONE } from '../../kernel/frames.ts'
import type { Instruction } from '../../kernel/instruction.ts'
import { PARKED } from '../../kernel/instruction.ts'
import { invariant } from '../../kernel/invariant.ts'
import { CAUSE_BREAKER_OPEN, CAUSE_IN_FLIGHT_LIMIT, CAUSE_TIMEOUT } from '../../kernel/outcome.ts'
import type { PlanInstruction } from '../../kernel/program.ts'
import type { RandomStream } from '../../kernel/random.ts'
import { PART_RETRY } from '../../kernel/trace.ts'
import type { Model, ModelContext } from '../../model/model.ts'
import type { Backoff, BackoffParameters } from './backoff.ts'
import { backoffs } from './backoff-registry.ts'
import type { BreakerConfig } from './breaker-registry.ts'
import { createBreaker } from './breaker-registry.ts'
import type { CircuitBreaker } from './circuit-breaker.ts'
import { BREAKER_CLOSED, BREAKER_HALF_OPEN, BREAKER_OPEN } from './circuit-breaker.ts'
import { NO_RETRY, RetryPolicy } from './retry.ts'

/** A policy in a plan. */
export interface PolicyConfig {
  readonly timeoutNs: number | undefined
  readonly cancel: boolean
  readonly retry:
    | {
        readonly triesMax: number
        readonly retriedCauses: readonly number[]
        readonly backoff: { readonly kind: string; readonly parameters: BackoffParameters }
      }
    | undefined
  readonly breaker: BreakerConfig | undefined
}

/** What happened under the policy so far, by index. */
const CALLS = 0
const TRIES = 1
const TIMEOUTS = 2
const REFUSED = 3
const OPENED = 4

function createBackoff({
  kind,
  parameters,
}: {
  readonly kind: string
  readonly parameters: BackoffParameters
}): Backoff {
  const definition = backoffs.find(({ id }) => id === kind)
  invariant(definition !== undefined, 'a plan names a listed backoff')
  return definition.create(parameters)
}

/** A call policy in one run: one breaker for each service called through it. */
export class PolicyModel implements Model {
  readonly config: PolicyConfig
  readonly context: ModelContext
  readonly deadlines: DeadlineRing | undefined
  readonly retry: RetryPolicy | undefined
  readonly backoffStream: RandomStream
  readonly counts = new Float64Array(5)
  private readonly breakers = new Map<string, CircuitBreaker>()

  constructor(config: PolicyConfig, context: ModelContext) {
    this.config = config
    this.context = context
    this.deadlines = config.timeoutNs === undefined ? undefined : new DeadlineRing(context.kernel, config.timeoutNs)
    this.retry =
      config.retry === undefined
        ? undefined
        : new RetryPolicy({ ...config.retry, backoff: createBackoff(config.retry.backoff) })
    this.backoffStream = context.stream('backoff')
    const { recorder, id } = context
    recorder.counter(id, 'calls', 'count', () => this.counts[CALLS]!)
    recorder.counter(id, 'tries', 'count', () => this.counts[TRIES]!)
    recorder.counter(id, 'timeouts', 'count', () => this.counts[TIMEOUTS]!)
    if (config.breaker === undefined) return
    recorder.counter(id, 'refused', 'count', () => this.counts[REFUSED]!)
    recorder.counter(id, 'breaker_opened', 'count', () => this.counts[OPENED]!)
    recorder.gauge(id, 'breakers_open', 'breakers', (nowNs) => this.breakersIn(BREAKER_OPEN, nowNs))
    recorder.gauge(id, 'breakers_trying', 'breakers', (nowNs) => this.breakersIn(BREAKER_HALF_OPEN, nowNs))
  }

  instruction(plan: PlanInstruction): Instruction {
    return new GuardedCall(this, plan)
  }

  /** The breaker that guards calls to a service. */
  breakerOf(service: string): CircuitBreaker | undefined {
    if (this.config.breaker === undefined) return undefined
    let breaker = this.breakers.get(service)
    if (breaker === undefined) {
      breaker = createBreaker(this.config.breaker)
      this.breakers.set(service, breaker)
    }
    return breaker
  }

  private breakersIn(state: number, nowNs: number): number {
    let count = 0
    for (const breaker of this.breakers.values()) if (breaker.state(nowNs) === state) count++
    return count
  }

  /** Counts and notes what a breaker did, when it changed its state. */
  breakerMoved(service: string, breaker: CircuitBreaker, before: number): void {
    const after = breaker.state(this.context.kernel.nowNs)
    if (after === before) return
    if (after === BREAKER_OPEN) this.count(OPENED)
    const word = after === BREAKER_OPEN ? 'opened' : after === BREAKER_CLOSED ? 'closed' : 'half-opened'
    this.context.recorder.note({ component: this.context.id, kind: 'breaker', text: `breaker for ${service} ${word}` })
  }

  count(what: number): void {
    this.counts[what] = this.counts[what]! + 1
  }
}

/** A call under a policy. `attempt` counts its tries, `sinceNs` is when the present one began, `workNs` the backoff's memory. */
class GuardedCall extends Call {
  private readonly model: PolicyModel
  /** By endpoint. */
  private readonly breakers: readonly (CircuitBreaker | undefined)[]

  constructor(model: PolicyModel, plan: PlanInstruction) {
    const { kernel, entries, endpoints } = model.context
    super(kernel, plan.next, plan.handler, entries, (plan.data as unknown as { readonly endpoint: number }).endpoint)
    this.model = model
    this.breakers = endpoints.map(({ service }) => model.breakerOf(service))
  }

  override enter(frame: number): number {
    const { frames } = this.kernel
    this.model.count(CALLS)
    frames.setAttempt(frame, 0)
    frames.setWorkNs(frame, 0)
    return this.tryOnce(frame)
  }

  /** A backoff is over. */
  override wake(frame: number): number {
    return this.tryOnce(frame)
  }

  override childReturned(frame: number, child: number): number {
    const { frames } = this.kernel
    const cause = frames.cause(child)
    frames.setChild(frame, NONE)
    frames.setSerial(frame, frames.serial(frame) + 1)
    this.report(frame, cause === 0)
    if (cause === 0) {
      frames.addParts(frame, child)
      return this.nextPc
    }
    return this.afterFailure(frame, cause)
  }

  override deadline(frame: number): number {
    const { frames } = this.kernel
    const child = frames.child(frame)
    frames.setSerial(frame, frames.serial(frame) + 1)
    this.model.count(TIMEOUTS)
    this.kernel.orphan(child, CAUSE_TIMEOUT)
    if (this.model.config.cancel) this.kernel.cancel(child)
    this.report(frame, false)
    return this.afterFailure(frame, CAUSE_TIMEOUT)
  }

  override withdraw(frame: number, inService: boolean): boolean {
    const { frames } = this.kernel
    frames.setSerial(frame, frames.serial(frame) + 1)
    if (frames.child(frame) >= 0) this.report(frame, false)
    else {
      // A pause is over early; the part counted the whole of it in advance.
      frames.addRetryNs(frame, this.kernel.clock[0]! - frames.wakeNs(frame))
      frames.setWakeNs(frame, NaN)
    }
    return super.withdraw(frame, inService)
  }

  private tryOnce(frame: number): number {
    const { frames, clock } = this.kernel
    const { model } = this
    const nowNs = clock[0]!
    frames.setAttempt(frame, frames.attempt(frame) + 1)
    frames.setSinceNs(frame, nowNs)
    if (!this.mayPass(frame, nowNs)) {
      model.count(REFUSED)
      return this.afterFailure(frame, CAUSE_BREAKER_OPEN)
    }
    model.count(TRIES)
    if (!this.startCall(frame)) {
      this.report(frame, false)
      return this.kernel.fail(frame, CAUSE_IN_FLIGHT_LIMIT, this)
    }
    model.deadlines?.set(frame)
    return PARKED
  }

  /** A failed try: what it took is lost to retrying, and perhaps there is another one. */
  private afterFailure(frame: number, cause: number): number {
    const { frames, clock } = this.kernel
    const { retry, backoffStream } = this.model
    const nowNs = clock[0]!
    const delayNs =
      retry === undefined
        ? NO_RETRY
        : retry.nextDelayNs(frames.attempt(frame), cause, frames.doubles, frames.workSlot(frame), backoffStream)
    const untilNs = nowNs + (delayNs === NO_RETRY ? 0 : delayNs)
    const sinceNs = frames.sinceNs(frame)
    frames.addRetryNs(frame, untilNs - sinceNs)
    if (frames.trace(frame) >= 0) this.kernel.traceSegment(frame, PART_RETRY, sinceNs, untilNs)
    if (delayNs === NO_RETRY) return this.kernel.fail(frame, cause, this)
    this.kernel.wakeAt(frame, untilNs)
    return PARKED
  }

  private mayPass(frame: number, nowNs: number): boolean {
    const endpoint = this.endpointOf(frame)
    const breaker = this.breakers[endpoint]
    if (breaker === undefined) return true
    const before = breaker.state(nowNs)
    const passes = breaker.tryAcquire(nowNs)
    this.model.breakerMoved(this.model.context.endpoints[endpoint]!.service, breaker, before)
    return passes
  }

  private report(frame: number, success: boolean): void {
    const endpoint = this.endpointOf(frame)
    const breaker = this.breakers[endpoint]
    if (breaker === undefined) return
    const nowNs = this.kernel.clock[0]!
    const before = breaker.state(nowNs)
    const durationNs = nowNs - this.kernel.frames.sinceNs(frame)
    if (success) breaker.onSuccess(nowNs, durationNs)
    else breaker.onFailure(nowNs, durationNs)
    this.model.breakerMoved(this.model.context.endpoints[endpoint]!.service, breaker, before)
  }
}
