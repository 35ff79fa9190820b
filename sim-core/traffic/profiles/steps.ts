/** The traffic profile of plateaus with jumps between them. */

import type { LevelPoint, ProfileDefinition } from './profile.ts'
import { appendLevel } from './profile.ts'

/** A level and how long it stays. */
export interface Step {
  /** Integer ns, at least 0. */
  readonly forNs: number
  /** Arrivals per second, or users; at least 0. */
  readonly level: number
}

/** At least one step; the level of the last holds after it. */
export interface StepsSpec {
  readonly steps: readonly Step[]
}

/** `rate: { steps: [{ for: 5m, rate: 100/s }, { for: 10m, rate: 400/s }] }` */
export const stepsProfile: ProfileDefinition<StepsSpec> = {
  id: 'steps',
  label: 'Steps',
  help: 'One level after the other, each for its time, with a jump between them; the last level holds to the end of the run.',
  source: 'A form of our own; no publication.',
  differs: '',
  points({ steps }) {
    const points: LevelPoint[] = []
    let nowNs = 0
    for (const { forNs, level } of steps) {
      appendLevel(points, nowNs, level)
      nowNs += forNs
      appendLevel(points, nowNs, level)
    }
    return points
  },
}
