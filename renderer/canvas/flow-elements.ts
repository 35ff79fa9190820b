/** The elements that the graph library draws, made of a topology, positions and figures. */
import type { Edge, Node } from '@xyflow/react'
import type { CanvasLayout } from '../../host/contract/scenario-library.ts'
import type { EdgeFigures, NodeFigures } from './canvas-figures.ts'
import type { EdgeRoute } from './edge-route.ts'
import { edgeRoute } from './edge-route.ts'
import { NODE_HEIGHT, NODE_WIDTH, inReadingOrder } from './placement.ts'
import type { LitPath, Topology, TopologyEdge, TopologyNode } from './topology.ts'

/** What a node is drawn from. */
export interface ComponentNodeData extends Record<string, unknown> {
  readonly node: TopologyNode
  readonly figures: NodeFigures | undefined
  readonly mode: 'edit' | 'live'
  /** Errors of the scenario that lie in this component. */
  readonly problems: number
  /** `lit` on the way that is looked at, `dim` off it, `plain` while none is. */
  readonly light: Light
}

/** What an edge is drawn from. */
export interface UseEdgeData extends Record<string, unknown> {
  readonly edge: TopologyEdge
  readonly figures: EdgeFigures | undefined
  readonly mode: 'edit' | 'live'
  readonly light: Light
  /** Undefined where the library finds the way. */
  readonly route: EdgeRoute | undefined
}

export type Light = 'lit' | 'dim' | 'plain'
export type ComponentFlowNode = Node<ComponentNodeData, 'component'>
export type UseFlowEdge = Edge<UseEdgeData, 'use'>

/** What the elements of a canvas depend on. */
export interface FlowInput {
  readonly topology: Topology
  readonly positions: CanvasLayout
  readonly mode: 'edit' | 'live'
  readonly figures: Readonly<Record<string, NodeFigures>> | undefined
  readonly edgeFigures: Readonly<Record<string, EdgeFigures>> | undefined
  readonly problems: Readonly<Record<string, number>> | undefined
  readonly selected: string | null
  readonly lit: LitPath | null
  /** Whether what is not lit steps back. */
  readonly dims: boolean
}

const SIZE = { width: NODE_WIDTH, height: NODE_HEIGHT }

/** Nodes, in the order in which the keyboard visits them. */
export function flowNodes(input: FlowInput): ComponentFlowNode[] {
  const { topology, positions, mode } = input
  const byId = new Map(topology.nodes.map((node) => [node.id, node]))
  return inReadingOrder([...byId.keys()], positions).flatMap((id): ComponentFlowNode[] => {
    const node = byId.get(id)
    if (node === undefined) return []
    const figures = input.figures?.[id]
    const problems = input.problems?.[id] ?? 0
    return [
      {
        id,
        type: 'component',
        position: positions[id] ?? { x: 0, y: 0 },
        ...SIZE,
        // The style gives every node this size, so it need not be measured again for each new object.
        measured: SIZE,
        selected: input.selected === id,
        draggable: mode === 'edit',
        connectable: mode === 'edit',
        ariaRole: 'group',
        domAttributes: { 'aria-roledescription': 'component' },
        ariaLabel: nodeWords(node, figures, problems),
        data: { node, figures, mode, problems, light: lightOf(input, input.lit?.nodes.has(id) === true) },
      },
    ]
  })
}

/** Edges in the order of the document; the lit ones last, so that they lie on top. */
export function flowEdges(input: FlowInput): UseFlowEdge[] {
  return input.topology.edges
    .map((edge): UseFlowEdge => {
      const isLit = input.lit?.edges.has(edge.id) === true
      return {
        id: edge.id,
        type: 'use',
        source: edge.source,
        target: edge.target,
        selected: input.selected === edge.id,
        ariaLabel: edgeWords(edge),
        ariaRole: 'group',
        interactionWidth: 16,
        data: {
          edge,
          figures: input.edgeFigures?.[edge.id],
          mode: input.mode,
          light: lightOf(input, isLit),
          route: routeOf(edge, input.positions),
        },
      }
    })
    .toSorted((a, b) => Number(a.data?.light === 'lit') - Number(b.data?.light === 'lit'))
}

function routeOf({ source, target }: TopologyEdge, positions: CanvasLayout): EdgeRoute | undefined {
  const [from, to] = [positions[source], positions[target]]
  if (from === undefined || to === undefined) return undefined
  const others = Object.entries(positions).flatMap(([id, at]) => (id === source || id === target ? [] : [at]))
  return edgeRoute(from, to, others)
}

function lightOf({ lit, dims }: FlowInput, isLit: boolean): Light {
  if (lit === null) return 'plain'
  if (isLit) return 'lit'
  return dims ? 'dim' : 'plain'
}

/** A node for screen readers: what it is, and its figures. */
function nodeWords(node: TopologyNode, figures: NodeFigures | undefined, problems: number): string {
  const { presentation } = node.definition
  const parts = [`${presentation.label} ${node.name}`]
  if (problems > 0) parts.push(problems === 1 ? '1 problem' : `${problems} problems`)
  if (figures === undefined) parts.push(...node.facts.slice(0, 3).map(({ label, value }) => `${label} ${value}`))
  else parts.push(...figureParts(figures))
  return parts.join(', ')
}

function figureParts(figures: NodeFigures): readonly string[] {
  const { figure, figureLabel, queued, replicas, trouble } = figures
  return [
    ...(figure === null ? [] : [`${figure.text} ${figure.unit} ${figureLabel}`]),
    ...(queued === null ? [] : [`${queued} waiting`]),
    ...(replicas === null ? [] : [`${replicas} replicas`]),
    ...(trouble === null ? [] : [trouble]),
  ]
}

/** An edge for screen readers. */
function edgeWords({ source, target, uses, badges, isAsynchronous }: TopologyEdge): string {
  const words = [...new Set(uses.map(({ word }) => word))].join(' and ')
  const names = badges.length === 0 ? '' : `, under ${badges.map(({ name }) => name).join(' and ')}`
  return `${nameOf(source)} to ${nameOf(target)}: ${words}${isAsynchronous ? ', without waiting' : ''}${names}`
}

/** The name in an id: `catalog` of `services/catalog`. */
export function nameOf(id: string): string {
  return id.slice(id.indexOf('/') + 1)
}
