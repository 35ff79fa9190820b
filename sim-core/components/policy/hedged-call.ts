// The instruction that makes a hedged call: further tries while the ones before are under way, and the first answer wins.
import { Call } from '../../kernel/call.ts'
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
import type { HedgeConfig } from './policy-config.ts'
import { CALLS, FULL, HEDGES, LIMITED_TRIES, NO_BUDGET, REFUSED, SUCCEEDED, TIMEOUTS, WASTED } from './policy-counts.ts'
import type { ServiceGuard } from './service-guard.ts'

/** No try goes out that would have to wait: a hedge is there to save time. */
const AT_ONCE = 0

/** Answered by `send` for a try that went out. */
const SENT = 0

/**
 * A hedged call. The first try goes out at once, a further one each time the delay is over and as soon as one fails, until
 * all tries are made. The first answer is taken; what is still under way then is stopped or goes on for nobody, as the
 * policy says. The breaker learns of tries that ended, not of those that were overtaken.
 *
 * Source: J. Dean, L. A. Barroso, "The Tail at Scale", Communications of the ACM 56(2), 2013, "Hedged requests"; gRPC
 * proposal A6, "Client Retries", 2017, "Hedging Policy".
 * Differs from the source: see `hedging`.
 *
 * Of the frame, `attempt` counts the tries, `sinceNs` is when the call began, `workNs` when the next try is due.
 */
export class HedgedCall extends Call {
  private readonly model: PolicyModel
  private readonly hedge: HedgeConfig

  constructor(model: PolicyModel, hedge: HedgeConfig, plan: PlanInstruction) {
    const { kernel, entries } = model.context
    super(kernel, plan.next, plan.handler, entries, (plan.data as unknown as { readonly endpoint: number }).endpoint)
    this.model = model
    this.hedge = hedge
    kernel.branches.reserve()
  }

  override enter(frame: number): number {
    const { frames, clock } = this.kernel
    const { model } = this
    model.counts.add(CALLS)
    frames.setAttempt(frame, 0)
    frames.setSinceNs(frame, clock[0]!)
    if (!model.beginCall(frame)) {
      model.counts.add(TIMEOUTS)
      return this.kernel.fail(frame, CAUSE_TIMEOUT, this)
    }
    this.guardOf(frame)?.budget?.onCall()
    const cause = this.send(frame)
    return cause === SENT ? this.await(frame) : this.finish(frame, cause)
  }

  override childReturned(frame: number, child: number): number {
    const { frames, branches, clock } = this.kernel
    const cause = frames.cause(child)
    branches.unlink(child, frame)
    const durationNs = clock[0]! - frames.startNs(child)
    this.endTry(frame, cause, durationNs)
    if (cause === 0) {
      this.learn(frame, child)
      this.model.counts.add(SUCCEEDED)
      frames.addParts(frame, child)
      return this.finish(frame, 0)
    }
    if (this.mayHedge(frame)) this.send(frame)
    return frames.child(frame) >= 0 ? this.await(frame) : this.finish(frame, cause)
  }

  override deadline(frame: number): number {
    const { frames, clock } = this.kernel
    const nowNs = clock[0]!
    if (nowNs >= this.model.callDueNs(frame)) {
      this.model.counts.add(TIMEOUTS)
      return this.finish(frame, CAUSE_TIMEOUT)
    }
    if (nowNs >= frames.workNs(frame) && this.mayHedge(frame)) this.send(frame)
    return this.await(frame)
  }

  override withdraw(frame: number, inService: boolean): boolean {
    this.letGo(frame, CAUSE_CANCELLED, !inService)
    this.endBudget(frame)
    return true
  }

  private guardOf(frame: number): ServiceGuard | undefined {
    return this.model.isGuarded ? this.model.guardOf(this.endpointOf(frame)) : undefined
  }

  private mayHedge(frame: number): boolean {
    if (this.kernel.frames.attempt(frame) >= this.hedge.triesMax) return false
    const budget = this.guardOf(frame)?.budget
    if (budget === undefined || budget.tryRetry(false)) return true
    this.model.counts.add(NO_BUDGET)
    return false
  }

  /** Sends a try and answers SENT, or why it could not be sent. */
  private send(frame: number): number {
    const { frames, branches } = this.kernel
    const { counts } = this.model
    const tries = frames.attempt(frame) + 1
    frames.setAttempt(frame, tries)
    const guard = this.guardOf(frame)
    const cause = guard === undefined ? SENT : this.refusal(guard)
    if (cause !== SENT) return cause
    counts.addTry(tries)
    if (tries > 1) counts.add(HEDGES)
    const others = frames.child(frame)
    if (!this.startCall(frame)) {
      this.endTry(frame, CAUSE_IN_FLIGHT_LIMIT, 0)
      return CAUSE_IN_FLIGHT_LIMIT
    }
    branches.link(frames.child(frame), others)
    this.model.handDeadlineOn(frame, this.model.callDueNs(frame))
    return SENT
  }

