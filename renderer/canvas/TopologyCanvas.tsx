/** The canvas: the topology of a scenario to look at, to edit, and to watch while it runs. */
import '@xyflow/react/dist/base.css'
import { Background, BackgroundVariant, MarkerType, ReactFlow, ReactFlowProvider, useReactFlow } from '@xyflow/react'
import type { Connection, Edge, EdgeChange, NodeChange } from '@xyflow/react'
import { useComputedColorScheme } from '@mantine/core'
import type { DragEvent } from 'react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { CanvasLayout } from '../../host/contract/scenario-library.ts'
import type { EdgeFigures, NodeFigures } from './canvas-figures.ts'
import { CanvasControls, FIT } from './CanvasControls.tsx'
import { ComponentNode } from './ComponentNode.tsx'
import type { ComponentFlowNode, UseFlowEdge } from './flow-elements.ts'
import { flowEdges, flowNodes, nameOf } from './flow-elements.ts'
import { fromLeftToRight, placed } from './placement.ts'
import type { Topology } from './topology.ts'
import { pathThrough } from './topology.ts'
import styles from './TopologyCanvas.module.css'
import { UseEdge } from './UseEdge.tsx'

/** What a user does to the canvas while editing. */
export interface CanvasEdits {
  /** New positions of all nodes. `Move catalog` says what happened. */
  readonly onMove: (layout: CanvasLayout, label: string) => void
  readonly onConnect: (source: string, target: string) => void
  /** The Delete key on a node or an edge, by its id. */
  readonly onRemove: (id: string) => void
  /** Something was dropped: what the drag carries, and where the node's corner would be. */
  readonly onDrop: (data: DataTransfer, at: CanvasLayout[string]) => void
}

export interface TopologyCanvasProps {
  readonly topology: Topology
  /** Positions that are kept; nodes without one are placed. */
  readonly layout: CanvasLayout
  readonly mode: 'edit' | 'live'
  /** Live figures by node id and by edge id. */
  readonly figures?: Readonly<Record<string, NodeFigures>>
  readonly edgeFigures?: Readonly<Record<string, EdgeFigures>>
  /** Errors of the scenario by node id. */
  readonly problems?: Readonly<Record<string, number>>
  /** Id of a node or an edge. */
  readonly selection: string | null
  /** The selected member of the selected node, `endpoints/get_product`: only its way is lit. */
  readonly member?: string | undefined
  readonly onSelect: (id: string | null) => void
  readonly edits?: CanvasEdits
  /** Name of the canvas for screen readers. */
  readonly label: string
}

const nodeTypes = { component: ComponentNode }
const edgeTypes = { use: UseEdge }
/** Its size does not grow with the width of the line: the line alone tells the flow. */
const markerEnd = {
  type: MarkerType.ArrowClosed,
  width: 16,
  height: 16,
  color: 'var(--hr-text-faint)',
  markerUnits: 'userSpaceOnUse',
} as const

const ariaLabels = {
  'node.a11yDescription.default': 'Press Enter to select, the arrow keys to move, Delete to take it out.',
  'node.a11yDescription.keyboardDisabled': 'Press Enter to select.',
  'edge.a11yDescription.default': 'Press Enter to select, Delete to take it out.',
  'controls.ariaLabel': 'View of the canvas',
  'handle.ariaLabel': 'Connect',
}

/** What never changes; the same object, so that nothing is drawn anew for it. */
const fixedProps = {
  nodeTypes,
  edgeTypes,
  defaultEdgeOptions: { markerEnd },
  ariaLabelConfig: ariaLabels,
  edgesReconnectable: false,
  isValidConnection: ({ source, target }: Connection | Edge) => source !== target,
  deleteKeyCode: null,
  selectionKeyCode: null,
  multiSelectionKeyCode: null,
  panOnScroll: true,
  minZoom: 0.1,
  maxZoom: 2,
  fitView: true,
  fitViewOptions: FIT,
} as const

export function TopologyCanvas(props: TopologyCanvasProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  )
}

function Canvas(props: TopologyCanvasProps) {
  const { topology, layout, edits, onSelect, label } = props
  const scheme = useComputedColorScheme('light')
  const flow = useReactFlow<ComponentFlowNode, UseFlowEdge>()
  const [hovered, setHovered] = useState<string | null>(null)
  const base = useMemo(() => placed(topology, layout), [topology, layout])
  const { positions, moved } = useMoves(base, edits)
  const elements = useElements(props, positions, hovered)
  const isEditable = edits !== undefined
  const { place, fit, moved: viewMoved } = useFit(topology.nodes.length > 0)
  useRemoveKey(edits)

  const selected = (changes: readonly (NodeChange<ComponentFlowNode> | EdgeChange<UseFlowEdge>)[]): void => {
    for (const change of changes) if (change.type === 'select' && change.selected) onSelect(change.id)
  }
  const onDrop = (event: DragEvent): void => {
    event.preventDefault()
    edits?.onDrop(event.dataTransfer, rounded(flow.screenToFlowPosition({ x: event.clientX, y: event.clientY })))
  }
  const arrange = (): void => {
    edits?.onMove(Object.fromEntries(fromLeftToRight(topology)), 'Arrange the canvas')
    requestAnimationFrame(fit)
  }

  return (
    <section ref={place} className={styles['canvas']} aria-label={label}>
      <ReactFlow<ComponentFlowNode, UseFlowEdge>
        {...elements}
        {...fixedProps}
        colorMode={scheme}
        nodesDraggable={isEditable}
        nodesConnectable={isEditable}
        onNodesChange={(changes) => {
          selected(changes)
          moved(changes)
        }}
        onEdgesChange={selected}
        onPaneClick={() => onSelect(null)}
        // A node is also selected on behalf of one of its parts; a click leads from there to the whole.
        onNodeClick={(_, { id }) => onSelect(id)}
        onNodeMouseEnter={(_, { id }) => setHovered(id)}
        onNodeMouseLeave={() => setHovered(null)}
        onConnect={({ source, target }) => edits?.onConnect(source, target)}
        onDragOver={isEditable ? allowDrop : undefined}
        onDrop={onDrop}
        onMoveStart={viewMoved}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1} />
      </ReactFlow>
      <CanvasControls onFit={fit} onArrange={isEditable ? arrange : undefined} />
    </section>
  )
}

