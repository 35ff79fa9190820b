/** The picture of the scenario, to edit. */
import { Button } from '@mantine/core'
import { IconTopologyStar3 } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { TopologyCanvas } from '../../canvas/TopologyCanvas.tsx'
import type { CanvasEdits } from '../../canvas/TopologyCanvas.tsx'
import { placed } from '../../canvas/placement.ts'
import type { Topology } from '../../canvas/topology.ts'
import { entryOfSelection, selectionOf } from '../../stores/document-path.ts'
import { useDocument } from '../../stores/document-store.ts'
import { EmptyState } from '../../widgets/EmptyState.tsx'
import { connectOrAsk, removeFromCanvas } from './canvas-edits.ts'
import { ConnectDialog } from './ConnectDialog.tsx'
import type { ConnectionWay } from './connections.ts'
import { useDesign } from './design-store.ts'
import { problemCounts } from './table-rows.ts'
import { useTopology } from './use-topology.ts'
import { addDropped } from './dropped-kind.ts'

interface Asking {
  readonly source: string
  readonly target: string
  readonly ways: readonly ConnectionWay[]
}

export function CanvasPane() {
  const topology = useTopology()
  const layout = useDocument((state) => state.layout)
  const problems = useDocument((state) => state.problems)
  const selection = useDocument((state) => state.selection)
  const isLocked = useDocument((state) => state.saved.state === 'read-only' || state.isBroken)
  const [asking, setAsking] = useState<Asking | null>(null)
  const counts = useMemo(() => problemCounts(problems), [problems])
  const edits = useMemo((): CanvasEdits => {
    return {
      onMove: (moved, label) => useDocument.getState().moveNodes(moved, label),
      onConnect: (source, target) => {
        const ways = connectOrAsk(source, target)
        if (ways.length > 0) setAsking({ source, target, ways })
      },
      onRemove: (id) => removeFromCanvas(topology, id),
      onDrop: (data, at) => addDropped(data, at, placed(topology, useDocument.getState().layout)),
    }
  }, [topology])

  if (topology.nodes.length === 0) return <NothingYet />
  return (
    <>
      <TopologyCanvas
        label="Canvas"
        topology={topology}
        layout={layout}
        mode="edit"
        problems={counts}
        selection={canvasSelection(topology, selection)}
        member={memberOf(selection)}
        onSelect={(id) => selectFromCanvas(topology, id)}
        {...(isLocked ? {} : { edits })}
      />
      {asking !== null && <ConnectDialog {...asking} onClose={() => setAsking(null)} />}
    </>
  )
}

/** The node of a selection, or the edge whose step is selected. */
function canvasSelection({ edges }: Topology, selection: string | null): string | null {
  const edge = edges.find(({ uses }) =>
    uses.some(({ stepPath }) => {
      const step = selectionOf(stepPath)
      return selection === step || selection?.startsWith(`${step}/`) === true
    }),
  )
  return edge?.id ?? entryOfSelection(selection)
}

function memberOf(selection: string | null): string | undefined {
  const [, , subsection, member] = selection?.split('/') ?? []
  return subsection === undefined || member === undefined ? undefined : `${subsection}/${member}`
}

function selectFromCanvas({ edges }: Topology, id: string | null): void {
  const { select, selection } = useDocument.getState()
  const edge = edges.find((candidate) => candidate.id === id)
  const [use] = edge?.uses ?? []
  const wanted = use === undefined ? id : selectionOf(use.stepPath)
  if (wanted === selection) return
  select(wanted)
  if (wanted !== null) useDesign.getState().show('inspectorShown', true)
}

function NothingYet() {
  const isBroken = useDocument((state) => state.isBroken)
  const arrange = useDesign((state) => state.arrange)
  if (isBroken) {
    return (
      <EmptyState
        title="The text cannot be read yet"
        action={<Button onClick={() => arrange('both')}>Show the text</Button>}
      >
        The canvas appears once the first error of syntax is mended; the problems below say where it is.
      </EmptyState>
    )
  }
  return (
    <EmptyState title="No components yet" icon={<IconTopologyStar3 size={32} stroke={1.4} />}>
      Add a service from the list on the left, then traffic that calls it. A service answers requests, such as
      get_product, step by step.
    </EmptyState>
  )
}
