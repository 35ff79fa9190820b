/** What an editor may offer at a place of a scenario: keys, algorithms, names, with their help. */
import type { AnyField, JsonValue, LeafInput } from '../../../sim-core/language/field.ts'
import { DISTRIBUTIONS } from '../../../sim-core/distributions/registry.ts'
import { namesIn } from '../../../sim-core/scenario/names.ts'
import { membersOf } from '../../inspector/starter-value.ts'
import type { Language } from '../../stores/document-language.ts'
import type { DocumentPath } from '../../stores/document-path.ts'
import { entriesOf, valueAt } from '../../stores/document-path.ts'
import type { CursorContext } from './completion-context.ts'

/** One thing to write. */
export interface Offer {
  /** What is shown and looked for. */
  readonly label: string
  /** What is written; the label when absent. */
  readonly insert?: string
  readonly kind: 'key' | 'step' | 'choice' | 'name' | 'value'
  /** In a few words behind the label: a type, or a default. */
  readonly detail?: string
  readonly help?: string
}

/** Everything that may stand where the cursor is. */
export function offersAt(tongue: Language, document: JsonValue, context: CursorContext): readonly Offer[] {
  const fields = fieldsAt(tongue, document, context.path)
  const offers =
    context.expects === 'key'
      ? fields.flatMap((field) => keyOffers(tongue, field, document, context))
      : fields.flatMap((field) => valueOffers(field, document))
  const labels = offers.map(({ label }) => label)
  return offers.filter(({ label }, index) => labels.indexOf(label) === index)
}

/** Every field that may describe what stands at a path: where a value may be written in several ways, all of them. */
function fieldsAt(tongue: Language, document: JsonValue, path: DocumentPath): readonly AnyField[] {
  let fields = waysOf(tongue.root, document)
  path.forEach((segment, index) => {
    const value = valueAt(document, path.slice(0, index + 1))
    fields = fields.flatMap((field) => below(tongue, field, segment)).flatMap((field) => waysOf(field, value))
  })
  return fields
}

/** The ways to write a field: the one that the value is written in, or all while it is written in none. */
function waysOf(field: AnyField, value: JsonValue | undefined): readonly AnyField[] {
  const { structure } = field.field
  if (structure.kind !== 'one_of') return [field]
  const matching = structure.branches.filter(({ matches }) => value !== undefined && value !== null && matches(value))
  const branches = matching.length > 0 ? matching : structure.branches
  return branches.flatMap((branch) => waysOf(branch.field, value))
}

function below(tongue: Language, field: AnyField, segment: string | number): readonly AnyField[] {
  const { structure } = field.field
  switch (structure.kind) {
    case 'fields': {
      const part = Object.hasOwn(structure.shape, segment) ? structure.shape[segment] : undefined
      return part === undefined ? [] : [part]
    }
    case 'named':
    case 'list':
      return [structure.item]
    case 'steps': {
      const word = tongue.words.get(String(segment))
      if (typeof segment === 'number') return [field]
      return word === undefined ? [] : [word.field]
    }
    case 'one_of':
    case 'leaf':
      return []
  }
}

function keyOffers(
  tongue: Language,
  field: AnyField,
  document: JsonValue,
  { path, isInFlow }: CursorContext,
): readonly Offer[] {
  const { structure } = field.field
  const present = new Set(entriesOf(valueAt(document, path)).map(([key]) => key))
  switch (structure.kind) {
    case 'fields':
      return Object.entries(structure.shape)
        .filter(([key]) => !present.has(key))
        .map(([key, part]) => keyOffer(key, part))
    case 'steps': {
      const dash = isInFlow || typeof path.at(-1) === 'number' ? '' : '- '
      return [...tongue.words].map(([word, { definition }]) => ({
        label: word,
        insert: `${dash}${word}: `,
        kind: 'step',
        help: definition.help,
      }))
    }
    case 'named':
      return inputOffers(structure.key.field.input, document)
        .filter(({ label }) => !present.has(label))
        .map((offer) => ({ ...offer, insert: `${offer.label}: ` }))
    case 'list':
      return waysOf(structure.item, undefined).flatMap((item) => valueOffers(item, document))
    case 'one_of':
    case 'leaf':
      return valueOffers(field, document)
  }
}

function keyOffer(key: string, { field }: AnyField): Offer {
  const byDefault = field.byDefault === undefined ? '' : `, ${field.byDefault}`
  const isLeaf = field.structure.kind === 'leaf' || field.structure.kind === 'one_of'
  const detail = field.isOptional ? `optional${byDefault}` : 'required'
  return { label: key, insert: isLeaf ? `${key}: ` : `${key}:`, kind: 'key', detail, help: helpOf(field) }
}

function helpOf({ help, range }: AnyField['field']): string {
  return range === undefined || range === 'any' ? help : `${help} Allowed: ${range}.`
}

function valueOffers(field: AnyField, document: JsonValue): readonly Offer[] {
  const { input, structure, examples, help } = field.field
  if (structure.kind === 'steps') return []
  const offers = inputOffers(input, document)
  const written = (examples ?? []).filter((example) => typeof example !== 'object')
  const values = written.map((example): Offer => ({ label: String(example), kind: 'value', detail: 'example', help }))
  return [...offers, ...values]
}

function inputOffers(input: LeafInput | undefined, document: JsonValue): readonly Offer[] {
  if (input === undefined) return []
  const names = namesIn(document)
  const named = (label: string): Offer => ({ label, kind: 'name' })
  switch (input.kind) {
    case 'choice':
      return input.options.map(({ id, label, help }) => ({
        label: id,
        kind: 'choice',
        ...(label === undefined ? {} : { detail: label }),
        ...(help === undefined ? {} : { help }),
      }))
    case 'reference':
      return input.sections.flatMap((section) => names.ids(section) ?? []).map(named)
    case 'member':
      return membersOf(input, names).map(named)
    case 'flag':
      return ['true', 'false'].map((label) => ({ label, kind: 'value' }))
    case 'word':
      return typeof input.value === 'object' ? [] : [{ label: String(input.value), kind: 'value' }]
    case 'distribution':
      return DISTRIBUTIONS.map(({ id, label, help }) => ({
        label: id,
        insert: `${id}(`,
        kind: 'choice',
        detail: label,
        help,
      }))
    case 'quantity':
    case 'text':
      return []
  }
}
