// Loads over time: drawn as simulations sample them, and moving a point writes what a planner would write.
import { describe, expect, it } from 'vitest'
import { waysOf } from '../../../renderer/inspector/form-model.ts'
import { fieldAt } from '../../../renderer/inspector/field-at.ts'
import { convertedLoad } from '../../../renderer/inspector/load-conversion.ts'
import type { LoadMove } from '../../../renderer/inspector/load-curve-model.ts'
import {
  loadCurve,
  moveEdits,
  niceStep,
  niceTimeStepNs,
  runDurationNs,
  withEdits,
} from '../../../renderer/inspector/load-curve-model.ts'
import { keyMove, loadScale, pointMove } from '../../../renderer/inspector/load-scale.ts'
import { languageOf } from '../../../renderer/stores/document-language.ts'
import { catalog } from '../../../sim-core/catalog.ts'
import type { AnyField, JsonValue } from '../../../sim-core/language/field.ts'

const language = languageOf(catalog)
const MINUTE = 60e9
const RUN = 60 * MINUTE

function fieldOf(key: 'rate' | 'users'): AnyField {
  const field = fieldAt(language, ['traffic', 'x', key], { traffic: { x: {} } })
  if (field === undefined) throw new Error(key)
  return field
}

function curveOf(value: JsonValue, kind: 'rate' | 'users' = 'rate') {
  const curve = loadCurve(fieldOf(kind), value, RUN, kind)
  if (curve === undefined) throw new Error('no curve')
  return curve
}

/** The value after moving a point. */
function moved(value: JsonValue, index: number, move: LoadMove, kind: 'rate' | 'users' = 'rate'): JsonValue {
  const handle = curveOf(value, kind).handles[index]
  if (handle === undefined) throw new Error('no such point')
  return withEdits(value, moveEdits(handle, move, kind))
}

const blackFriday = {
  from: '5000/s',
  stages: [{ hold: '10m' }, { over: '10m', to: '15000/s' }, { hold: '20m' }, { over: '10m', to: '5000/s' }],
}

describe('the course', () => {
  it('of Black Friday rises to its peak and holds to the end of the run', () => {
    const { points, peak } = curveOf(blackFriday)
    expect(points.map(({ atNs, level }) => [atNs / MINUTE, level])).toEqual([
      [0, 5000],
      [10, 5000],
      [20, 15000],
      [40, 15000],
      [50, 5000],
      [60, 5000],
    ])
    expect(peak).toEqual({ atNs: 20 * MINUTE, level: 15000 })
  })

  it('ends with the run, also in the middle of a ramp', () => {
    const { points } = curveOf({ from: '0/s', stages: [{ over: '2h', to: '100/s' }] })
    expect(points.at(-1)).toEqual({ atNs: RUN, level: 50 })
  })

  it('is there for every way to write it, and for users', () => {
    expect(curveOf('70/s').handles).toHaveLength(1)
    expect(
      curveOf({
        steps: [
          { for: '5m', rate: '10/s' },
          { for: '5m', rate: '20/s' },
        ],
      }).handles,
    ).toHaveLength(2)
    expect(curveOf({ k6: [{ duration: '5m', target: 100 }] }).peak.level).toBe(100)
    expect(curveOf({ base: '10/s', daily: Array.from({ length: 24 }, () => 2) }).peak.level).toBe(20)
    expect(curveOf({ from: 5, stages: [{ over: '1m', to: 50 }] }, 'users').peak.level).toBe(50)
    expect(loadCurve(fieldOf('rate'), { from: '5' }, RUN, 'rate')).toBeUndefined()
  })
})

