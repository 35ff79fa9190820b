/** The ways in which one component can come to use another, found through the fields of the language. */
import type { AnyField, JsonValue, LeafInput } from '../../../sim-core/language/field.ts'
import type { ScenarioNames } from '../../../sim-core/language/schema-context.ts'
import { namesIn } from '../../../sim-core/scenario/names.ts'
import { subsectionsOf } from '../../canvas/topology.ts'
import { starterValue } from '../../inspector/starter-value.ts'
import type { Language } from '../../stores/document-language.ts'
import { fieldOfSection } from '../../stores/document-language.ts'
import type { DocumentPath } from '../../stores/document-path.ts'
import { entriesOf, isListValue, selectionOf, valueAt } from '../../stores/document-path.ts'
import type { DocumentChange } from '../../stores/document-state.ts'

/** One way: a step word that a member of the source takes in, or a field of the source itself. */
export interface ConnectionWay {
  /** The word or the key: `call`, `mix`. */
  readonly word: string
  readonly help: string
  readonly kind: 'step' | 'field'
  /** Members of the source that can take the step: `endpoints/create_order`. Empty for fields. */
  readonly from: readonly string[]
  /** Members of the target that can be named, without their owner. Empty when the target as a whole is. */
  readonly to: readonly string[]
}

/** What the user chose among the ways. */
export interface ConnectionChoice {
  readonly way: ConnectionWay
  readonly from: string | undefined
  readonly to: string | undefined
}

/** Every way in which `source` (`services/order`) can use `target`; none when the language has no word for it. */
export function waysToConnect(
  tongue: Language,
  document: JsonValue,
  source: string,
  target: string,
): readonly ConnectionWay[] {
  const [section = '', name = ''] = source.split('/')
  const hosts = stepHosts(tongue, document, section, name)
  const steps = [...tongue.words].flatMap(([word, { definition, field }]): readonly ConnectionWay[] => {
    const inputs = inputsTo(field, target)
    if (inputs.length === 0 || hosts.length === 0) return []
    return [{ word, help: definition.help, kind: 'step', from: hosts, to: membersAmong(inputs, document, target) }]
  })
  return [...steps, ...fieldWays(tongue, document, source, target)]
}

/** The change that makes a connection, and what to select after it. */
export function connection(
  tongue: Language,
  document: JsonValue,
  source: string,
  target: string,
  choice: ConnectionChoice,
): { readonly change: DocumentChange; readonly selection: string } | undefined {
  const names = namesOfTarget(document, target, choice.to)
  if (choice.way.kind === 'field') return connectionByField(tongue, document, source, choice, names)
  const field = tongue.words.get(choice.way.word)?.field
  const [subsection, member] = choice.from?.split('/') ?? []
  if (field === undefined || subsection === undefined || member === undefined) return undefined
  const path = [...source.split('/'), subsection, member, 'steps']
  const step = { [choice.way.word]: starterValue(field, names) }
  const present = valueAt(document, path)
  if (isListValue(present)) {
    const at = [...path, present.length]
    return { change: { path: at, value: step }, selection: selectionOf(at) }
  }
  const before = present === undefined || present === null ? [] : [present]
  return { change: { path, value: [...before, step] }, selection: selectionOf([...path, before.length]) }
}

function connectionByField(
  tongue: Language,
  document: JsonValue,
  source: string,
  { way, to }: ConnectionChoice,
  names: ScenarioNames,
): { readonly change: DocumentChange; readonly selection: string } | undefined {
  const [section = '', name = ''] = source.split('/')
  const field = shapeOf(tongue, section)[way.word]
  if (field === undefined) return undefined
  const { structure } = field.field
  const path: DocumentPath = [section, name, way.word]
  if (structure.kind !== 'named') {
    return { change: { path, value: starterValue(field, names) }, selection: selectionOf(path) }
  }
  const owner = names.ids(inputsOf(structure.key)[0]?.kind === 'member' ? ownerSection(structure.key) : '')?.[0]
  const key = to === undefined ? (owner ?? '') : owner === undefined ? to : `${owner}.${to}`
  const isFirst = entriesOf(valueAt(document, path)).length === 0
  const { input } = structure.item.field
  const isShare = input?.kind === 'quantity' && input.quantity === 'ratio'
  // Shares make a whole: the first takes all of it, a further one is given its part by the user.
  const value = isShare ? (isFirst ? '100%' : '0%') : starterValue(structure.item, names)
  return { change: { path: [...path, key], value }, selection: selectionOf([...path, key]) }
}

