/** A load over time as a picture that can be edited: its course, its peak, and the points that may be moved. */
import type { AnyField, JsonValue, LoadPicture } from '../../sim-core/language/field.ts'
import { readQuantity } from '../../sim-core/language/quantity.ts'
import { formatDuration, formatNumber, formatRate } from '../../sim-core/language/units.ts'
import type { ProfileSpec } from '../../sim-core/traffic/profiles/registry.ts'
import { rateProfile } from '../../sim-core/traffic/profiles/registry.ts'
import type { Stage } from '../../sim-core/traffic/profiles/stages.ts'
import type { DocumentPath } from '../stores/document-path.ts'
import { withValueAt } from '../stores/document-path.ts'

/** A level at an instant. */
export interface LoadPoint {
  readonly atNs: number
  readonly level: number
}

/** A point that may be moved. Places are relative to the value that is drawn. */
export interface LoadHandle extends LoadPoint {
  /** What it is: `start`, `end of ramp`. */
  readonly name: string
  /** Where its time is written, as a duration from `sinceNs` on. */
  readonly time?: { readonly path: DocumentPath; readonly sinceNs: number; readonly next?: TimePlace }
  /** Where its level is written; plateaus share that of the stage before. */
  readonly levelPath?: DocumentPath
}

/** A duration that gives way, so that later points stay where they are. */
interface TimePlace {
  readonly path: DocumentPath
  readonly durationNs: number
}

/** Everything to draw. */
export interface LoadCurve {
  readonly durationNs: number
  readonly points: readonly LoadPoint[]
  readonly peak: LoadPoint
  readonly handles: readonly LoadHandle[]
}

/** The curve of a value, sampled as simulations do; undefined when the value is not right yet. */
export function loadCurve(
  field: AnyField,
  value: JsonValue | undefined,
  durationNs: number,
  kind: LoadPicture['level'],
): LoadCurve | undefined {
  const parsed = field.safeParse(value)
  if (value === undefined || !parsed.success || parsed.data === undefined) return undefined
  const spec = parsed.data as ProfileSpec
  const sampled = rateProfile(spec, durationNs, 1).points.map(({ atNs, perSecond }) => ({ atNs, level: perSecond }))
  const points = withinRun(sampled, durationNs)
  const peak = points.reduce((highest, point) => (point.level > highest.level ? point : highest))
  return { durationNs, points, peak, handles: handlesOf(spec, value, kind) }
}

/** Simulated time of a run, from what the document says. */
export function runDurationNs(duration: JsonValue | undefined): number {
  const reading = readQuantity(duration ?? DEFAULT_DURATION, 'duration')
  return 'value' in reading && reading.value > 0 ? reading.value : 600e9
}

const DEFAULT_DURATION = '10m'

/** The part of the course that lies in the run; the last level holds to its end. */
function withinRun(points: readonly LoadPoint[], durationNs: number): readonly LoadPoint[] {
  const inside = points.filter(({ atNs }) => atNs <= durationNs)
  const next = points[inside.length]
  const last = inside.at(-1) ?? { atNs: 0, level: 0 }
  if (last.atNs >= durationNs) return inside
  const share = next === undefined ? 0 : (durationNs - last.atNs) / (next.atNs - last.atNs)
  const level = next === undefined ? last.level : last.level + share * (next.level - last.level)
  return [...inside, { atNs: durationNs, level }]
}

function handlesOf(spec: ProfileSpec, value: JsonValue, kind: LoadPicture['level']): readonly LoadHandle[] {
  switch (spec.kind) {
    case 'constant':
      return typeof value === 'object' ? [] : [{ name: 'level', atNs: 0, level: spec.level, levelPath: [] }]
    case 'stages':
      return stageHandles(spec.from, spec.stages)
    case 'steps':
      return durationHandles(
        spec.steps.map(({ forNs, level }, index) => ({
          path: ['steps', index],
          timeKey: 'for',
          durationNs: forNs,
          level,
          levelKey: kind,
        })),
        'step',
      )
    case 'k6':
      return durationHandles(
        spec.k6.map(({ durationNs, target }, index) => ({
          path: ['k6', index],
          timeKey: 'duration',
          durationNs,
          level: target,
          levelKey: 'target',
        })),
        'stage',
      )
    case 'daily':
      return []
  }
}

interface TimedLevel {
  readonly path: DocumentPath
  readonly timeKey: string
  readonly durationNs: number
  readonly level: number
  readonly levelKey?: string
}

function durationHandles(parts: readonly TimedLevel[], name: string): readonly LoadHandle[] {
  let sinceNs = 0
  return parts.map(({ path, timeKey, durationNs, level, levelKey }, index) => {
    const next = parts[index + 1]
    const place = next && { path: [...next.path, next.timeKey], durationNs: next.durationNs }
    const time = { path: [...path, timeKey], sinceNs, ...(place === undefined ? {} : { next: place }) }
    sinceNs += durationNs
    const levelPath = levelKey === undefined ? {} : { levelPath: [...path, levelKey] }
    return { name: `end of ${name} ${index + 1}`, atNs: sinceNs, level, time, ...levelPath }
  })
}

