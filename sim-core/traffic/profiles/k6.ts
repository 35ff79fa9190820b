/** The traffic profile imported from the stages of a Grafana k6 script. */

import type { LevelPoint, ProfileDefinition } from './profile.ts'
import { appendLevel } from './profile.ts'

/** One entry of k6's `stages`. */
export interface K6Stage {
  /** Integer ns, at least 0; 0 is a jump. */
  readonly durationNs: number
  /** Arrivals per second (k6's target over its `timeUnit`), or users; at least 0. */
  readonly target: number
}

/** k6's `startRate` or `startVUs`, and its `stages` as they stand in the script. */
export interface K6Spec {
  readonly start: number
  readonly k6: readonly K6Stage[]
}

/** `rate: { k6: [{ duration: 5m, target: 100 }, { duration: 10m, target: 1000 }], start: 0/s }` */
export const k6Profile: ProfileDefinition<K6Spec> = {
  id: 'k6',
  label: 'k6 stages',
  help: 'The stages of a k6 script: in each the rate goes in a straight line from where it was to the target.',
  source:
    'Grafana k6, documentation of the executors "Ramping arrival rate" and "Ramping VUs": every stage moves linearly from the ' +
    'level before to its target over its duration, at once when that is 0.',
  differs: 'k6 stops after the last stage; here the last target holds to the end of the run.',
  points({ start, k6 }) {
    const points: LevelPoint[] = [{ atNs: 0, level: start }]
    let nowNs = 0
    for (const { durationNs, target } of k6) {
      nowNs += durationNs
      appendLevel(points, nowNs, target)
    }
    return points
  },
}
