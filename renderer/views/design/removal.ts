/** What goes when something is taken out: an entry with everything that refers to it, or one use of a component. */
import type { JsonValue } from '../../../sim-core/language/field.ts'
import type { DocumentChange } from '../../stores/document-state.ts'
import type { Language, Leaf } from '../../stores/document-language.ts'
import { targetOf, visitLeaves } from '../../stores/document-language.ts'
import type { DocumentPath } from '../../stores/document-path.ts'
import type { TopologyEdge } from '../../canvas/topology.ts'

/** Changes in an order in which they can be made, and how many places besides the thing itself they touch. */
export interface Removal {
  readonly changes: readonly DocumentChange[]
  readonly references: number
}

/** Something to take out; a step leaves an empty list where it stood alone, since its key is still needed. */
interface Place {
  readonly path: DocumentPath
  readonly isStep: boolean
}

/** Takes out the entry at `path`, `['services', 'catalog']`, and every step, share or fault that names it. */
export function removalOfEntry(tongue: Language, document: JsonValue, path: DocumentPath): Removal {
  const [section, id] = path
  const places: Place[] = []
  visitLeaves(tongue, tongue.root, document, [], (leaf) => {
    const target = targetOf(leaf, document)
    const isInside = leaf.path[0] === section && leaf.path[1] === id
    if (target !== undefined && target.section === section && target.id === id && !isInside) places.push(placeOf(leaf))
  })
  const distinct = withoutNested(places)
  return { changes: removals([...distinct, { path, isStep: false }]), references: distinct.length }
}

/** Takes out every use that makes an edge. */
export function removalOfEdge(edge: TopologyEdge): Removal {
  const places = edge.uses.map(({ stepPath, steps }) => ({ path: stepPath, isStep: steps.length > 0 }))
  const distinct = withoutNested(places)
  return { changes: removals(distinct), references: distinct.length }
}

/** The smallest thing that can go with a reference: the step, the item of a list, or the value alone. */
function placeOf({ steps, path, field, isKey }: Leaf): Place {
  const step = steps.at(-1)
  // A policy that a call may do without goes alone; what the step is about takes the step with it.
  if (!isKey && field.field.isOptional) return { path, isStep: false }
  if (step !== undefined) return { path: step.path, isStep: true }
  const item = path.findLastIndex((segment) => typeof segment === 'number')
  return { path: item < 0 ? path : path.slice(0, item + 1), isStep: false }
}

/** Places that lie in no other one. */
function withoutNested(places: readonly Place[]): readonly Place[] {
  const texts = places.map(({ path }) => JSON.stringify(path))
  return places.filter(
    ({ path }, index) =>
      texts.indexOf(texts[index] ?? '') === index &&
      !places.some(({ path: other }) => other.length < path.length && other.every((segment, i) => segment === path[i])),
  )
}

/** Later items of a list go first, so that the places of the earlier ones stay right. */
function removals(places: readonly Place[]): readonly DocumentChange[] {
  return places
    .toSorted((a, b) => laterFirst(a.path, b.path))
    .map(({ path, isStep }) => ({ path, value: isStep && typeof path.at(-1) === 'string' ? [] : undefined }))
}

function laterFirst(a: DocumentPath, b: DocumentPath): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const [left, right] = [a[i], b[i]]
    if (left === right) continue
    if (typeof left === 'number' && typeof right === 'number') return right - left
    return String(left) < String(right) ? -1 : 1
  }
  return b.length - a.length
}
