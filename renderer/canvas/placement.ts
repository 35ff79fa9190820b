/** Where nodes stand: kept positions win, the rest is laid out from left to right, new nodes beside what they belong to. */
import { graphlib, layout as layOut } from '@dagrejs/dagre'
import type { CanvasLayout } from '../../host/contract/scenario-library.ts'
import type { Topology } from './topology.ts'

/** Size of a node in px; its style must agree. */
export const NODE_WIDTH = 192
export const NODE_HEIGHT = 56

/** Space between nodes of one column, and between columns, in px. */
const ROW_GAP = 20
const COLUMN_GAP = 72

type Point = CanvasLayout[string]

/** A position for every node of a topology, in px; those in `kept` stay exactly where they are. */
export function placed(topology: Topology, kept: CanvasLayout): CanvasLayout {
  const automatic = fromLeftToRight(topology)
  const positions = new Map<string, Point>()
  for (const { id } of topology.nodes) {
    const at = Object.hasOwn(kept, id) ? kept[id] : undefined
    if (at !== undefined) positions.set(id, at)
  }
  if (positions.size === 0) return Object.fromEntries(automatic)
  for (const { id } of topology.nodes) {
    if (!positions.has(id)) positions.set(id, free(beside(id, topology, automatic, positions), positions))
  }
  return Object.fromEntries(topology.nodes.map(({ id }) => [id, positions.get(id) ?? { x: 0, y: 0 }]))
}

/** The automatic layout, whatever was kept. */
export function fromLeftToRight(topology: Topology): ReadonlyMap<string, Point> {
  const graph = new graphlib.Graph()
  graph.setGraph({ rankdir: 'LR', nodesep: ROW_GAP, ranksep: COLUMN_GAP, marginx: 0, marginy: 0 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id } of topology.nodes) graph.setNode(id, { width: NODE_WIDTH, height: NODE_HEIGHT })
  for (const { source, target } of topology.edges) if (source !== target) graph.setEdge(source, target)
  layOut(graph)
  return new Map(
    topology.nodes.map(({ id }) => {
      const { x, y } = graph.node(id) as Point
      return [id, { x: Math.round(x - NODE_WIDTH / 2), y: Math.round(y - NODE_HEIGHT / 2) }]
    }),
  )
}

/** Where the automatic layout would put a node, moved along with its neighbours (or with everything, when it has none). */
function beside(
  id: string,
  { edges }: Topology,
  automatic: ReadonlyMap<string, Point>,
  positions: ReadonlyMap<string, Point>,
): Point {
  const own = automatic.get(id) ?? { x: 0, y: 0 }
  const neighbours = edges.flatMap(({ source, target }) => (source === id ? [target] : target === id ? [source] : []))
  const near = neighbours.filter((other) => positions.has(other))
  const anchors = near.length > 0 ? near : [...positions.keys()]
  let dx = 0
  let dy = 0
  for (const anchor of anchors) {
    const at = positions.get(anchor) ?? own
    const would = automatic.get(anchor) ?? at
    dx += (at.x - would.x) / anchors.length
    dy += (at.y - would.y) / anchors.length
  }
  return { x: Math.round(own.x + dx), y: Math.round(own.y + dy) }
}

/** The nearest place at or below a point where a node covers no other. */
function free(wanted: Point, positions: ReadonlyMap<string, Point>): Point {
  let at = wanted
  const taken = [...positions.values()]
  for (;;) {
    const { x, y } = at
    const blocking = taken.find(
      (other) => Math.abs(other.x - x) < NODE_WIDTH + ROW_GAP && Math.abs(other.y - y) < NODE_HEIGHT + ROW_GAP / 2,
    )
    if (blocking === undefined) return at
    at = { x, y: blocking.y + NODE_HEIGHT + ROW_GAP }
  }
}

/** Nodes in the order in which the keyboard visits them: from left to right, then from top to bottom. */
export function inReadingOrder(ids: readonly string[], positions: CanvasLayout): readonly string[] {
  const at = (id: string): Point => positions[id] ?? { x: 0, y: 0 }
  // Nodes that stand roughly below each other are one column.
  const column = (id: string): number => Math.round(at(id).x / (NODE_WIDTH / 2))
  return ids.toSorted((a, b) => column(a) - column(b) || at(a).y - at(b).y || (a < b ? -1 : 1))
}
