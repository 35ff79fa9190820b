/** Writes a load over time another way: whatever its course was, the new words describe the same one. */
import type { JsonValue, LoadPicture } from '../../sim-core/language/field.ts'
import { formatDuration, formatNumber, formatRate } from '../../sim-core/language/units.ts'
import type { LoadCurve, LoadPoint } from './load-curve-model.ts'
import type { Way } from './form-types.ts'

/** From one point to the next. */
interface Piece {
  readonly durationNs: number
  readonly from: number
  readonly to: number
}

/** The course in the words of another way; undefined where it cannot be said in them, or the way is no such curve. */
export function convertedLoad(curve: LoadCurve, to: Way, kind: LoadPicture['level']): JsonValue | undefined {
  const { structure } = to.field.field
  const keys = structure.kind === 'fields' ? Object.keys(structure.shape) : []
  const pieces = piecesOf(curve)
  const from = curve.points[0]?.level ?? 0
  const level = (value: number): JsonValue => (kind === 'users' ? plain(Math.round(value)) : formatRate(value))
  if (keys.includes('stages')) {
    const stages =
      pieces.length === 0 ? [{ hold: formatDuration(curve.durationNs) }] : pieces.map((piece) => stageOf(piece, level))
    return { from: level(from), stages }
  }
  if (keys.includes('k6')) {
    const k6 = pieces.map(({ durationNs, to: target }) => ({
      duration: formatDuration(durationNs),
      target: plain(target),
    }))
    return k6.length === 0 ? undefined : { k6, start: level(from) }
  }
  return keys.includes('steps') ? stepsOf(pieces, curve, level, kind) : undefined
}

function stageOf({ durationNs, from, to }: Piece, level: (value: number) => JsonValue): JsonValue {
  if (durationNs === 0) return { jump: level(to) }
  return from === to ? { hold: formatDuration(durationNs) } : { over: formatDuration(durationNs), to: level(to) }
}

/** Plateaus and jumps alone can be steps. */
function stepsOf(
  pieces: readonly Piece[],
  curve: LoadCurve,
  level: (value: number) => JsonValue,
  kind: LoadPicture['level'],
): JsonValue | undefined {
  if (pieces.some(({ durationNs, from, to }) => durationNs > 0 && from !== to)) return undefined
  const plateaus = pieces.filter(({ durationNs }) => durationNs > 0)
  const last = curve.points.at(-1)?.level ?? 0
  const ends = plateaus.at(-1)?.to !== last ? [{ durationNs: curve.durationNs, from: last, to: last }] : []
  const steps = [...plateaus, ...ends].map(({ durationNs, to }) => ({
    for: formatDuration(durationNs),
    [kind]: level(to),
  }))
  return { steps }
}

/** The pieces of a course; what holds to the end of the run needs no words. */
function piecesOf({ points }: LoadCurve): readonly Piece[] {
  const pieces = points.slice(1).map((point, index): Piece => {
    const before: LoadPoint = points[index] ?? point
    return { durationNs: point.atNs - before.atNs, from: before.level, to: point.level }
  })
  const end = pieces.findLastIndex(({ from, to }) => from !== to)
  return pieces.slice(0, end + 1)
}

function plain(value: number): number {
  return Number(formatNumber(value))
}
