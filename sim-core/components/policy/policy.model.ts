// The behaviour of a call policy in one run: deadlines, and the guards of every service that is called under it.
import { DeadlineHeap } from '../../kernel/deadline-heap.ts'
import { DeadlineRing } from '../../kernel/deadline-ring.ts'
import type { Instruction } from '../../kernel/instruction.ts'
import { invariant } from '../../kernel/invariant.ts'
import type { PlanInstruction } from '../../kernel/program.ts'
import type { RandomStream } from '../../kernel/random.ts'
import type { StationMeter } from '../../kernel/station-meter.ts'
import type { Model, ModelContext } from '../../model/model.ts'
import type { Backoff } from './backoff.ts'
import { backoffs } from './backoff-registry.ts'
import type { CircuitBreaker } from './circuit-breaker.ts'
import { BREAKER_CLOSED, BREAKER_HALF_OPEN, BREAKER_OPEN } from './circuit-breaker.ts'
import { GuardedCall } from './guarded-call.ts'
import { HedgedCall } from './hedged-call.ts'
import { LatencyQuantile } from './latency-quantile.ts'
import type { PolicyConfig, RetryConfig } from './policy-config.ts'
import { OPENED, PolicyCounts } from './policy-counts.ts'
import { RetryPolicy } from './retry.ts'
import { ServiceGuard } from './service-guard.ts'

function createBackoff({ kind, parameters }: RetryConfig['backoff']): Backoff {
  const definition = backoffs.find(({ id }) => id === kind)
  invariant(definition !== undefined, 'a plan names a listed backoff')
  return definition.create(parameters)
}

/** A call policy in one run: one set of guards for each service called through it. */
export class PolicyModel implements Model {
  readonly config: PolicyConfig
  readonly context: ModelContext
  readonly retry: RetryPolicy | undefined
  readonly backoffStream: RandomStream
  readonly counts = new PolicyCounts()
  /** Whether anything but time stands between callers and called. */
  readonly isGuarded: boolean
  /** Deadlines that vary from call to call; absent when all tries have the same time. */
  readonly heap: DeadlineHeap | undefined
  /** Where a hedge comes after a quantile, what is known of it. */
  readonly latency: LatencyQuantile | undefined
  private readonly ring: DeadlineRing | undefined
  /** By frame, in ns: when nobody waits any longer for its call, and for its present try. */
  private readonly callDuesNs: Float64Array | undefined
  private readonly tryDuesNs: Float64Array | undefined
  /** By frame: what it waits for between tries. */
  private readonly waits: Uint8Array | undefined
  private readonly guards = new Map<string, ServiceGuard>()
  private readonly guardsByEndpoint: (ServiceGuard | undefined)[] = []
  private readonly bulkheadMeter: StationMeter | undefined

  constructor(config: PolicyConfig, context: ModelContext) {
    const { timeoutNs, callTimeoutNs, propagate, retry, hedge, breaker, limit, bulkhead } = config
    const { kernel } = context
    this.config = config
    this.context = context
    this.isGuarded = [breaker, limit, bulkhead, retry?.budget, hedge?.budget].some((part) => part !== undefined)
    if (callTimeoutNs !== undefined || propagate || hedge !== undefined) {
      this.heap = new DeadlineHeap(kernel)
      this.callDuesNs = new Float64Array(kernel.frames.capacity)
      this.tryDuesNs = new Float64Array(kernel.frames.capacity)
    } else if (timeoutNs !== undefined) this.ring = new DeadlineRing(kernel, timeoutNs)
    if (propagate) kernel.frames.keepDeadlines()
    if (limit !== undefined) this.waits = new Uint8Array(kernel.frames.capacity)
    if (bulkhead !== undefined) this.bulkheadMeter = context.meter('bulkhead')
    if (hedge !== undefined && 'quantile' in hedge.after) this.latency = new LatencyQuantile(hedge.after.quantile)
    this.retry = retry && new RetryPolicy({ ...retry, backoff: createBackoff(retry.backoff) })
    this.backoffStream = context.stream('backoff')
    this.register()
  }

  instruction(plan: PlanInstruction): Instruction {
    return this.config.hedge === undefined ? new GuardedCall(this, plan) : new HedgedCall(this, this.config.hedge, plan)
  }

  /** The guards of calls to an endpoint; a policy without any is not asked. */
  guardOf(endpoint: number): ServiceGuard {
    const known = this.guardsByEndpoint[endpoint]
    if (known !== undefined) return known
    const { service } = this.context.endpoints[endpoint]!
    const guard =
      this.guards.get(service) ?? new ServiceGuard(service, this.config, this.context.kernel, this.bulkheadMeter)
    this.guards.set(service, guard)
    this.guardsByEndpoint[endpoint] = guard
    return guard
  }

