/** How many closed users are active over the run, and the instants at which one joins or leaves. */

import { invariant } from '../kernel/invariant.ts'
import { roundNs } from '../kernel/time.ts'

/** A number of users from an instant on. */
export interface UserPoint {
  /** Integer ns since the start of the run. */
  readonly atNs: number
  /** At least 0; a fraction is what a curve passes through between whole users. */
  readonly users: number
}

/** Users over time, read as a `RateProfile` is: straight lines, two points at one instant are a jump, the last holds. */
export interface UserProfile {
  /** At least one, the first at 0. */
  readonly points: readonly UserPoint[]
}

/** The most users at any time in [0, endNs), rounded up. */
export function userPeak(profile: UserProfile, endNs: number): number {
  const walk = new UserCountWalk(profile, endNs)
  let peak = walk.users
  while (walk.next() !== Infinity) peak = Math.max(peak, walk.users)
  return peak
}

/**
 * Goes through the changes of the whole number of users in order of time.
 *
 * A user joins when a rising line has gained a whole one, and leaves when a falling line has lost a whole one.
 * Source: Grafana k6, "Ramping VUs" executor documentation and `getRawExecutionSteps` in lib/executor/ramping_vus.go: a
 * ramp from a to b over d passes through every whole number k at d * (k - a) / (b - a).
 * Differs from the source: the instant is rounded to the nearest ns, not down, and the last count holds to the end.
 */
export class UserCountWalk {
  readonly #points: readonly UserPoint[]
  readonly #endNs: number
  /** Index of the point at which the present piece ends. */
  #pieceEnd = 1
  #users: number

  /** @param endNs end of the run, integer ns; changes at it or after it are not reported. */
  constructor(profile: UserProfile, endNs: number) {
    const first = profile.points[0]
    invariant(first !== undefined && first.atNs === 0, 'a user profile starts with a point at 0')
    this.#points = profile.points
    this.#endNs = endNs
    this.#users = Math.round(first.users)
  }

  /** Users from the start, or from the instant that `next` returned last, until the following change. */
  get users(): number {
    return this.#users
  }

  /** Goes to the next change and returns its instant (integer ns); Infinity when none is left, and `users` then stays. */
  next(): number {
    for (let to = this.#points[this.#pieceEnd]; to !== undefined; to = this.#points[++this.#pieceEnd]) {
      const from = this.#points[this.#pieceEnd - 1]!
      if (from.atNs >= this.#endNs) break
      const changeNs = from.atNs === to.atNs ? this.#jump(to) : this.#ramp(from, to)
      if (changeNs < this.#endNs) return changeNs
    }
    return Infinity
  }

  /** Infinity when the jump changes nothing. */
  #jump(to: UserPoint): number {
    const users = Math.round(to.users)
    if (users === this.#users) return Infinity
    this.#users = users
    return to.atNs
  }

  /** Infinity when the rest of the ramp passes no further whole number. */
  #ramp(from: UserPoint, to: UserPoint): number {
    const direction = Math.sign(to.users - from.users)
    const target = this.#users + direction
    if (direction === 0 || (to.users - target) * direction < 0) return Infinity
    const fraction = (target - from.users) / (to.users - from.users)
    const changeNs = from.atNs + roundNs(fraction * (to.atNs - from.atNs))
    if (changeNs < this.#endNs) this.#users = target
    return changeNs
  }
}
