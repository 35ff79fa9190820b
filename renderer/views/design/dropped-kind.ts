/** Adds the component that was dragged from the palette onto the canvas. */
import type { CanvasLayout } from '../../../host/contract/scenario-library.ts'
import { NODE_HEIGHT, NODE_WIDTH } from '../../canvas/placement.ts'
import { PALETTE_DRAG_TYPE, addFromPalette } from '../../inspector/Palette.tsx'
import { useDocument } from '../../stores/document-store.ts'

/** `positions` are those of all nodes, which stay; the new one stands under the pointer. One step of undo. */
export function addDropped(data: DataTransfer, at: CanvasLayout[string], positions: CanvasLayout): void {
  const id = addFromPalette(data.getData(PALETTE_DRAG_TYPE))
  if (id === undefined) return
  const middle = { x: Math.round(at.x - NODE_WIDTH / 2), y: Math.round(at.y - NODE_HEIGHT / 2) }
  const { moveNodes, undoLabel } = useDocument.getState()
  moveNodes({ ...positions, [id]: middle }, undoLabel ?? undefined, true)
}
