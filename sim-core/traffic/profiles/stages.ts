/** The traffic profile made of ramps, plateaus, jumps and spikes, one after the other. */

import type { LevelPoint, ProfileDefinition } from './profile.ts'
import { appendLevel, lastLevel } from './profile.ts'

/** A straight line to a new level; a jump when it takes no time. */
export interface RampStage {
  readonly overNs: number
  readonly to: number
}

/** The level stays for a while. */
export interface HoldStage {
  readonly holdNs: number
}

/** The level changes at once. */
export interface JumpStage {
  readonly jump: number
}

/** A straight line up (or down), a plateau, and a straight line back to the level before. */
export interface SpikeStage {
  readonly spike: {
    readonly to: number
    readonly overNs: number
    readonly holdNs: number
    readonly backNs: number
  }
}

/** What happens next. Levels are arrivals per second, or users, at least 0; durations integer ns, at least 0. */
export type Stage = RampStage | HoldStage | JumpStage | SpikeStage

/** Where the level starts and how it goes on; after the last stage it holds. */
export interface StagesSpec {
  readonly from: number
  readonly stages: readonly Stage[]
}

/** `rate: { from: 5000/s, stages: [{ over: 10m, to: 15000/s }, { hold: 40m }, { jump: 1000/s }, { spike: {...} }] }` */
export const stagesProfile: ProfileDefinition<StagesSpec> = {
  id: 'stages',
  label: 'Stages',
  help: 'Ramps, plateaus, jumps and spikes in turn; the last level holds to the end of the run.',
  source: 'A form of our own; no publication.',
  differs: '',
  points({ from, stages }) {
    const points: LevelPoint[] = [{ atNs: 0, level: from }]
    let nowNs = 0
    for (const stage of stages) nowNs = appendStage(points, nowNs, stage)
    return points
  },
}

/** Adds the stage that starts at `nowNs` and returns when it ends. */
function appendStage(points: LevelPoint[], nowNs: number, stage: Stage): number {
  const before = lastLevel(points)
  if ('jump' in stage) {
    appendLevel(points, nowNs, stage.jump)
    return nowNs
  }
  if ('holdNs' in stage) {
    appendLevel(points, nowNs + stage.holdNs, before)
    return nowNs + stage.holdNs
  }
  if ('spike' in stage) {
    const { to, overNs, holdNs, backNs } = stage.spike
    const endNs = nowNs + overNs + holdNs + backNs
    appendLevel(points, nowNs + overNs, to)
    appendLevel(points, nowNs + overNs + holdNs, to)
    appendLevel(points, endNs, before)
    return endNs
  }
  appendLevel(points, nowNs + stage.overNs, stage.to)
  return nowNs + stage.overNs
}