function ownerSection(key: AnyField): string {
  const { input } = key.field
  return input?.kind === 'member' ? input.section : ''
}

/** Members of an entry that are made of steps: `endpoints/create_order`. */
function stepHosts(tongue: Language, document: JsonValue, section: string, name: string): readonly string[] {
  return subsectionsOf(tongue, section).flatMap((subsection) => {
    const field = shapeOf(tongue, section)[subsection]
    const structure = field?.field.structure
    const item = structure?.kind === 'named' ? structure.item.field.structure : undefined
    if (item?.kind !== 'fields' || item.shape['steps']?.field.structure.kind !== 'steps') return []
    return entriesOf(valueAt(document, [section, name, subsection])).map(([member]) => `${subsection}/${member}`)
  })
}

function fieldWays(tongue: Language, document: JsonValue, source: string, target: string): readonly ConnectionWay[] {
  const [section = '', name = ''] = source.split('/')
  const present = entriesOf(valueAt(document, [section, name])).map(([key]) => key)
  const ways = Object.entries(shapeOf(tongue, section)).flatMap(([word, field]): readonly ConnectionWay[] => {
    const { structure, help } = field.field
    const holder = structure.kind === 'named' ? structure.key : structure.kind === 'leaf' ? field : undefined
    const inputs = holder === undefined ? [] : inputsTo(holder, target)
    if (inputs.length === 0) return []
    return [{ word, help, kind: 'field', from: [], to: membersAmong(inputs, document, target) }]
  })
  const used = ways.filter(({ word }) => present.includes(word))
  return used.length > 0 ? used : ways
}

/** The fields of an entry of a section. */
function shapeOf(tongue: Language, section: string): Readonly<Record<string, AnyField>> {
  const structure = fieldOfSection(tongue, section)?.field.structure
  const item = structure?.kind === 'named' ? structure.item.field.structure : undefined
  return item?.kind === 'fields' ? item.shape : {}
}

/** What a field may hold, every way to write it included, without going into steps inside it. */
function inputsOf(field: AnyField): readonly LeafInput[] {
  const { structure, input } = field.field
  switch (structure.kind) {
    case 'leaf':
      return input === undefined ? [] : [input]
    case 'fields':
      return Object.values(structure.shape).flatMap(inputsOf)
    case 'named':
      return [...inputsOf(structure.key), ...inputsOf(structure.item)]
    case 'list':
      return inputsOf(structure.item)
    case 'one_of':
      return structure.branches.flatMap(({ field: branch }) => inputsOf(branch))
    case 'steps':
      return []
  }
}

/** Inputs that can name the target or a member of it. */
function inputsTo(field: AnyField, target: string): readonly LeafInput[] {
  const [section = ''] = target.split('/')
  return inputsOf(field).filter(
    (input) =>
      (input.kind === 'reference' && input.sections.includes(section)) ||
      (input.kind === 'member' && input.section === section),
  )
}

function membersAmong(inputs: readonly LeafInput[], document: JsonValue, target: string): readonly string[] {
  const members = inputs.flatMap((input) =>
    input.kind === 'member'
      ? entriesOf(valueAt(document, [...target.split('/'), input.subsection])).map(([name]) => name)
      : [],
  )
  return [...new Set(members)]
}

/** The names of the document as if the target were the only entry of its section, with one member. */
function namesOfTarget(document: JsonValue, target: string, member: string | undefined): ScenarioNames {
  const all = namesIn(document)
  const [section = '', id = ''] = target.split('/')
  return {
    ids: (asked) => (asked === section ? [id] : all.ids(asked)),
    members: (asked, owner, subsection) => {
      const members = all.members(asked, owner, subsection)
      return asked === section && member !== undefined ? members.filter((name) => name === member) : members
    },
  }
}
