/** Renames an entry of a scenario and everything that refers to it, found through the structures of the language. */
import type { CanvasLayout } from '../../host/contract/scenario-library.ts'
import type { JsonValue } from '../../sim-core/language/field.ts'
import type { Language, Leaf } from './document-language.ts'
import { targetOf, visitLeaves } from './document-language.ts'
import { overridden } from './document-overrides.ts'
import type { DocumentPath, JsonMap } from './document-path.ts'
import { entriesOf, isMapValue, valueAt } from './document-path.ts'
import { renamedKey } from './document-key.ts'

/** What a rename starts from. */
export interface RenameInput {
  readonly text: string
  /** The merged document, what its text says itself, and what its bases say. */
  readonly value: JsonValue
  readonly own: JsonValue
  readonly base: JsonValue
  readonly layout: CanvasLayout
  readonly selection: string | null
}

/**
 * Gives the key at `path` (`['services', 'catalog']`, or `['services', 'catalog', 'endpoints', 'get']` for a member) a
 * new name, and changes every reference to it. A name that is taken changes nothing.
 */
export function renamed(
  tongue: Language,
  input: RenameInput,
  path: DocumentPath,
  newName: string,
): Pick<RenameInput, 'text' | 'layout' | 'selection'> {
  const parent = valueAt(input.value, path.slice(0, -1))
  if (!isMapValue(parent) || Object.hasOwn(parent, newName)) return input
  const leaves: Leaf[] = []
  visitLeaves(tongue, tongue.root, input.value, [], (leaf) => leaves.push(leaf))
  const owners = placesOfOwner(leaves, input.value, path)
  const referring = leaves.flatMap((leaf) => {
    const written = newReference(leaf, input.value, path, newName)
    if (written !== undefined) return [{ leaf, written }]
    return namesBesideOwner(leaf, owners, path) ? [{ leaf, written: newName }] : []
  })
  // Deeper places first: a key that changes is part of the path of what stands below it.
  const deepestFirst = referring.toSorted((a, b) => b.leaf.path.length - a.leaf.path.length)
  const text = deepestFirst.reduce(
    (edited, { leaf, written }) => withReference(edited, input, leaf, written),
    input.text,
  )
  return {
    text: withEntry(text, input, path, newName),
    layout: Object.fromEntries(Object.entries(input.layout).map(([id, at]) => [moved(id, path, newName), at])),
    selection: input.selection === null ? null : moved(input.selection, path, newName),
  }
}

/** How a reference reads after the rename; undefined when it names something else. */
function newReference(leaf: Leaf, document: JsonValue, path: DocumentPath, newName: string): string | undefined {
  const target = targetOf(leaf, document)
  const [section, id, subsection, member] = path
  if (target === undefined || target.section !== section || target.id !== id || typeof leaf.value !== 'string') {
    return undefined
  }
  const { value } = leaf
  if (member === undefined) {
    // A member may be named without its owner, and then the owner's name does not matter.
    if (target.member !== undefined && !value.includes('.')) return undefined
    return newName + value.trim().slice(target.id.length)
  }
  if (target.member !== `${String(subsection)}/${String(member)}`) return undefined
  return value.includes('.') ? `${target.id}.${newName}` : newName
}

/** The maps in which the owner of a renamed member is named: `{ database: orders_db, class: insert }`. */
function placesOfOwner(leaves: readonly Leaf[], document: JsonValue, path: DocumentPath): ReadonlySet<string> {
  const [section, id, , member] = path
  if (member === undefined) return new Set()
  const naming = leaves.filter((leaf) => {
    const target = targetOf(leaf, document)
    return !leaf.isKey && target?.member === undefined && target?.section === section && target?.id === id
  })
  return new Set(naming.map((leaf) => JSON.stringify(leaf.path.slice(0, -1))))
}

/** Whether a plain text is the member's name, written beside that of its owner. */
function namesBesideOwner(leaf: Leaf, owners: ReadonlySet<string>, path: DocumentPath): boolean {
  const isName = leaf.input?.kind === 'text' && !leaf.isKey && leaf.value === path[3]
  return isName && owners.has(JSON.stringify(leaf.path.slice(0, -1)))
}

function withReference(text: string, input: RenameInput, { path, isKey }: Leaf, written: string): string {
  if (!isKey) return overridden(text, input.base, path, written)
  return withEntry(text, input, path, written)
}

/** The text with the key at `path` called otherwise: in place where this text wrote it, over its base where it did not. */
function withEntry(text: string, { own, base, value }: RenameInput, path: DocumentPath, newName: string): string {
  const parent = path.slice(0, -1)
  if (valueAt(base, path) === undefined) return renamedKey(text, path, newName)
  const whole = valueAt(value, path)
  const before: JsonMap = Object.fromEntries(entriesOf(valueAt(own, parent)))
  const started = Object.hasOwn(before, String(path.at(-1))) ? renamedKey(text, path, newName) : text
  const copied = overridden(started, base, [...parent, newName], whole)
  return overridden(copied, base, path, undefined)
}

/** A path written with slashes, after the rename. */
function moved(place: string, path: DocumentPath, newName: string): string {
  const old = path.join('/')
  if (place !== old && !place.startsWith(`${old}/`)) return place
  return [...path.slice(0, -1), newName].join('/') + place.slice(old.length)
}
