/** What may be added to a scenario, and what adding it writes. */
import type { AnyField, JsonValue } from '../../sim-core/language/field.ts'
import { namesIn } from '../../sim-core/scenario/names.ts'
import type { Language } from '../stores/document-language.ts'
import type { DocumentPath } from '../stores/document-path.ts'
import { isListValue, isMapValue, selectionOf, valueAt } from '../stores/document-path.ts'
import { starterValue } from './starter-value.ts'
import { wordsOfKey } from './words.ts'

/** Something to add. */
export interface PaletteItem {
  /** The kind of component, or the section of what is no component. */
  readonly id: string
  readonly label: string
  readonly icon: string
  readonly help: string
  /** A node of the canvas; the others stand under "more". */
  readonly isOnCanvas: boolean
  readonly section: string
}

/** Pictures of sections that belong to no component. */
const plainIcons: Readonly<Record<string, string>> = { keys: 'key' }

/** Sections of the scenario's head in which entries have names. Axes of a sweep are paths, not names. */
function plainSections(language: Language): readonly (readonly [string, AnyField])[] {
  const { structure } = language.root.field
  if (structure.kind !== 'fields') return []
  const ofComponents = new Set<string>(language.definitions.map(({ section }) => section.section))
  return Object.entries(structure.shape).filter(
    ([key, field]) =>
      !ofComponents.has(key) &&
      field.field.structure.kind === 'named' &&
      field.field.structure.key.field.type === 'name',
  )
}

/** Everything that may be added, components first. */
export function paletteItems(language: Language): readonly PaletteItem[] {
  const components = language.definitions.map(({ kind, presentation, section }) => ({
    id: kind,
    label: presentation.label,
    icon: presentation.icon,
    help: section.help,
    isOnCanvas: presentation.onCanvas,
    section: section.section,
  }))
  const plain = plainSections(language).map(([section, { field }]) => ({
    id: section,
    label: wordsOfKey(section),
    icon: plainIcons[section] ?? 'box',
    help: field.structure.kind === 'named' ? field.structure.item.field.help : field.help,
    isOnCanvas: false,
    section,
  }))
  return [...components, ...plain]
}

/** One change of the document, and what to select after it. */
export interface Addition {
  readonly path: DocumentPath
  readonly value: JsonValue
  readonly label: string
  readonly selection: string
}

/** What adding a thing writes, under a name that is free; undefined for a thing that does not exist. */
export function additionOf(language: Language, id: string, document: JsonValue): Addition | undefined {
  const item = paletteItems(language).find((candidate) => candidate.id === id)
  if (item === undefined) return undefined
  const { section, label: kindLabel } = item
  const value = exampleOf(language, item, document)
  const label = `Add ${kindLabel.toLowerCase()}`
  const present = valueAt(document, [section])
  if (isList(language, section)) {
    const index = isListValue(present) ? present.length : 0
    const path: DocumentPath = [section, index]
    return index === 0
      ? { path: [section], value: [value], label, selection: selectionOf(path) }
      : { path, value, label, selection: selectionOf(path) }
  }
  const taken = isMapValue(present) ? Object.keys(present) : []
  const path = [section, freeName(singular(item), taken)]
  return { path, value, label, selection: selectionOf(path) }
}

function isList({ root }: Language, section: string): boolean {
  const { structure } = root.field
  return structure.kind === 'fields' && structure.shape[section]?.field.structure.kind === 'list'
}

function exampleOf(language: Language, { id, section }: PaletteItem, document: JsonValue): JsonValue {
  const names = namesIn(document)
  const definition = language.definitions.find(({ kind }) => kind === id)
  if (definition !== undefined) return definition.presentation.example(names)
  const field = plainSections(language).find(([key]) => key === section)?.[1]
  return field?.field.structure.kind === 'named' ? starterValue(field.field.structure.item, names) : {}
}

function singular({ id, section }: PaletteItem): string {
  return id === section ? id.replace(/s$/u, '') : id
}

/** `cache`, or `cache_2` when that is taken. */
export function freeName(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted
  let number = 2
  while (taken.includes(`${wanted}_${number}`)) number++
  return `${wanted}_${number}`
}