describe('moving a point', () => {
  it('changes its time and level, and later points stay where they are', () => {
    expect(moved(blackFriday, 2, { atNs: 18 * MINUTE, level: 12000 })).toEqual({
      from: '5000/s',
      stages: [{ hold: '10m' }, { over: '8m', to: '12000/s' }, { hold: '22m' }, { over: '10m', to: '5000/s' }],
    })
  })

  it('cannot pass its neighbours', () => {
    expect(moved(blackFriday, 2, { atNs: 55 * MINUTE })).toMatchObject({
      stages: [{}, { over: '30m' }, { hold: '0s' }, {}],
    })
    expect(moved(blackFriday, 2, { atNs: 1 })).toMatchObject({ stages: [{}, { over: '0s' }, { hold: '30m' }, {}] })
  })

  it('at the end of a plateau moves the plateau up and down', () => {
    expect(moved(blackFriday, 3, { level: 16000 })).toMatchObject({ stages: [{}, { to: '16000/s' }, {}, {}] })
    expect(moved(blackFriday, 1, { level: 100 })).toMatchObject({ from: '100/s' })
  })

  it('of a spike, a jump, steps and k6 writes their own keys', () => {
    const spiky = {
      from: '10/s',
      stages: [{ spike: { to: '50/s', over: '1m', hold: '2m', back: '1m' } }, { jump: '20/s' }],
    }
    expect(moved(spiky, 1, { atNs: 2 * MINUTE, level: 60 })).toMatchObject({
      stages: [{ spike: { to: '60/s', over: '2m', hold: '1m', back: '1m' } }, {}],
    })
    expect(moved(spiky, 4, { level: 30 })).toMatchObject({ stages: [{}, { jump: '30/s' }] })
    expect(moved({ steps: [{ for: '5m', rate: '10/s' }] }, 0, { atNs: 6 * MINUTE, level: 11 })).toEqual({
      steps: [{ for: '6m', rate: '11/s' }],
    })
    expect(moved({ k6: [{ duration: '5m', target: 100 }] }, 0, { level: 120 })).toEqual({
      k6: [{ duration: '5m', target: 120 }],
    })
    expect(moved('70/s', 0, { level: 71 })).toBe('71/s')
  })

  it('of users writes whole numbers', () => {
    expect(moved({ from: 5, stages: [{ over: '1m', to: 50 }] }, 1, { level: 60.4 }, 'users')).toMatchObject({
      stages: [{ to: 60 }],
    })
  })

  it('to where it is writes nothing', () => {
    const { handles } = curveOf(blackFriday)
    expect(moveEdits(handles[2]!, { atNs: 20 * MINUTE, level: 15000 }, 'rate')).toEqual([])
  })
})

describe('another way to write it', () => {
  const as = (value: JsonValue, title: string, kind: 'rate' | 'users' = 'rate'): JsonValue | undefined => {
    const way = waysOf(fieldOf(kind)).find((candidate) => candidate.title === title)
    return way && convertedLoad(curveOf(value, kind), way, kind)
  }
  const course = (value: JsonValue) => curveOf(value).points

  it('keeps the course', () => {
    const k6 = as(blackFriday, 'k6') ?? ''
    expect(course(k6)).toEqual(course(blackFriday))
    expect(as(k6, 'Stages')).toEqual(blackFriday)
    const steps = {
      steps: [
        { for: '5m', rate: '10/s' },
        { for: '10m', rate: '20/s' },
      ],
    }
    const stages = as(steps, 'Stages') ?? ''
    expect(stages).toEqual({ from: '10/s', stages: [{ hold: '5m' }, { jump: '20/s' }] })
    expect(as(stages, 'Steps')).toEqual({
      steps: [
        { for: '5m', rate: '10/s' },
        { for: '1h', rate: '20/s' },
      ],
    })
    const daily = { base: '10/s', daily: Array.from({ length: 24 }, (_, hour) => 1 + hour) }
    expect(course(as(daily, 'Stages') ?? '').at(-1)?.level).toBeCloseTo(course(daily).at(-1)?.level ?? 0, 9)
  })

  it('of a constant has something to begin with', () => {
    expect(as('70/s', 'Stages')).toEqual({ from: '70/s', stages: [{ hold: '1h' }] })
    expect(as('70/s', 'Steps')).toEqual({ steps: [{ for: '1h', rate: '70/s' }] })
    expect(as(5, 'Stages', 'users')).toEqual({ from: 5, stages: [{ hold: '1h' }] })
  })

  it('is none where it has no words for the course', () => {
    expect(as(blackFriday, 'Steps')).toBeUndefined()
    expect(as(blackFriday, 'Constant')).toBeUndefined()
  })
})

it('pointers and keys move in steps that a reader likes', () => {
  const curve = curveOf(blackFriday)
  const scale = loadScale(curve, 300)
  const at = pointMove(scale, curve, scale.x(21.2 * MINUTE), scale.y(14_730))
  expect(at).toEqual({ atNs: 21 * MINUTE, level: 14_500 })
  expect(keyMove('ArrowRight', curve.handles[2]!, curve)).toEqual({ atNs: 21 * MINUTE })
  expect(keyMove('ArrowUp', curve.handles[2]!, curve)).toEqual({ level: 15_500 })
  expect(keyMove('a', curve.handles[2]!, curve)).toBeUndefined()
  expect([0.3, 7, 250, 1001].map(niceStep)).toEqual([0.5, 10, 500, 2000])
  expect([45e9, 7e9].map(niceTimeStepNs)).toEqual([60e9, 10e9])
  expect(runDurationNs('90m')).toBe(90 * MINUTE)
  expect(runDurationNs(undefined)).toBe(10 * MINUTE)
})
