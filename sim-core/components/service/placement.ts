// Which instance a request goes to: the balancing algorithm, and what stands on top of it.
import { PRIORITY_CONTROL } from '../../kernel/event-queue.ts'
import type { Frames } from '../../kernel/frames.ts'
import { invariant } from '../../kernel/invariant.ts'
import type { RandomStream } from '../../kernel/random.ts'
import { Timer } from '../../kernel/timer.ts'
import type { ModelContext } from '../../model/model.ts'
import type { Balancer } from './balancing/balancer.ts'
import type { OutlierListener } from './balancing/outlier-ejection.ts'
import { OutlierEjection } from './balancing/outlier-ejection.ts'
import { PassiveHealth } from './balancing/passive-health.ts'
import { balancers } from './balancing/registry.ts'
import { NumberedKeys } from './balancing/request-keys.ts'
import { SlowStart } from './balancing/slow-start.ts'
import { StickySessions } from './balancing/sticky-sessions.ts'
import { BLOCKED_BY, TargetEligibility } from './balancing/target-eligibility.ts'
import { ZonedBalancer } from './balancing/zoned-balancer.ts'
import { Discovery } from './discovery.ts'
import type { BalancerConfig } from './service-config.ts'

const NS_PER_SECOND = 1e9

/** Chooses instances, and learns of their lives and of how requests to them end. */
export class Placement {
  readonly balancer: Balancer
  /** Whether the algorithm decides alone and without a key, so that it may be asked directly. */
  readonly isPlain: boolean
  /** Whether anybody wants to know how requests end. */
  readonly judgesOutcomes: boolean
  /** [instance] = requests sent to it. */
  readonly picks: Float64Array
  /** Requests sent to instances that had gone, by cookie, and to another zone. */
  readonly counts = new Float64Array(3)
  private readonly context: ModelContext
  private readonly config: BalancerConfig
  private readonly frames: Frames
  private readonly clock: Float64Array
  private readonly key: number
  private readonly eligibility: TargetEligibility
  private readonly sticky: StickySessions | undefined
  private readonly stickyKey: number
  private readonly slowStart: SlowStart | undefined
  private readonly outliers: OutlierEjection | undefined
  private readonly passive: PassiveHealth | undefined
  private readonly zoned: ZonedBalancer | undefined
  private readonly zoneStream: RandomStream | undefined
  private readonly discovery: Discovery | undefined
  /** Targets that were passed over for the present request. */
  private readonly passedOver: number[] = []

  constructor(config: BalancerConfig, targets: number, context: ModelContext) {
    const { kernel } = context
    this.context = context
    this.config = config
    this.frames = kernel.frames
    this.clock = kernel.clock
    this.key = config.key ?? -1
    this.picks = new Float64Array(targets)
    const create = (): Balancer => createBalancer(config, targets, context)
    this.zoned = config.zones === undefined ? undefined : new ZonedBalancer(config.zones, create)
    this.zoneStream = config.zones === undefined ? undefined : context.stream('zone')
    this.balancer = this.zoned ?? create()
    this.eligibility = new TargetEligibility(targets, this.balancer, this.panic())
    this.sticky = config.sticky && new StickySessions(targets, config.sticky.durationNs)
    this.stickyKey = config.sticky?.key ?? -1
    this.slowStart = config.slowStart && new SlowStart(targets, config.slowStart, context.stream('slow-start'))
    this.outliers = config.ejection && new OutlierEjection(targets, config.ejection, this.eligibility, this.listener())
    this.passive = this.createPassive(targets)
    this.discovery = config.discovery && new Discovery(kernel, targets, config.discovery)
    const helpers = [config.key, this.zoned, this.sticky, this.slowStart, this.passive]
    this.isPlain = helpers.every((helper) => helper === undefined)
    this.judgesOutcomes = this.outliers !== undefined || this.passive !== undefined
  }

  start(): void {
    const { outliers, config } = this
    if (outliers === undefined) return
    const { intervalNs } = config.ejection!
    const timer = new Timer(this.context.kernel, PRIORITY_CONTROL, (nowNs) => {
      outliers.endInterval(nowNs)
      timer.set(nowNs + intervalNs)
    })
    timer.set(intervalNs)
  }

  /** Instances that are out for failures. */
  get ejected(): number {
    return this.outliers?.count ?? 0
  }

  /** The instance for the request of a frame, or -1. */
  pick(frame: number): number {
    const { passive, clock } = this
    passive?.beforePick(clock[0]!)
    const target = this.sticky === undefined ? this.choose(frame) : this.followCookie(frame, this.sticky)
    if (target >= 0) passive?.picked(target, clock[0]!)
    return target
  }

  /** The instance that the client's cookie names, or a new one with a new cookie. */
  private followCookie(frame: number, sticky: StickySessions): number {
    const client = this.frames.key(frame, this.stickyKey)
    const known = sticky.targetOf(client, this.clock)
    if (known >= 0 && this.eligibility.isEligible(known)) {
      this.counts[1] = this.counts[1]! + 1
      return known
    }
    const target = this.choose(frame)
    if (target >= 0) sticky.assign(client, target, this.clock)
    return target
  }

  /** What the algorithm picks, within the zone and among those that are warm. */
  private choose(frame: number): number {
    const key = this.key < 0 ? -1 : this.frames.key(frame, this.key)
    const zone = this.zoned === undefined ? -1 : this.enterZone(frame)
    const target = this.slowStart?.isActive === true ? this.pickWarm(key) : this.balancer.pick(key)
    if (target >= 0 && zone >= 0 && this.zoned!.zoneOf(target) !== zone) this.counts[2] = this.counts[2]! + 1
    return target
  }

