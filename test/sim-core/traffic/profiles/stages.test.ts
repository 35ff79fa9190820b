// Stages, steps and their points.

import { describe, expect, it } from 'vitest'
import { rateProfile } from '../../../../sim-core/traffic/profiles/registry.ts'
import type { ProfileSpec } from '../../../../sim-core/traffic/profiles/registry.ts'

function points(spec: ProfileSpec, factor = 1): [atNs: number, perSecond: number][] {
  return rateProfile(spec, 1000, factor).points.map(({ atNs, perSecond }) => [atNs, perSecond])
}

describe('constant', () => {
  it('is one point, scaled by growth and season', () => {
    expect(points({ kind: 'constant', level: 50 }, 1.5)).toEqual([[0, 75]])
  })
})

describe('stages', () => {
  it('ramps, holds, jumps and spikes in turn', () => {
    const spec: ProfileSpec = {
      kind: 'stages',
      from: 5,
      stages: [
        { overNs: 10, to: 15 },
        { holdNs: 40 },
        { jump: 10 },
        { holdNs: 5 },
        { spike: { to: 20, overNs: 1, holdNs: 6, backNs: 2 } },
        { holdNs: 7 },
        { overNs: 3, to: 0 },
      ],
    }
    expect(points(spec)).toEqual([
      [0, 5],
      [10, 15],
      [50, 15],
      [50, 10],
      [55, 10],
      [56, 20],
      [62, 20],
      [64, 10],
      [71, 10],
      [74, 0],
    ])
  })

  it('takes a ramp over no time as a jump and keeps only the last of several jumps', () => {
    const stages = [{ holdNs: 10 }, { jump: 3 }, { overNs: 0, to: 4 }, { jump: 5 }, { overNs: 10, to: 6 }]
    expect(points({ kind: 'stages', from: 1, stages })).toEqual([
      [0, 1],
      [10, 1],
      [10, 5],
      [20, 6],
    ])
  })

  it('takes a spike without ramps as two jumps', () => {
    const spike = { to: 9, overNs: 0, holdNs: 5, backNs: 0 }
    expect(points({ kind: 'stages', from: 1, stages: [{ holdNs: 10 }, { spike }] })).toEqual([
      [0, 1],
      [10, 1],
      [10, 9],
      [15, 9],
      [15, 1],
    ])
  })
})

describe('steps', () => {
  it('jumps from one level to the next', () => {
    const steps = [
      { forNs: 5, level: 100 },
      { forNs: 10, level: 400 },
      { forNs: 1, level: 0 },
    ]
    expect(points({ kind: 'steps', steps })).toEqual([
      [0, 100],
      [5, 100],
      [5, 400],
      [15, 400],
      [15, 0],
      [16, 0],
    ])
  })
})
