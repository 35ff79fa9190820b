/** The way of an edge around the nodes between its ends: level, upright, level, in a gap where there is one. */
import type { CanvasLayout } from '../../host/contract/scenario-library.ts'
import { NODE_HEIGHT, NODE_WIDTH } from './placement.ts'

type Point = CanvasLayout[string]

/** Corners of an edge, ends included, and where its label stands. */
export interface EdgeRoute {
  readonly points: readonly Point[]
  readonly label: Point
}

/** How far behind its source and before its target an edge turns, in px: half of the space between columns. */
const TURN = 36

/** Space between an edge and the nodes it passes, in px. */
const CLEARANCE = 10

/** Upright pieces shorter than this have no room for a label, in px. */
const LABEL_LENGTH = 30

/** The route between two nodes by their corners; undefined when the target does not stand to the right of the source. */
export function edgeRoute(source: Point, target: Point, others: readonly Point[]): EdgeRoute | undefined {
  const from = { x: source.x + NODE_WIDTH, y: source.y + NODE_HEIGHT / 2 }
  const to = { x: target.x, y: target.y + NODE_HEIGHT / 2 }
  const room = to.x - from.x
  if (room < TURN) return undefined
  const first = from.x + Math.min(TURN, room / 2)
  const last = to.x - Math.min(TURN, room / 2)
  const between = others.filter(({ x }) => x < last && x + NODE_WIDTH > first)
  const level = freeLevel(from.y, to.y, between)
  const points = withoutRepeats([
    from,
    { x: first, y: from.y },
    { x: first, y: level },
    { x: last, y: level },
    { x: last, y: to.y },
    to,
  ])
  return { points, label: labelPlace(points) }
}

/** The height at which an edge passes all nodes between its ends with the least detour. */
function freeLevel(fromY: number, toY: number, between: readonly Point[]): number {
  const isFree = (level: number): boolean =>
    between.every(({ y }) => level <= y - CLEARANCE / 2 || level >= y + NODE_HEIGHT + CLEARANCE / 2)
  const gaps = between.flatMap(({ y }) => [y - CLEARANCE, y + NODE_HEIGHT + CLEARANCE])
  const detour = (level: number): number => Math.abs(level - fromY) + Math.abs(level - toY)
  const free = [toY, fromY, ...gaps].filter(isFree)
  return free.reduce((best, level) => (detour(level) < detour(best) ? level : best), free[0] ?? toY)
}

/** Leaves out corners that do not turn. */
function withoutRepeats(points: readonly Point[]): readonly Point[] {
  const distinct = points.filter((point, index) => index === 0 || !isSame(point, points[index - 1]))
  return distinct.filter((point, index) => {
    const before = distinct[index - 1]
    const after = distinct[index + 1]
    if (before === undefined || after === undefined) return true
    return !((before.x === point.x && point.x === after.x) || (before.y === point.y && point.y === after.y))
  })
}

function isSame(a: Point, b: Point | undefined): boolean {
  return b !== undefined && a.x === b.x && a.y === b.y
}

/** The middle of the last upright piece that is long enough, else of the last level one. */
function labelPlace(points: readonly Point[]): Point {
  const pieces = points.slice(1).map((end, index) => ({ start: points[index] ?? end, end }))
  const upright = pieces.findLast(({ start, end }) => Math.abs(end.y - start.y) >= LABEL_LENGTH)
  const { start, end } = upright ?? pieces.at(-1) ?? { start: { x: 0, y: 0 }, end: { x: 0, y: 0 } }
  return { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 }
}

/** The route as an SVG path with rounded corners; `radius` in px. */
export function routePath({ points }: EdgeRoute, radius: number): string {
  const [start, ...rest] = points
  if (start === undefined) return ''
  const corners = rest.map((point, index) => {
    const before = points[index]
    const after = rest[index + 1]
    if (before === undefined || after === undefined) return `L ${point.x} ${point.y}`
    const into = towards(point, before, radius)
    const out = towards(point, after, radius)
    return `L ${into.x} ${into.y} Q ${point.x} ${point.y} ${out.x} ${out.y}`
  })
  return [`M ${start.x} ${start.y}`, ...corners].join(' ')
}

/** The point `distance` away from a corner, at most halfway to the next one. */
function towards(corner: Point, other: Point, distance: number): Point {
  const length = Math.hypot(other.x - corner.x, other.y - corner.y)
  const share = length === 0 ? 0 : Math.min(distance, length / 2) / length
  return { x: corner.x + (other.x - corner.x) * share, y: corner.y + (other.y - corner.y) * share }
}