  /** A request was sent to an instance that is there no more, though the balancer does not know it yet. */
  pickedStale(): void {
    this.counts[0] = this.counts[0]! + 1
  }

  /**
   * A request to an instance has ended.
   * @param failed whether it failed for any reason, or came too late for its caller
   * @param unreached whether the instance was gone or its answer came too late: what nginx counts as a failure
   */
  judge(target: number, failed: boolean, unreached: boolean): void {
    const nowNs = this.clock[0]!
    if (failed) this.outliers?.failed(target, nowNs)
    else this.outliers?.succeeded(target)
    if (unreached) this.passive?.failed(target, nowNs)
    else this.passive?.succeeded(target)
  }

  /** An instance is ready, anew or again. */
  joins(instance: number): void {
    const change = (): void => {
      this.slowStart?.joined(instance, this.context.kernel.nowNs)
      this.eligibility.unblock(instance, BLOCKED_BY.notReady)
      this.eligibility.unblock(instance, BLOCKED_BY.unhealthy)
    }
    // What is there when the run begins has long been registered, and is warm.
    if (this.context.kernel.nowNs === 0) {
      this.eligibility.unblock(instance, BLOCKED_BY.notReady)
      return
    }
    if (this.discovery === undefined) change()
    else this.discovery.joins(instance, change)
  }

  /** An instance is being stopped for good. */
  leaves(instance: number): void {
    const change = (): void => {
      this.eligibility.block(instance, BLOCKED_BY.notReady)
      this.eligibility.unblock(instance, BLOCKED_BY.unhealthy)
      this.outliers?.forget(instance)
      this.sticky?.forget(instance)
    }
    if (this.discovery === undefined) change()
    else this.discovery.leaves(instance, change)
  }

  /** An instance has died, and there are no checks that would find out. */
  dies(instance: number): void {
    const change = (): void => this.eligibility.block(instance, BLOCKED_BY.unhealthy)
    if (this.discovery === undefined) change()
    else this.discovery.leaves(instance, change)
  }

  /** Health checks have come to a verdict. */
  setHealthy(instance: number, isHealthy: boolean): void {
    if (this.eligibility.isBlockedBy(instance, BLOCKED_BY.unhealthy) !== isHealthy) return
    this.note(isHealthy ? 'healthy' : 'unhealthy', `instance ${instance} is seen to be ${isHealthy ? 'up' : 'down'}`)
    if (!isHealthy) {
      this.eligibility.block(instance, BLOCKED_BY.unhealthy)
      return
    }
    this.slowStart?.joined(instance, this.context.kernel.nowNs)
    this.eligibility.unblock(instance, BLOCKED_BY.unhealthy)
  }

  /** Picks until a target is warm enough; the first that was passed over where none is. */
  private pickWarm(key: number): number {
    const { passedOver, eligibility } = this
    let target = this.balancer.pick(key)
    while (target >= 0 && this.slowStart!.passesOver(target, this.clock)) {
      passedOver.push(target)
      eligibility.block(target, BLOCKED_BY.tried)
      target = this.balancer.pick(key)
    }
    if (target < 0) target = passedOver[0] ?? -1
    for (const passed of passedOver) eligibility.unblock(passed, BLOCKED_BY.tried)
    passedOver.length = 0
    return target
  }

  /** Zone of the calling instance, or any one for a client; the zoned balancer is told. */
  private enterZone(frame: number): number {
    const zoned = this.zoned!
    const parent = this.frames.parent(frame)
    const caller = parent < 0 ? -1 : this.frames.instance(parent)
    const zone = caller < 0 ? this.zoneStream!.nextBelow(zoned.zones) : zoned.zoneOf(caller)
    zoned.zone = zone
    return zone
  }

  private createPassive(targets: number): PassiveHealth | undefined {
    const { passive } = this.config
    if (passive === undefined) return undefined
    const options = {
      maxFails: new Array<number>(targets).fill(passive.maxFails),
      failTimeoutNs: new Array<number>(targets).fill(passive.failTimeoutNs),
    }
    return new PassiveHealth(options, this.balancer, this.eligibility)
  }

  private panic() {
    const { panicThreshold } = this.config
    if (panicThreshold === undefined) return undefined
    const changed = (isPanic: boolean): void => {
      const text = isPanic
        ? 'too few instances are healthy: requests go to all of them'
        : 'enough instances are healthy again: requests go to those'
      this.note('panic', text)
    }
    return { thresholdRatio: panicThreshold, changed }
  }

  private listener(): OutlierListener {
    return {
      ejected: (target, reason, forNs) => {
        const why =
          reason === 'success_rate'
            ? 'its success rate is an outlier'
            : `${this.config.ejection!.consecutiveFailures} failures in a row`
        this.note('ejected', `instance ${target} is ejected for ${forNs / NS_PER_SECOND} s: ${why}`)
      },
      returned: (target) => this.note('returned', `instance ${target} is back from its ejection`),
    }
  }

  private note(kind: string, text: string): void {
    this.context.recorder.note({ component: this.context.id, kind, text })
  }
}

function createBalancer(config: BalancerConfig, targets: number, context: ModelContext): Balancer {
  const definition = balancers.find(({ id }) => id === config.algorithm)
  invariant(definition !== undefined, 'a plan names a listed balancer')
  const { weights, parameters, key, passive } = config
  const last = weights?.at(-1)
  return definition.create({
    targets,
    stream: context.stream('balancer'),
    clock: context.kernel.clock,
    parameters,
    ...(last === undefined ? {} : { weights: Array.from({ length: targets }, (_, index) => weights![index] ?? last) }),
    ...(passive === undefined ? {} : { maxFails: new Array<number>(targets).fill(passive.maxFails) }),
    ...(key === undefined ? {} : { keys: new NumberedKeys(context.populations[key]!.count) }),
  })
}
