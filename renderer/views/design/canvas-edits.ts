/** What gestures on the canvas and buttons of the table do to the document. */
import { nameOf } from '../../canvas/flow-elements.ts'
import type { Topology } from '../../canvas/topology.ts'
import { language } from '../../stores/document-language.ts'
import { useDocument } from '../../stores/document-store.ts'
import { toast } from '../../widgets/toast.tsx'
import type { ConnectionChoice, ConnectionWay } from './connections.ts'
import { connection, waysToConnect } from './connections.ts'
import { removalOfEdge, removalOfEntry } from './removal.ts'

/** Takes out a node or an edge with what hangs on it, and says what that was. */
export function removeFromCanvas(topology: Topology, id: string): void {
  const edge = topology.edges.find((candidate) => candidate.id === id)
  if (edge === undefined) {
    removeEntry(id)
    return
  }
  const { changes } = removalOfEdge(edge)
  change(changes, `Disconnect ${nameOf(edge.target)} from ${nameOf(edge.source)}`)
}

/** Takes out an entry, `services/catalog`, and everything that names it. */
export function removeEntry(id: string): void {
  const { value, selection, select } = useDocument.getState()
  const { changes, references } = removalOfEntry(language, value, id.split('/'))
  if (selection === id || selection?.startsWith(`${id}/`) === true) select(null)
  const places = references === 1 ? ' and the place that named it' : ` and the ${references} places that named it`
  change(changes, `Remove ${nameOf(id)}`, references === 0 ? '' : places)
}

function change(
  changes: Parameters<ReturnType<typeof useDocument.getState>['changeAll']>[0],
  label: string,
  also = '',
) {
  const { text, changeAll, undo } = useDocument.getState()
  changeAll(changes, label)
  if (useDocument.getState().text === text) return
  toast({ id: 'design-edit', message: `${label}${also}`, action: { label: 'Undo', run: undo } })
}

/** Makes a connection that was chosen, and selects it. */
export function connect(source: string, target: string, choice: ConnectionChoice): void {
  const { value, changeAll, select } = useDocument.getState()
  const made = connection(language, value, source, target, choice)
  if (made === undefined) return
  changeAll([made.change], `Connect ${nameOf(source)} to ${nameOf(target)}`)
  select(made.selection)
}

/** The ways to connect, or nothing with a message when there is none. A single way is taken without asking. */
export function connectOrAsk(source: string, target: string): readonly ConnectionWay[] {
  const ways = waysToConnect(language, useDocument.getState().value, source, target)
  const [only] = ways
  if (only === undefined) {
    const message = `${nameOf(source)} has no way to use ${nameOf(target)}: requests go from traffic to services, and from there to other services, caches and databases.`
    toast({ id: 'design-edit', message, tone: 'unsure' })
    return []
  }
  if (ways.length > 1 || only.from.length > 1 || only.to.length > 1) return ways
  connect(source, target, { way: only, from: only.from[0], to: only.to[0] })
  return []
}
