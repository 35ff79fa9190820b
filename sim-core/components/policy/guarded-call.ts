// The instruction that makes a call under a policy: tries one after the other, each past the guards of the called service.
import { Call } from '../../kernel/call.ts'
import { FRAME_ACTIVE, FRAME_QUEUED, NONE } from '../../kernel/frames.ts'
import { PARKED } from '../../kernel/instruction.ts'
import {
  CAUSE_BREAKER_OPEN,
  CAUSE_BULKHEAD_FULL,
  CAUSE_CANCELLED,
  CAUSE_IN_FLIGHT_LIMIT,
  CAUSE_RATE_LIMITED,
  CAUSE_TIMEOUT,
  isRefusal,
} from '../../kernel/outcome.ts'
import type { PlanInstruction } from '../../kernel/program.ts'
import { PART_RETRY } from '../../kernel/trace.ts'
import type { PolicyModel } from './policy.model.ts'
import { CALLS, FULL, LIMITED_TRIES, NO_BUDGET, REFUSED, SUCCEEDED, TIMEOUTS, WASTED } from './policy-counts.ts'
import { LIMITED } from './rate-limiter.ts'
import { NO_RETRY } from './retry.ts'
import type { ServiceGuard } from './service-guard.ts'

/** What a frame that holds no call waits for. */
const WAITS_FOR_RETRY = 0
const WAITS_FOR_LIMITER = 1

/**
 * A call under a policy. Each try passes the breaker, then the rate limiter, then the bulkhead; its time counts from the
 * bulkhead on, and what one of them refuses the breaker learns nothing of.
 *
 * Of the frame, `attempt` counts the tries, `sinceNs` is when the present one began, `workNs` is the backoff's memory.
 */
export class GuardedCall extends Call {
  private readonly model: PolicyModel
  /** The guards of the one service that it calls; absent where each request brings its own endpoint, or nothing guards. */
  private readonly guard: ServiceGuard | undefined
  private readonly guardsEach: boolean
  private readonly hasBudget: boolean
  private readonly propagates: boolean

  constructor(model: PolicyModel, plan: PlanInstruction) {
    const { kernel, entries } = model.context
    const { endpoint } = plan.data as unknown as { readonly endpoint: number }
    super(kernel, plan.next, plan.handler, entries, endpoint)
    this.model = model
    this.guard = model.isGuarded && endpoint >= 0 ? model.guardOf(endpoint) : undefined
    this.guardsEach = model.isGuarded && endpoint < 0
    this.hasBudget = model.config.retry?.budget !== undefined
    this.propagates = model.config.propagate
  }

  override enter(frame: number): number {
    const { frames } = this.kernel
    const { model } = this
    model.counts.add(CALLS)
    frames.setAttempt(frame, 0)
    frames.setWorkNs(frame, 0)
    if (!model.beginCall(frame)) {
      model.counts.add(TIMEOUTS)
      return this.kernel.fail(frame, CAUSE_TIMEOUT, this)
    }
    if (this.hasBudget) this.guardOf(frame)!.budget!.onCall()
    return this.tryOnce(frame)
  }

  /** A pause is over, a place in the bulkhead is free, or the patience for one has ended. */
  override wake(frame: number): number {
    const { frames, clock } = this.kernel
    const state = frames.state(frame)
    if (state === FRAME_QUEUED) {
      this.leaveBulkheadQueue(frame)
      return this.afterRefusal(frame, CAUSE_BULKHEAD_FULL, FULL)
    }
    if (state === FRAME_ACTIVE) {
      frames.setSinceNs(frame, clock[0]!)
      return this.send(frame)
    }
    if (this.model.waitsFor(frame) === WAITS_FOR_LIMITER) {
      frames.setSinceNs(frame, clock[0]!)
      return this.enterBulkhead(frame)
    }
    return this.tryOnce(frame)
  }

