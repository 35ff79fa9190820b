// Outlier ejection as Envoy does it: targets that fail too often are taken out for a time that grows.

import type { InstanceRule } from './instance-rule.ts'
import { BLOCKED_BY, type TargetEligibility } from './target-eligibility.ts'

/** Envoy's settings by the names of its configuration. */
export interface OutlierConfig {
  readonly consecutiveFailures: number
  readonly intervalNs: number
  readonly baseEjectionNs: number
  readonly maxEjectionTimeNs: number
  readonly maxEjectionPercentRatio: number
  /** Standard deviations below the mean at which a success rate is an outlier. */
  readonly successRateStdev: number
  readonly successRateHosts: number
  readonly successRateRequests: number
}

/** Why a target is ejected. */
export type EjectionReason = 'consecutive_5xx' | 'success_rate'

/** Hears what is decided. */
export interface OutlierListener {
  ejected(target: number, reason: EjectionReason, forNs: number): void
  returned(target: number): void
}

/**
 * Mean success rate, and the rate below which one is an outlier; rates in percent.
 *
 * Source: Envoy 1.30, source/common/upstream/outlier_detection_impl.cc, successRateEjectionThreshold: mean - factor *
 * stdev, stdev being that of the whole population.
 * Differs from the source: none.
 */
export function successRateThreshold(
  rates: readonly number[],
  stdevFactor: number,
): { readonly average: number; readonly threshold: number } {
  const average = rates.reduce((sum, rate) => sum + rate, 0) / rates.length
  const variance = rates.reduce((sum, rate) => sum + (rate - average) * (rate - average), 0) / rates.length
  return { average, threshold: average - stdevFactor * Math.sqrt(variance) }
}

/** Whether one more target may be ejected. Source: the same, ejectHost: ejected / hosts < max_ejection_percent. */
export function mayEject(ejected: number, hosts: number, maxRatio: number): boolean {
  return ejected < maxRatio * hosts
}

/** How long a target stays out at its n-th ejection in a row: min(n * base, max). Source: the same, checkHostForUneject. */
export function ejectionTimeNs(times: number, baseNs: number, maxNs: number): number {
  return Math.min(times * baseNs, maxNs)
}

const PERCENT = 100

/**
 * The detector of one group of targets.
 *
 * Source: Envoy 1.30, source/common/upstream/outlier_detection_impl.cc, DetectorImpl: `consecutive_5xx` failures in a row
 * eject at once; every interval those whose time is over return, the multiplier of those that were in all the time falls
 * by one, and where enough hosts had enough requests, those with outlying success rates are ejected.
 * Differs from the source: see `differs` below.
 */
export class OutlierEjection {
  private readonly config: OutlierConfig
  private readonly eligibility: TargetEligibility
  private readonly listener: OutlierListener
  private readonly failuresInRow: Int32Array
  /** Of the present interval. */
  private readonly successes: Int32Array
  private readonly requests: Int32Array
  private readonly timesEjected: Int32Array
  private readonly ejectedNs: Float64Array
  private ejected = 0

  constructor(targets: number, config: OutlierConfig, eligibility: TargetEligibility, listener: OutlierListener) {
    this.config = config
    this.eligibility = eligibility
    this.listener = listener
    this.failuresInRow = new Int32Array(targets)
    this.successes = new Int32Array(targets)
    this.requests = new Int32Array(targets)
    this.timesEjected = new Int32Array(targets)
    this.ejectedNs = new Float64Array(targets)
  }

  /** Targets that are out now. */
  get count(): number {
    return this.ejected
  }

  /** A request to the target was answered. */
  succeeded(target: number): void {
    this.failuresInRow[target] = 0
    this.successes[target] = this.successes[target]! + 1
    this.requests[target] = this.requests[target]! + 1
  }

  /** A request to the target failed. */
  failed(target: number, nowNs: number): void {
    this.requests[target] = this.requests[target]! + 1
    const inRow = this.failuresInRow[target]! + 1
    this.failuresInRow[target] = inRow
    if (inRow < this.config.consecutiveFailures) return
    this.failuresInRow[target] = 0
    this.eject(target, 'consecutive_5xx', nowNs)
  }

  /** A target has gone: a new one in its place starts with a clean record. */
  forget(target: number): void {
    this.failuresInRow[target] = 0
    this.successes[target] = 0
    this.requests[target] = 0
    this.timesEjected[target] = 0
    if (this.isOut(target)) this.readmit(target)
  }

  /** The end of an interval. */
  endInterval(nowNs: number): void {
    const { baseEjectionNs, maxEjectionTimeNs } = this.config
    for (let target = 0; target < this.ejectedNs.length; target++) {
      const times = this.timesEjected[target]!
      if (!this.isOut(target)) this.timesEjected[target] = Math.max(0, times - 1)
      else if (nowNs - this.ejectedNs[target]! >= ejectionTimeNs(times, baseEjectionNs, maxEjectionTimeNs)) {
        this.readmit(target)
        this.listener.returned(target)
      }
    }
    this.ejectBySuccessRate(nowNs)
    this.successes.fill(0)
    this.requests.fill(0)
  }

  private ejectBySuccessRate(nowNs: number): void {
    const { successRateHosts, successRateRequests, successRateStdev } = this.config
    const judged: number[] = []
    for (let target = 0; target < this.requests.length; target++) {
      if (this.requests[target]! >= successRateRequests && !this.isOut(target)) judged.push(target)
    }
    if (judged.length < Math.max(1, successRateHosts)) return
    const rates = judged.map((target) => (PERCENT * this.successes[target]!) / this.requests[target]!)
    const { threshold } = successRateThreshold(rates, successRateStdev)
    for (const [place, target] of judged.entries()) {
      if (rates[place]! < threshold) this.eject(target, 'success_rate', nowNs)
    }
  }

  private eject(target: number, reason: EjectionReason, nowNs: number): void {
    const { baseEjectionNs, maxEjectionTimeNs, maxEjectionPercentRatio } = this.config
    if (this.isOut(target) || !mayEject(this.ejected, this.eligibility.roster, maxEjectionPercentRatio)) return
    const times = this.timesEjected[target]!
    if (times * baseEjectionNs < maxEjectionTimeNs + baseEjectionNs) this.timesEjected[target] = times + 1
    this.ejectedNs[target] = nowNs
    this.ejected += 1
    this.eligibility.block(target, BLOCKED_BY.ejected)
    this.listener.ejected(target, reason, ejectionTimeNs(this.timesEjected[target]!, baseEjectionNs, maxEjectionTimeNs))
  }

  private readmit(target: number): void {
    this.ejected -= 1
    this.eligibility.unblock(target, BLOCKED_BY.ejected)
  }

  private isOut(target: number): boolean {
    return this.eligibility.isBlockedBy(target, BLOCKED_BY.ejected)
  }
}

/** Outlier ejection. */
export const outlierEjection: InstanceRule = {
  id: 'ejection',
  label: 'Outlier ejection (Envoy)',
  help: 'Outlier ejection by the rules of Envoy: instances that fail too often get no requests for a time.',
  source:
    'Envoy 1.30, source/common/upstream/outlier_detection_impl.cc, DetectorImpl, successRateEjectionThreshold, ejectHost and ' +
    'checkHostForUneject.',
  differs:
    'Enforcement is always 100 %; no jitter; a request whose caller has given up counts as failed when the instance is done ' +
    'with it.',
}
