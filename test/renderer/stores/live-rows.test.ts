// Pictures of a run under way are put together row by row.
import { describe, expect, it } from 'vitest'
import type { LiveRun } from '../../../host/contract/live-run.ts'
import { rowCount, withPicture } from '../../../renderer/stores/live-rows.ts'

function picture(
  fromBucket: number,
  rows: LiveRun['rows'],
  replication = 0,
  happenedS: readonly number[] = [],
): LiveRun {
  return {
    runId: 'r',
    replication,
    endS: 60,
    speedFactor: 10,
    progress: {
      replicationsDone: 0,
      replicationsPlanned: 1,
      simulatedNs: 0,
      plannedNs: 1,
      requests: 0,
      elapsedMs: 0,
      leftMs: null,
    },
    snapshot: null,
    fromBucket,
    rows,
    happenings: happenedS.map((atS) => ({ at_s: atS, component: 'api', kind: 'scale', text: `at ${atS}` })),
  }
}

describe('withPicture', () => {
  it('appends rows and happenings', () => {
    const first = withPicture(undefined, picture(0, { load: [1, 2] }, 0, [1]))
    const second = withPicture(first ?? undefined, picture(2, { load: [3] }, 0, [2]))
    expect(second?.rows).toEqual({ load: [1, 2, 3] })
    expect(second?.happenings.map(({ at_s }) => at_s)).toEqual([1, 2])
    expect(second).not.toBe(first)
  })

  it('overwrites rows that come again, and pads columns that come late', () => {
    const first = withPicture(undefined, picture(0, { load: [1, 2, 3] }, 0, [3]))
    const second = withPicture(first ?? undefined, picture(2, { load: [30, 4], p95: [9, 8] }, 0, [3, 4]))
    expect(second?.rows).toEqual({ load: [1, 2, 30, 4], p95: [null, null, 9, 8] })
    expect(second?.happenings.map(({ at_s }) => at_s)).toEqual([3, 4])
    expect(rowCount(second?.rows ?? {})).toBe(4)
  })

  it('begins anew with another replication', () => {
    const first = withPicture(undefined, picture(0, { load: [1, 2] }, 0, [1]))
    const other = withPicture(first ?? undefined, picture(0, { load: [7] }, 1))
    expect(other?.rows).toEqual({ load: [7] })
    expect(other?.happenings).toEqual([])
  })

  it('says when rows are missing', () => {
    expect(withPicture(undefined, picture(2, { load: [3] }))).toBeNull()
    const first = withPicture(undefined, picture(0, { load: [1] }))
    expect(withPicture(first ?? undefined, picture(3, { load: [3] }))).toBeNull()
    expect(withPicture(first ?? undefined, picture(3, { load: [3] }, 1))).toBeNull()
  })

  it('does not write into the picture that it was given', () => {
    const given = picture(0, { load: [1] })
    const first = withPicture(undefined, given)
    withPicture(first ?? undefined, picture(1, { load: [2] }))
    expect(given.rows).toEqual({ load: [1] })
  })
})