  override childReturned(frame: number, child: number): number {
    const { frames } = this.kernel
    const cause = frames.cause(child)
    frames.setChild(frame, NONE)
    this.endTry(frame, cause)
    if (cause !== 0) return this.afterFailure(frame, cause)
    frames.addParts(frame, child)
    this.model.counts.add(SUCCEEDED)
    if (this.hasBudget) this.guardOf(frame)!.budget!.onCallEnd()
    return this.nextPc
  }

  override deadline(frame: number): number {
    const { frames } = this.kernel
    this.model.counts.add(TIMEOUTS)
    if (frames.state(frame) === FRAME_QUEUED) {
      this.leaveBulkheadQueue(frame)
      this.abandonTry(frame)
    } else {
      this.giveUpChild(frame)
      this.endTry(frame, CAUSE_TIMEOUT)
    }
    return this.afterFailure(frame, CAUSE_TIMEOUT)
  }

  override withdraw(frame: number, inService: boolean): boolean {
    const { frames } = this.kernel
    const guard = this.guardOf(frame)
    if (frames.child(frame) >= 0) this.endTry(frame, CAUSE_CANCELLED)
    else if (frames.state(frame) === FRAME_QUEUED) {
      this.leaveBulkheadQueue(frame)
      this.abandonTry(frame)
    } else this.leavePause(frame, guard)
    guard?.budget?.onCallEnd()
    return super.withdraw(frame, inService)
  }

  /** A pause is over early; what it counted for counted the whole of it in advance. */
  private leavePause(frame: number, guard: ServiceGuard | undefined): void {
    const { frames, clock } = this.kernel
    const missingNs = clock[0]! - frames.wakeNs(frame)
    if (this.model.waitsFor(frame) === WAITS_FOR_LIMITER) {
      frames.addQueueNs(frame, missingNs)
      this.abandonTry(frame)
    } else {
      frames.addRetryNs(frame, missingNs)
      guard?.budget?.onRetryEnd()
    }
    frames.setWakeNs(frame, NaN)
  }

  private guardOf(frame: number): ServiceGuard | undefined {
    return this.guardsEach ? this.model.guardOf(this.endpointOf(frame)) : this.guard
  }

  private tryOnce(frame: number): number {
    const { frames, clock } = this.kernel
    const { model } = this
    const nowNs = clock[0]!
    frames.setAttempt(frame, frames.attempt(frame) + 1)
    frames.setSinceNs(frame, nowNs)
    const guard = this.guardOf(frame)
    if (guard === undefined) {
      model.startDeadline(frame)
      return this.send(frame)
    }
    if (guard.breaker !== undefined && !model.passesBreaker(guard, nowNs)) {
      model.counts.add(REFUSED)
      this.endRetry(frame, guard)
      return this.afterFailure(frame, CAUSE_BREAKER_OPEN)
    }
    if (guard.limiter === undefined) {
      if (guard.bulkhead !== undefined) return this.enterBulkhead(frame)
      model.startDeadline(frame)
      return this.send(frame)
    }
    const waitNs = guard.limiter.acquire(nowNs)
    if (waitNs === LIMITED || nowNs + waitNs >= model.callDueNs(frame)) {
      return this.afterRefusal(frame, CAUSE_RATE_LIMITED, LIMITED_TRIES)
    }
    if (waitNs === 0) return this.enterBulkhead(frame)
    model.setWaitsFor(frame, WAITS_FOR_LIMITER)
    frames.addQueueNs(frame, waitNs)
    this.kernel.wakeAt(frame, nowNs + waitNs)
    return PARKED
  }

  private enterBulkhead(frame: number): number {
    const bulkhead = this.guardOf(frame)!.bulkhead
    this.model.startDeadline(frame)
    if (bulkhead === undefined || bulkhead.take()) return this.send(frame)
    if (bulkhead.enqueue(frame)) return PARKED
    return this.afterRefusal(frame, CAUSE_BULKHEAD_FULL, FULL)
  }

  /** The try goes out. */
  private send(frame: number): number {
    const { model } = this
    model.counts.addTry(this.kernel.frames.attempt(frame))
    if (this.startCall(frame)) {
      if (this.propagates) model.handDeadlineOn(frame, model.tryDueNs(frame))
      return PARKED
    }
    this.endTry(frame, CAUSE_IN_FLIGHT_LIMIT)
    this.guardOf(frame)?.budget?.onCallEnd()
    return this.kernel.fail(frame, CAUSE_IN_FLIGHT_LIMIT, this)
  }