  /** Why the guards do not let a try pass, or SENT. */
  private refusal(guard: ServiceGuard): number {
    const { model } = this
    const { breaker, limiter, bulkhead } = guard
    const nowNs = this.kernel.clock[0]!
    if (breaker !== undefined && !model.passesBreaker(guard, nowNs)) {
      model.counts.add(REFUSED)
      return CAUSE_BREAKER_OPEN
    }
    if (limiter !== undefined && limiter.acquire(nowNs) !== AT_ONCE) {
      breaker?.onAbandoned()
      model.counts.add(LIMITED_TRIES)
      return CAUSE_RATE_LIMITED
    }
    if (bulkhead === undefined || bulkhead.take()) return SENT
    breaker?.onAbandoned()
    model.counts.add(FULL)
    return CAUSE_BULKHEAD_FULL
  }

  /** Waits for an answer, for the next hedge or for the end of the call, whatever is first. */
  private await(frame: number): number {
    const { frames, clock } = this.kernel
    const { model } = this
    const hedgeNs = frames.attempt(frame) < this.hedge.triesMax ? clock[0]! + this.delayNs() : Infinity
    const dueNs = Math.min(hedgeNs, model.callDueNs(frame))
    frames.setWorkNs(frame, hedgeNs)
    frames.setSerial(frame, frames.serial(frame) + 1)
    if (dueNs < Infinity) model.heap!.set(frame, dueNs)
    return PARKED
  }

  private delayNs(): number {
    const { after } = this.hedge
    return 'delayNs' in after ? after.delayNs : this.model.latency!.valueNs
  }

  /** The call is over, answered or not. */
  private finish(frame: number, cause: number): number {
    const { frames, clock } = this.kernel
    this.letGo(frame, cause === CAUSE_TIMEOUT ? CAUSE_TIMEOUT : CAUSE_CANCELLED, this.model.config.cancel)
    this.endBudget(frame)
    if (cause === 0) return this.nextPc
    const sinceNs = frames.sinceNs(frame)
    frames.addRetryNs(frame, clock[0]! - sinceNs)
    if (frames.trace(frame) >= 0) this.kernel.traceSegment(frame, PART_RETRY, sinceNs, clock[0]!)
    return this.kernel.fail(frame, cause, this)
  }

  /** Every try but the first was paid for, and none is under way any more. */
  private endBudget(frame: number): void {
    const budget = this.guardOf(frame)?.budget
    if (budget === undefined) return
    for (let tries = this.kernel.frames.attempt(frame); tries > 1; tries--) budget.onRetryEnd()
    budget.onCallEnd()
  }

  /** Nobody waits any longer for the tries that are under way. */
  private letGo(frame: number, cause: number, cancel: boolean): void {
    const { kernel } = this
    const { frames, branches } = kernel
    frames.setSerial(frame, frames.serial(frame) + 1)
    let child = frames.child(frame)
    while (child >= 0) {
      const next = branches.next(child)
      branches.unlink(child, frame)
      this.endTry(frame, cause, kernel.clock[0]! - frames.startNs(child))
      this.learn(frame, child)
      kernel.orphan(child, cause)
      if (cancel) kernel.cancel(child)
      child = next
    }
  }

  /**
   * First tries alone tell how long an answer takes, those included that were overtaken: they took longer than the delay.
   * Of hedges only the quick ones are ever seen.
   */
  private learn(frame: number, child: number): void {
    const { frames, clock } = this.kernel
    const startNs = frames.startNs(child)
    if (startNs === frames.sinceNs(frame)) this.model.latency?.add(clock[0]! - startNs)
  }

  /** A try that went out is over: it leaves the bulkhead, and everybody learns how it ended. */
  private endTry(frame: number, cause: number, durationNs: number): void {
    const { model, kernel } = this
    if (cause !== 0) model.counts.add(WASTED)
    const guard = this.guardOf(frame)
    if (guard === undefined) return
    const tries = kernel.frames.attempt(frame)
    guard.bulkhead?.observe(kernel.clock[0]! - durationNs, isRefusal(cause))
    guard.bulkhead?.release()
    // A try that was overtaken says nothing of the called side.
    if (cause === CAUSE_CANCELLED) {
      guard.breaker?.onAbandoned()
      return
    }
    guard.budget?.onTryEnd(cause === 0, tries)
    if (guard.breaker !== undefined) model.tellBreaker(guard, cause === 0, durationNs)
  }
}
