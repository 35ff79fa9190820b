// Passive health checks as nginx does them: targets are taken out after failures and tried again after a time.

import type { InstanceRule } from './instance-rule.ts'
import { invariant } from '../../../kernel/invariant.ts'
import type { Balancer } from './balancer.ts'
import { BLOCKED_BY, type TargetEligibility } from './target-eligibility.ts'

/** What passive health checks are made from: one value per target. */
export interface PassiveHealthOptions {
  /** Failures after which the target is taken out; 0 is never. */
  readonly maxFails: readonly number[]
  /** How long it stays out, and the time within which failures add up. */
  readonly failTimeoutNs: readonly number[]
}

/**
 * Counts failures per target and ejects it.
 *
 * Source: nginx 1.22, src/http/ngx_http_upstream_round_robin.c, ngx_http_upstream_get_peer and
 * ngx_http_upstream_free_round_robin_peer: a peer is skipped while fails >= max_fails and now - checked <= fail_timeout;
 * picking it later than that sets checked = now, so one request at a time tries it; a failure adds one to fails and sets
 * accessed = checked = now; a success sets fails = 0 if accessed < checked. A group of one never ejects it.
 * Differs from the source: see `differs` below.
 */
export class PassiveHealth {
  readonly #balancer: Balancer
  readonly #eligibility: TargetEligibility
  readonly #maxFails: Int32Array
  readonly #timeoutsNs: Float64Array
  readonly #fails: Int32Array
  /** When the target last failed. */
  readonly #accessedNs: Float64Array
  /** When the target last failed or, later than its timeout after that, was tried. */
  readonly #checkedNs: Float64Array
  /** When the first ejected target may be tried again, Infinity when none is ejected. */
  readonly #nextReleaseNs = new Float64Array([Infinity])

  /** @param eligibility where ejections are put in force, beside the other causes. */
  constructor(options: PassiveHealthOptions, balancer: Balancer, eligibility: TargetEligibility) {
    const targets = options.maxFails.length
    invariant(options.failTimeoutNs.length === targets, 'there is one max_fails and one fail_timeout per target')
    this.#balancer = balancer
    this.#eligibility = eligibility
    this.#maxFails = targets === 1 ? new Int32Array(1) : Int32Array.from(options.maxFails)
    this.#timeoutsNs = Float64Array.from(options.failTimeoutNs)
    this.#fails = new Int32Array(targets)
    this.#accessedNs = new Float64Array(targets).fill(-Infinity)
    this.#checkedNs = new Float64Array(targets).fill(-Infinity)
  }

  /** Lets in the targets whose time is over; to be called before each pick. */
  beforePick(nowNs: number): void {
    if (nowNs <= this.#nextReleaseNs[0]!) return
    let nextReleaseNs = Infinity
    for (let target = 0; target < this.#fails.length; target++) {
      if (!this.#isOverLimit(target)) continue
      const releaseNs = this.#checkedNs[target]! + this.#timeoutsNs[target]!
      if (nowNs > releaseNs) this.#eligibility.unblock(target, BLOCKED_BY.ejected)
      else nextReleaseNs = Math.min(nextReleaseNs, releaseNs)
    }
    this.#nextReleaseNs[0] = nextReleaseNs
  }

  /** A request is sent to the target that was picked. */
  picked(target: number, nowNs: number): void {
    if (nowNs - this.#checkedNs[target]! <= this.#timeoutsNs[target]!) return
    this.#checkedNs[target] = nowNs
    if (this.#isOverLimit(target)) this.#eject(target)
  }

  /** A request to the target failed. */
  failed(target: number, nowNs: number): void {
    this.#fails[target] = this.#fails[target]! + 1
    this.#accessedNs[target] = nowNs
    this.#checkedNs[target] = nowNs
    if (this.#maxFails[target] !== 0) this.#balancer.failed(target)
    if (this.#isOverLimit(target)) this.#eject(target)
  }

  /** A request to the target was answered. */
  succeeded(target: number): void {
    if (this.#accessedNs[target]! >= this.#checkedNs[target]!) return
    this.#fails[target] = 0
    this.#eligibility.unblock(target, BLOCKED_BY.ejected)
  }

  #isOverLimit(target: number): boolean {
    const limit = this.#maxFails[target]!
    return limit !== 0 && this.#fails[target]! >= limit
  }

  #eject(target: number): void {
    this.#eligibility.block(target, BLOCKED_BY.ejected)
    const releaseNs = this.#checkedNs[target]! + this.#timeoutsNs[target]!
    this.#nextReleaseNs[0] = Math.min(this.#nextReleaseNs[0]!, releaseNs)
  }
}

/** Passive health checks. */
export const passiveHealth: InstanceRule = {
  id: 'passive',
  label: 'Passive health checks (nginx)',
  help: 'Passive health checks by the rules of nginx: instances that were gone or too late get no requests for a time.',
  source:
    'nginx 1.22, src/http/ngx_http_upstream_round_robin.c, ngx_http_upstream_get_peer and ' +
    'ngx_http_upstream_free_round_robin_peer; max_fails and fail_timeout.',
  differs: 'Time is exact, where nginx counts whole seconds.',
}