  /** What it has waited is counted; from here on it waits for nothing. */
  private leaveBulkheadQueue(frame: number): void {
    this.guardOf(frame)!.bulkhead!.leaveQueue(frame)
    this.kernel.frames.setSinceNs(frame, this.kernel.clock[0]!)
  }

  private giveUpChild(frame: number): void {
    const { kernel } = this
    const child = kernel.frames.child(frame)
    kernel.orphan(child, CAUSE_TIMEOUT)
    if (this.model.config.cancel) kernel.cancel(child)
  }

  /** A try that went out is over: it leaves the bulkhead, and everybody learns how it ended. */
  private endTry(frame: number, cause: number): void {
    const { frames, clock } = this.kernel
    frames.setSerial(frame, frames.serial(frame) + 1)
    if (cause !== 0) this.model.counts.add(WASTED)
    const guard = this.guardOf(frame)
    if (guard === undefined) return
    guard.bulkhead?.observe(frames.sinceNs(frame), isRefusal(cause))
    guard.bulkhead?.release()
    guard.budget?.onTryEnd(cause === 0, frames.attempt(frame))
    this.endRetry(frame, guard)
    if (guard.breaker !== undefined) this.model.tellBreaker(guard, cause === 0, clock[0]! - frames.sinceNs(frame))
  }

  /** A try that never went out is over: the breaker learns nothing of the called side. */
  private abandonTry(frame: number): void {
    const { frames } = this.kernel
    const guard = this.guardOf(frame)!
    frames.setSerial(frame, frames.serial(frame) + 1)
    guard.breaker?.onAbandoned()
    this.endRetry(frame, guard)
  }

  private endRetry(frame: number, guard: ServiceGuard): void {
    if (this.kernel.frames.attempt(frame) > 1) guard.budget?.onRetryEnd()
  }

  /** The caller's own limits refused a try. */
  private afterRefusal(frame: number, cause: number, count: number): number {
    this.model.counts.add(count)
    this.abandonTry(frame)
    return this.afterFailure(frame, cause)
  }

  /** A failed try: what it took is lost to retrying, and perhaps there is another one. */
  private afterFailure(frame: number, cause: number): number {
    const { frames, clock } = this.kernel
    const nowNs = clock[0]!
    const delayNs = this.pauseNs(frame, cause)
    const untilNs = nowNs + (delayNs === NO_RETRY ? 0 : delayNs)
    const sinceNs = frames.sinceNs(frame)
    frames.addRetryNs(frame, untilNs - sinceNs)
    if (frames.trace(frame) >= 0) this.kernel.traceSegment(frame, PART_RETRY, sinceNs, untilNs)
    if (delayNs === NO_RETRY) {
      this.guardOf(frame)?.budget?.onCallEnd()
      return this.kernel.fail(frame, cause, this)
    }
    this.model.setWaitsFor(frame, WAITS_FOR_RETRY)
    this.kernel.wakeAt(frame, untilNs)
    return PARKED
  }

  /** The pause before another try, or NO_RETRY: one that nobody would wait for is not made, nor one beyond the budget. */
  private pauseNs(frame: number, cause: number): number {
    const { frames, clock } = this.kernel
    const { retry, backoffStream } = this.model
    if (retry === undefined) return NO_RETRY
    const delayNs = retry.nextDelayNs(
      frames.attempt(frame),
      cause,
      frames.doubles,
      frames.workSlot(frame),
      backoffStream,
    )
    if (delayNs === NO_RETRY || clock[0]! + delayNs >= this.model.callDueNs(frame)) return NO_RETRY
    const budget = this.guardOf(frame)?.budget
    if (budget === undefined || budget.tryRetry(cause === CAUSE_TIMEOUT)) return delayNs
    this.model.counts.add(NO_BUDGET)
    return NO_RETRY
  }
}
