/** What the inspector shows for a selection: whose form, under which headings. */
import type { JsonValue } from '../../sim-core/language/field.ts'
import type { Problem } from '../../sim-core/scenario/problem.ts'
import type { Language } from '../stores/document-language.ts'
import type { DocumentPath } from '../stores/document-path.ts'
import { pathOfSelection, selectionOf, valueAt } from '../stores/document-path.ts'
import type { Form, FormDocument } from './form-model.ts'
import { formAt, headForm } from './form-model.ts'
import type { Control, NamedControl } from './form-types.ts'
import type { PaletteItem } from './palette-model.ts'
import { paletteItems } from './palette-model.ts'
import { wordsOfKey } from './words.ts'

/** A heading that leads up. */
export interface Crumb {
  readonly label: string
  readonly selection: string | null
}

/** What is inspected. */
export interface Inspected {
  readonly path: DocumentPath
  readonly form: Form
  readonly title: string
  /** What it is, in a word: `Service`. Empty for parts of a scenario's own head. */
  readonly kindLabel: string
  readonly kind: string
  readonly icon: string
  readonly help: string
  /** From the scenario down, the thing itself left out. */
  readonly crumbs: readonly Crumb[]
  /** The map that holds it under a name of the user's; undefined when its name is not the user's. */
  readonly parent: NamedControl | undefined
  readonly canRemove: boolean
}

/** What a selection leads to: the innermost entry or section around it, or the scenario where there is none. */
export function inspected(
  language: Language,
  document: FormDocument,
  selection: string | null,
  problems: readonly Problem[],
): Inspected {
  const wanted = pathOfSelection(selection, document.value)
  for (let path = wanted; path.length > 0; path = path.slice(0, -1)) {
    const form = formAt(language, document, path, problems)
    if (form !== undefined && isPlace(language, document, path, form)) return partOf(language, document, path, form)
  }
  return {
    path: [],
    form: headForm(language, document, problems),
    title: nameOf(document.value),
    kindLabel: 'Scenario',
    kind: 'scenario',
    icon: 'scenario',
    help: '',
    crumbs: [],
    parent: undefined,
    canRemove: false,
  }
}

/** Sections, their entries, and what has a name within these; a single field is shown among the others. */
function isPlace(language: Language, document: FormDocument, path: DocumentPath, form: Form): boolean {
  if (path.length === 1) return form.control.kind !== 'leaf'
  if (valueAt(document.value, path) === undefined || form.control.kind === 'leaf') return false
  const holder = formAt(language, document, path.slice(0, -1), [])?.control
  if (path.length === ENTRY_LENGTH) return holder?.kind === 'named' || holder?.kind === 'list'
  return holder?.kind === 'named' && holder.keyField.field.input === undefined
}

function nameOf(document: JsonValue): string {
  const name = valueAt(document, ['name'])
  return typeof name === 'string' && name !== '' ? name : 'Scenario'
}

function partOf(language: Language, document: FormDocument, path: DocumentPath, form: Form): Inspected {
  const item = paletteItems(language).find(({ section }) => section === path[0])
  const holder = formAt(language, document, path.slice(0, -1), [])?.control
  const parent = holder?.kind === 'named' && holder.keyField.field.input === undefined ? holder : undefined
  const common = {
    path,
    form,
    crumbs: crumbsOf(path, document),
    parent,
    title: titleOf(path, parent, item),
    canRemove: canRemoveFrom(holder),
    icon: item?.icon ?? 'scenario',
  }
  const isEntry = path.length === ENTRY_LENGTH && item !== undefined
  return isEntry
    ? { ...common, kindLabel: item.label, kind: item.id, help: item.help }
    : { ...common, kindLabel: '', kind: '', help: form.control.help }
}

/** Segments of the path of an entry: its section, and its name or place. */
const ENTRY_LENGTH = 2

function titleOf(path: DocumentPath, parent: NamedControl | undefined, item: PaletteItem | undefined): string {
  const last = path.at(-1) ?? ''
  if (typeof last === 'number') return `${item?.label ?? 'Entry'} ${last + 1}`
  return parent === undefined ? wordsOfKey(last) : last
}

/** Whether what a control holds may lose an entry. */
function canRemoveFrom(holder: Control | undefined): boolean {
  if (holder?.kind === 'named') return holder.keyField.field.input === undefined && holder.entries.length > holder.min
  return holder?.kind === 'list' && holder.items.length > holder.min
}

/** Sections and other holders of entries are no place to go to; what stands in them is. */
function crumbsOf(path: DocumentPath, document: FormDocument): readonly Crumb[] {
  const crumbs: Crumb[] = [{ label: nameOf(document.value), selection: null }]
  for (let length = 2; length < path.length; length++) {
    const segment = path[length - 1]
    const isWord = typeof segment === 'string' && length % 2 === 0
    if (isWord) crumbs.push({ label: segment, selection: selectionOf(path.slice(0, length)) })
  }
  return crumbs
}