/** Positions while nodes are dragged, and what is told once they are let go. */
function useMoves(base: CanvasLayout, edits: CanvasEdits | undefined) {
  const [dragged, setDragged] = useState<CanvasLayout>({})
  const positions = useMemo(() => ({ ...base, ...dragged }), [base, dragged])
  const moved = (changes: readonly NodeChange<ComponentFlowNode>[]): void => {
    const moves = changes.flatMap((change) =>
      change.type === 'position' && change.position !== undefined ? [{ ...change, position: change.position }] : [],
    )
    if (moves.length === 0) return
    const places = Object.fromEntries(moves.map(({ id, position }) => [id, rounded(position)]))
    if (moves.some(({ dragging }) => dragging === true)) {
      setDragged((before) => ({ ...before, ...places }))
      return
    }
    setDragged({})
    const names = moves.map(({ id }) => nameOf(id)).join(', ')
    // All positions are kept from now on, so that nothing else moves by itself.
    if (moves.some(({ id }) => differs(base[id], places[id]))) edits?.onMove({ ...base, ...places }, `Move ${names}`)
  }
  return { positions, moved }
}

/** The Delete key takes out the node or edge that has the focus. */
function useRemoveKey(edits: CanvasEdits | undefined): void {
  useEffect(() => {
    if (edits === undefined) return undefined
    const onKeyDown = (event: KeyboardEvent): void => {
      const id = idAt(event.target)
      if (id === undefined || (event.key !== 'Delete' && event.key !== 'Backspace')) return
      event.preventDefault()
      edits.onRemove(id)
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [edits])
}

function useElements(props: TopologyCanvasProps, positions: CanvasLayout, pointed: string | null) {
  const { topology, mode, figures, edgeFigures, problems, selection, member } = props
  // A node that went away under the pointer never says that the pointer left it.
  const hovered = topology.nodes.some(({ id }) => id === pointed) ? pointed : null
  const nodeId = hovered ?? (selection !== null && !selection.includes('>') ? selection : null)
  const lit = useMemo(
    () => (nodeId === null ? null : pathThrough(topology, nodeId, hovered === null ? member : undefined)),
    [topology, nodeId, hovered, member],
  )
  return useMemo(() => {
    const dims = hovered !== null
    const input = { topology, positions, mode, figures, edgeFigures, problems, selected: selection, lit, dims }
    return { nodes: flowNodes(input), edges: flowEdges(input).map((edge) => ({ ...edge, markerEnd })) }
  }, [topology, positions, mode, figures, edgeFigures, problems, selection, lit, hovered])
}

/** Keeps everything in sight, also when the canvas changes its size, until the user looks somewhere himself. */
function useFit(hasNodes: boolean) {
  const flow = useReactFlow()
  const place = useRef<HTMLElement>(null)
  const isFollowed = useRef(true)
  const fit = useCallback(() => {
    isFollowed.current = true
    void flow.fitView(FIT)
  }, [flow])
  useEffect(() => {
    if (!hasNodes || place.current === null) return undefined
    const observer = new ResizeObserver(() => {
      if (isFollowed.current) requestAnimationFrame(fit)
    })
    observer.observe(place.current)
    return () => observer.disconnect()
  }, [hasNodes, fit])
  const moved = useCallback((event: MouseEvent | TouchEvent | null) => {
    // Fitting moves the view, too, but without an event.
    if (event !== null) isFollowed.current = false
  }, [])
  return { place, fit, moved }
}

function allowDrop(event: DragEvent): void {
  event.preventDefault()
  event.dataTransfer.dropEffect = 'copy'
}

function rounded({ x, y }: CanvasLayout[string]): CanvasLayout[string] {
  return { x: Math.round(x), y: Math.round(y) }
}

function differs(a: CanvasLayout[string] | undefined, b: CanvasLayout[string] | undefined): boolean {
  return a?.x !== b?.x || a?.y !== b?.y
}

/** The node or edge that has the keyboard's focus. */
function idAt(target: EventTarget | null): string | undefined {
  const element = target instanceof Element ? target.closest('.react-flow__node, .react-flow__edge') : null
  return element?.getAttribute('data-id') ?? undefined
}
