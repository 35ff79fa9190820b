/** What gestures on the canvas and buttons of the table do to the document. */
import { notifications } from '@mantine/notifications'
import { nameOf } from '../../canvas/flow-elements.ts'
import type { Topology } from '../../canvas/topology.ts'
import { language } from '../../stores/document-language.ts'
import type { DocumentChange } from '../../stores/document-state.ts'
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
  const [source, target] = [nameOf(edge.source), nameOf(edge.target)]
  change(changes, `Disconnect ${target} from ${source}`, `${source} does not use ${target} any more.`)
}

/** Takes out an entry, `services/catalog`, and everything that names it. */
export function removeEntry(id: string): void {
  const { value, selection, select } = useDocument.getState()
  const { changes, references } = removalOfEntry(language, value, id.split('/'))
  if (selection === id || selection?.startsWith(`${id}/`) === true) select(null)
  const places = references === 1 ? 'the place that named it' : `the ${references} places that named it`
  const name = nameOf(id)
  change(changes, `Remove ${name}`, references === 0 ? `Removed ${name}.` : `Removed ${name} and ${places}.`)
}

/** One message at a time: the newest. */
const MESSAGE = 'design-edit'

/** Makes changes as one step, and says `told` with a way back that goes as soon as anything else is changed. */
function change(changes: readonly DocumentChange[], label: string, told: string): void {
  const { text: before, changeAll, undo } = useDocument.getState()
  changeAll(changes, label)
  const { text: after } = useDocument.getState()
  if (after === before) return
  toast({ id: MESSAGE, message: told, action: { label: 'Undo', run: undo } })
  const end = useDocument.subscribe(({ text }) => {
    if (text === after) return
    end()
    notifications.hide(MESSAGE)
  })
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
    toast({ id: MESSAGE, message, tone: 'unsure' })
    return []
  }
  if (ways.length > 1 || only.from.length > 1 || only.to.length > 1) return ways
  connect(source, target, { way: only, from: only.from[0], to: only.to[0] })
  return []
}