  /** A call begins: notes when nobody waits for it any longer. False when that was before. */
  beginCall(frame: number): boolean {
    const { callDuesNs, config, context } = this
    if (callDuesNs === undefined) return true
    const { frames, clock } = context.kernel
    const nowNs = clock[0]!
    const ownNs = config.callTimeoutNs === undefined ? Infinity : nowNs + config.callTimeoutNs
    const dueNs = config.propagate ? Math.min(ownNs, frames.deadlineNs(frame)) : ownNs
    callDuesNs[frame] = dueNs
    return dueNs > nowNs
  }

  /** When nobody waits any longer for the call of a frame. */
  callDueNs(frame: number): number {
    return this.callDuesNs === undefined ? Infinity : this.callDuesNs[frame]!
  }

  /** When nobody waits any longer for the present try of a frame. */
  tryDueNs(frame: number): number {
    return this.tryDuesNs === undefined ? Infinity : this.tryDuesNs[frame]!
  }

  /** The time of a frame's present try begins. */
  startDeadline(frame: number): void {
    if (this.ring !== undefined) this.ring.set(frame)
    else if (this.heap !== undefined) this.startVaryingDeadline(frame, this.heap)
  }

  private startVaryingDeadline(frame: number, heap: DeadlineHeap): void {
    const { timeoutNs } = this.config
    const ownNs = timeoutNs === undefined ? Infinity : this.context.kernel.clock[0]! + timeoutNs
    const dueNs = Math.min(ownNs, this.callDueNs(frame))
    this.tryDuesNs![frame] = dueNs
    if (dueNs < Infinity) heap.set(frame, dueNs)
  }

  /** Tells the call that a frame has just begun until when it is waited for. */
  handDeadlineOn(frame: number, dueNs: number): void {
    if (!this.config.propagate) return
    const { frames } = this.context.kernel
    frames.setDeadlineNs(frames.child(frame), dueNs)
  }

  /** What a frame waits for that has no call under way. */
  waitsFor(frame: number): number {
    return this.waits === undefined ? 0 : this.waits[frame]!
  }

  setWaitsFor(frame: number, what: number): void {
    if (this.waits !== undefined) this.waits[frame] = what
  }

  /** Whether the breaker lets a try pass. */
  passesBreaker({ service, breaker }: ServiceGuard, nowNs: number): boolean {
    const before = breaker!.state(nowNs)
    const passes = breaker!.tryAcquire(nowNs)
    this.breakerMoved(service, breaker!, before)
    return passes
  }

  /** Tells the breaker how a try that it let pass has ended. */
  tellBreaker({ service, breaker }: ServiceGuard, success: boolean, durationNs: number): void {
    const { nowNs } = this.context.kernel
    const before = breaker!.state(nowNs)
    if (success) breaker!.onSuccess(nowNs, durationNs)
    else breaker!.onFailure(nowNs, durationNs)
    this.breakerMoved(service, breaker!, before)
  }

  /** Counts and notes what a breaker did, when it changed its state. */
  private breakerMoved(service: string, breaker: CircuitBreaker, before: number): void {
    const after = breaker.state(this.context.kernel.nowNs)
    if (after === before) return
    if (after === BREAKER_OPEN) this.counts.add(OPENED)
    const word = after === BREAKER_OPEN ? 'opened' : after === BREAKER_CLOSED ? 'closed' : 'half-opened'
    this.context.recorder.note({ component: this.context.id, kind: 'breaker', text: `breaker for ${service} ${word}` })
  }

  private register(): void {
    const { retry, hedge, breaker, limit, bulkhead } = this.config
    const { recorder, id } = this.context
    const hasBudget = (hedge ?? retry)?.budget !== undefined
    this.counts.register(recorder, id, {
      retry: retry !== undefined,
      hedge: hedge !== undefined,
      budget: hasBudget,
      breaker: breaker !== undefined,
      limit: limit !== undefined,
      bulkhead: bulkhead !== undefined,
    })
    if (breaker !== undefined) {
      recorder.gauge(id, 'breakers_open', 'breakers', (nowNs) => this.breakersIn(BREAKER_OPEN, nowNs))
      recorder.gauge(id, 'breakers_trying', 'breakers', (nowNs) => this.breakersIn(BREAKER_HALF_OPEN, nowNs))
    }
    const most = (of: (guard: ServiceGuard) => number): number =>
      [...this.guards.values()].reduce((max, guard) => Math.max(max, of(guard)), 0)
    if (hasBudget) recorder.gauge(id, 'budget_used', 'ratio', () => most(({ budget }) => 1 - budget!.left()))
    if (limit !== undefined)
      recorder.gauge(id, 'limit_used', 'ratio', (nowNs) => most(({ limiter }) => limiter!.used(nowNs)))
    if (bulkhead?.adapt !== undefined) {
      recorder.gauge(id, 'calls_allowed', 'count', () => most((guard) => guard.bulkhead!.limit))
    }
  }

  private breakersIn(state: number, nowNs: number): number {
    let count = 0
    for (const { breaker } of this.guards.values()) if (breaker!.state(nowNs) === state) count++
    return count
  }
}
