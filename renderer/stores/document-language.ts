/** The fields of the scenario language laid over a document: what stands where, and what refers to what. */
import { catalog } from '../../sim-core/catalog.ts'
import type { AnyField, JsonValue, LeafInput } from '../../sim-core/language/field.ts'
import type { SectionDefinition, StepDefinition } from '../../sim-core/language/schema-context.ts'
import type { ComponentDefinition } from '../../sim-core/model/component-definition.ts'
import { noNames } from '../../sim-core/scenario/names.ts'
import { createContext, scenarioSchema } from '../../sim-core/scenario/schema.ts'
import type { DocumentPath } from './document-path.ts'
import { entriesOf, isListValue, isMapValue } from './document-path.ts'

/** The language of a catalogue. */
export interface Language {
  readonly definitions: readonly ComponentDefinition[]
  /** The whole scenario. */
  readonly root: AnyField
  /** The step words, and the field that each takes. */
  readonly words: ReadonlyMap<string, WordField>
}

/** A step word with the field of what stands behind it. */
export interface WordField {
  readonly definition: StepDefinition
  readonly field: AnyField
}

/** The language of a list of component kinds. */
export function languageOf(definitions: readonly ComponentDefinition[]): Language {
  const sections: readonly SectionDefinition[] = definitions.map(({ section }) => section)
  const context = createContext(sections, noNames)
  const steps: readonly StepDefinition[] = sections.flatMap((section) => section.steps)
  return {
    definitions,
    root: scenarioSchema(sections, noNames),
    words: new Map(steps.map((definition) => [definition.word, { definition, field: definition.schema(context) }])),
  }
}

/** The language as it ships. */
export const language: Language = languageOf(catalog)

/** A scalar of the document, or a key that names something, with the field that describes it. */
export interface Leaf {
  readonly path: DocumentPath
  readonly value: JsonValue
  /** Whether it is the last key of the path rather than the value there. */
  readonly isKey: boolean
  readonly field: AnyField
  readonly input: LeafInput | undefined
  /** The steps that it lies in, outermost first. */
  readonly steps: readonly StepPlace[]
}

/** A step on the way to a leaf. */
export interface StepPlace {
  readonly word: string
  /** Path of the step's map. */
  readonly path: DocumentPath
}

/** Calls `visit` for every leaf of a value below `path`, in the order of the language. What fits no field is left out. */
export function visitLeaves(
  tongue: Language,
  field: AnyField,
  value: JsonValue | undefined,
  path: DocumentPath,
  visit: (leaf: Leaf) => void,
): void {
  walk({ tongue, visit }, field, value, path, [])
}

interface Walk {
  readonly tongue: Language
  readonly visit: (leaf: Leaf) => void
}

function walk(
  context: Walk,
  field: AnyField,
  value: JsonValue | undefined,
  path: DocumentPath,
  steps: readonly StepPlace[],
): void {
  if (value === undefined || value === null) return
  const { structure } = field.field
  switch (structure.kind) {
    case 'leaf':
      context.visit({ path, value, isKey: false, field, input: field.field.input, steps })
      return
    case 'fields':
      for (const [key, part] of Object.entries(structure.shape)) {
        walk(context, part, isMapValue(value) ? value[key] : undefined, [...path, key], steps)
      }
      return
    case 'named':
      for (const [key, part] of entriesOf(value)) {
        const at = [...path, key]
        const { key: keyField } = structure
        context.visit({ path: at, value: key, isKey: true, field: keyField, input: keyField.field.input, steps })
        walk(context, structure.item, part, at, steps)
      }
      return
    case 'list':
      if (isListValue(value)) value.forEach((item, i) => walk(context, structure.item, item, [...path, i], steps))
      return
    case 'one_of': {
      const branch = structure.branches.find(({ matches }) => matches(value))
      if (branch !== undefined) walk(context, branch.field, value, path, steps)
      return
    }
    case 'steps':
      walkSteps(context, value, path, steps)
  }
}

function walkSteps(context: Walk, value: JsonValue, path: DocumentPath, steps: readonly StepPlace[]): void {
  if (isListValue(value)) {
    value.forEach((step, index) => walkSteps(context, step, [...path, index], steps))
    return
  }
  for (const [word, spec] of entriesOf(value)) {
    const known = context.tongue.words.get(word)
    if (known !== undefined) walk(context, known.field, spec, [...path, word], [...steps, { word, path }])
  }
}

/** The field of a section of the language; undefined when there is no such section. */
export function fieldOfSection(tongue: Language, section: string): AnyField | undefined {
  const { structure } = tongue.root.field
  return structure.kind === 'fields' && Object.hasOwn(structure.shape, section) ? structure.shape[section] : undefined
}

/** What a reference names. */
export interface Target {
  readonly section: string
  readonly id: string
  /** `endpoints/get_product`, when a member of the entry is named. */
  readonly member: string | undefined
}

/** What a leaf refers to in a document; undefined when it refers to nothing that is there. */
export function targetOf(leaf: Leaf, document: JsonValue): Target | undefined {
  const { input, value } = leaf
  if (typeof value !== 'string' || input === undefined) return undefined
  if (input.kind === 'reference') {
    const id = input.isOpen ? (/^\s*([^.[\s]+)/u.exec(value)?.[1] ?? value) : value
    const section = input.sections.find((name) => idsIn(document, [name]).includes(id))
    return section === undefined ? undefined : { section, id, member: undefined }
  }
  if (input.kind !== 'member' || input.words.includes(value)) return undefined
  const { section, subsection } = input
  const [owner = '', name] = value.split('.')
  const owners = idsIn(document, [section]).filter((id) =>
    name === undefined
      ? idsIn(document, [section, id, subsection]).includes(owner)
      : id === owner && idsIn(document, [section, id, subsection]).includes(name),
  )
  const [id] = owners
  if (id === undefined || owners.length > 1) return undefined
  return { section, id, member: `${subsection}/${name ?? owner}` }
}

/** The keys of the map at a path. */
function idsIn(document: JsonValue, path: readonly string[]): readonly string[] {
  const value = path.reduce<JsonValue | undefined>(
    (part, key) => (isMapValue(part) && Object.hasOwn(part, key) ? part[key] : undefined),
    document,
  )
  return entriesOf(value).map(([key]) => key)
}
