// Why targets may not be picked: several causes at once, of which each must be lifted by whoever raised it.

import type { InstanceRule } from './instance-rule.ts'
import type { Balancer } from './balancer.ts'

/** Causes that keep a target from being picked; bits, so that they add up. */
export const BLOCKED_BY = {
  /** Not in the registry: not started yet, or gone. */
  notReady: 1,
  /** Taken out for failures. */
  ejected: 2,
  /** Already tried by, or passed over for, the request that is being placed. */
  tried: 4,
  /** Known to be down. */
  unhealthy: 8,
} as const

/** One of the causes. */
export type BlockCause = (typeof BLOCKED_BY)[keyof typeof BLOCKED_BY]

/** Causes that a panic disregards. */
const POOR_HEALTH = BLOCKED_BY.ejected | BLOCKED_BY.unhealthy

/** What `TargetEligibility` may be told besides. */
export interface PanicOptions {
  /** Share of healthy targets below which their health is disregarded; 0 is never. */
  readonly thresholdRatio: number
  /** Hears when a panic begins or ends. */
  readonly changed: (isPanic: boolean) => void
}

/**
 * The causes in force per target; tells the balancer when the first appears and when the last goes.
 *
 * Source of the panic: Envoy 1.30 documentation, "Panic threshold": when fewer than the threshold (50 %) of the hosts are
 * healthy, requests go to all hosts, healthy or not.
 * Differs from the source: none.
 */
export class TargetEligibility {
  readonly #balancer: Balancer
  readonly #causes: Uint8Array
  readonly #panic: PanicOptions | undefined
  #isPanic = false
  /** Targets in the registry, and how many of them are in good health. */
  #roster = 0
  #healthy = 0

  /** All targets start out not ready. */
  constructor(targets: number, balancer: Balancer, panic?: PanicOptions) {
    this.#balancer = balancer
    this.#causes = new Uint8Array(targets).fill(BLOCKED_BY.notReady)
    this.#panic = panic
    for (let target = 0; target < targets; target++) balancer.setMember?.(target, false)
  }

  /** Whether nothing keeps the target from being picked. */
  isEligible(target: number): boolean {
    return this.#allows(this.#causes[target]!)
  }

  /** Whether a cause is in force. */
  isBlockedBy(target: number, cause: BlockCause): boolean {
    return (this.#causes[target]! & cause) !== 0
  }

  /** Targets in the registry, healthy or not. */
  get roster(): number {
    return this.#roster
  }

  /** Puts a cause in force. */
  block(target: number, cause: BlockCause): void {
    this.#change(target, this.#causes[target]! | cause)
  }

  /** Lifts a cause. */
  unblock(target: number, cause: BlockCause): void {
    this.#change(target, this.#causes[target]! & ~cause)
  }

  #allows(causes: number): boolean {
    return causes === 0 || (this.#isPanic && (causes & ~POOR_HEALTH) === 0)
  }

  #change(target: number, after: number): void {
    const before = this.#causes[target]!
    if (before === after) return
    this.#causes[target] = after
    if (((before ^ after) & BLOCKED_BY.notReady) !== 0) {
      this.#balancer.setMember?.(target, (after & BLOCKED_BY.notReady) === 0)
    }
    if (this.#allows(before) !== this.#allows(after)) this.#balancer.setEligible(target, this.#allows(after))
    this.#roster += inRoster(after) - inRoster(before)
    this.#healthy += inGoodHealth(after) - inGoodHealth(before)
    if (this.#panic !== undefined) this.#reconsiderPanic(this.#panic)
  }

  #reconsiderPanic({ thresholdRatio, changed }: PanicOptions): void {
    const isPanic = this.#roster > 0 && this.#healthy < thresholdRatio * this.#roster
    if (isPanic === this.#isPanic) return
    this.#isPanic = isPanic
    for (let target = 0; target < this.#causes.length; target++) {
      const causes = this.#causes[target]!
      if ((causes & POOR_HEALTH) !== 0) this.#balancer.setEligible(target, this.#allows(causes))
    }
    changed(isPanic)
  }
}

function inRoster(causes: number): 0 | 1 {
  return (causes & BLOCKED_BY.notReady) === 0 ? 1 : 0
}

function inGoodHealth(causes: number): 0 | 1 {
  return (causes & (BLOCKED_BY.notReady | POOR_HEALTH)) === 0 ? 1 : 0
}

/** The panic threshold. */
export const panicThreshold: InstanceRule = {
  id: 'panic_threshold',
  label: 'Panic threshold (Envoy)',
  help: 'With fewer healthy instances than this share, health is disregarded: the few would only follow the others.',
  source: 'Envoy 1.30 documentation, "Panic threshold".',
  differs: 'Off unless asked for, where Envoy has 50 %.',
}