function stageHandles(from: number, stages: readonly Stage[]): readonly LoadHandle[] {
  const handles: LoadHandle[] = [{ name: 'start', atNs: 0, level: from, levelPath: ['from'] }]
  let nowNs = 0
  let level = from
  let levelPath: DocumentPath = ['from']
  for (const [index, stage] of stages.entries()) {
    const path = ['stages', index]
    const follower = firstDuration(stages[index + 1], index + 1)
    const time = (key: DocumentPath, sinceNs: number, next: TimePlace | undefined) => ({
      path: [...path, ...key],
      sinceNs,
      ...(next === undefined ? {} : { next }),
    })
    if ('jump' in stage) {
      level = stage.jump
      levelPath = [...path, 'jump']
      handles.push({ name: 'jump', atNs: nowNs, level, levelPath })
    } else if ('holdNs' in stage) {
      const sinceNs = nowNs
      nowNs += stage.holdNs
      handles.push({ name: 'end of hold', atNs: nowNs, level, levelPath, time: time(['hold'], sinceNs, follower) })
    } else if ('spike' in stage) {
      const { to, overNs, holdNs, backNs } = stage.spike
      const peakPath = [...path, 'spike', 'to']
      const tops = { level: to, levelPath: peakPath }
      const hold = { path: [...path, 'spike', 'hold'], durationNs: holdNs }
      const back = { path: [...path, 'spike', 'back'], durationNs: backNs }
      handles.push(
        { name: 'peak', atNs: nowNs + overNs, ...tops, time: time(['spike', 'over'], nowNs, hold) },
        {
          name: 'end of peak',
          atNs: nowNs + overNs + holdNs,
          ...tops,
          time: time(['spike', 'hold'], nowNs + overNs, back),
        },
      )
      const sinceNs = nowNs + overNs + holdNs
      nowNs = sinceNs + backNs
      handles.push({
        name: 'end of spike',
        atNs: nowNs,
        level,
        levelPath,
        time: time(['spike', 'back'], sinceNs, follower),
      })
    } else {
      const sinceNs = nowNs
      nowNs += stage.overNs
      level = stage.to
      levelPath = [...path, 'to']
      handles.push({ name: 'end of ramp', atNs: nowNs, level, levelPath, time: time(['over'], sinceNs, follower) })
    }
  }
  return handles
}

/** The duration with which a stage begins: it gives way to a point that is moved towards it. */
function firstDuration(stage: Stage | undefined, index: number): TimePlace | undefined {
  if (stage === undefined || 'jump' in stage) return undefined
  if ('holdNs' in stage) return { path: ['stages', index, 'hold'], durationNs: stage.holdNs }
  if ('spike' in stage) return { path: ['stages', index, 'spike', 'over'], durationNs: stage.spike.overNs }
  return { path: ['stages', index, 'over'], durationNs: stage.overNs }
}

/** Where a point is to go; what is absent stays. */
export interface LoadMove {
  readonly atNs?: number
  readonly level?: number
}

/** One value that a move writes, at a path below the curve. */
export interface LoadEdit {
  readonly path: DocumentPath
  readonly value: JsonValue
}

/** What moving a point writes; nothing where it cannot go there. */
export function moveEdits(handle: LoadHandle, move: LoadMove, kind: LoadPicture['level']): readonly LoadEdit[] {
  return [...timeEdits(handle, move.atNs), ...levelEdits(handle, move.level, kind)]
}

function timeEdits({ time, atNs: beforeNs }: LoadHandle, wantedNs: number | undefined): readonly LoadEdit[] {
  if (time === undefined || wantedNs === undefined) return []
  const { next } = time
  const latestNs = next === undefined ? Infinity : beforeNs + next.durationNs
  const atNs = Math.round(Math.min(latestNs, Math.max(time.sinceNs, wantedNs)))
  if (atNs === beforeNs) return []
  const own = { path: time.path, value: formatDuration(atNs - time.sinceNs) }
  if (next === undefined) return [own]
  return [own, { path: next.path, value: formatDuration(next.durationNs - (atNs - beforeNs)) }]
}

function levelEdits(handle: LoadHandle, wanted: number | undefined, kind: LoadPicture['level']): readonly LoadEdit[] {
  if (handle.levelPath === undefined || wanted === undefined) return []
  const level = Math.max(0, kind === 'users' ? Math.round(wanted) : wanted)
  if (level === handle.level) return []
  const isPlain = kind === 'users' || handle.levelPath.at(-1) === 'target'
  return [{ path: handle.levelPath, value: isPlain ? Number(formatNumber(level)) : formatRate(level) }]
}

/** A value with edits made, for a picture while a point is being dragged. */
export function withEdits(value: JsonValue, edits: readonly LoadEdit[]): JsonValue {
  return edits.reduce<JsonValue>((edited, { path, value: part }) => withValueAt(edited, path, part) ?? edited, value)
}

const NICE = [1, 2, 5, 10]

/** The next of 1, 2, 5, 10, 20, ... at or above a number. */
export function niceStep(atLeast: number): number {
  if (!(atLeast > 0)) return 1
  const power = 10 ** Math.floor(Math.log10(atLeast))
  return (NICE.find((step) => step * power >= atLeast * (1 - 1e-9)) ?? 10) * power
}

/** Times that a reader likes, in seconds. */
const NICE_SECONDS = [
  0.001, 0.01, 0.1, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 21_600, 86_400,
]

const NS_PER_SECOND = 1e9

/** A step of time that a reader likes, at or above a number of nanoseconds. */
export function niceTimeStepNs(atLeastNs: number): number {
  const seconds = atLeastNs / NS_PER_SECOND
  return (NICE_SECONDS.find((step) => step >= seconds) ?? niceStep(seconds / 86_400) * 86_400) * NS_PER_SECOND
}
