/** Finds the field that describes a place of a document, and the words of steps. */
import type { AnyField, JsonValue } from '../../sim-core/language/field.ts'
import type { Language } from '../stores/document-language.ts'
import type { DocumentPath } from '../stores/document-path.ts'
import { isListValue, isMapValue } from '../stores/document-path.ts'

/** A step word and the field of what it needs. */
export interface StepWord {
  readonly word: string
  readonly help: string
  readonly field: AnyField
}

/** Every step word, in the order of the catalogue. */
export function stepWords(language: Language): readonly StepWord[] {
  return [...language.words.values()].map(({ definition, field }) => ({
    word: definition.word,
    help: definition.help,
    field,
  }))
}

/** The word of a step and what stands behind it; the first known key counts. */
export function stepIn(
  language: Language,
  step: JsonValue,
): { readonly word: string; readonly spec: JsonValue } | undefined {
  if (!isMapValue(step)) return undefined
  const keys = Object.keys(step)
  const word = keys.find((key) => language.words.has(key)) ?? keys[0]
  return word === undefined ? undefined : { word, spec: step[word] ?? null }
}

/** The field that describes what stands at a path, given the value of the whole document; undefined for nothing known. */
export function fieldAt(language: Language, path: DocumentPath, document: JsonValue | undefined): AnyField | undefined {
  let field: AnyField | undefined = language.root
  let value = document
  for (const segment of path) {
    field = below(language, field, value, segment)
    if (field === undefined) return undefined
    value = partOf(value, segment)
  }
  return field
}

function partOf(value: JsonValue | undefined, segment: string | number): JsonValue | undefined {
  if (isListValue(value)) return value[Number(segment)]
  return isMapValue(value) && Object.hasOwn(value, segment) ? value[segment] : undefined
}

function below(
  language: Language,
  field: AnyField,
  value: JsonValue | undefined,
  segment: string | number,
): AnyField | undefined {
  const { structure } = field.field
  switch (structure.kind) {
    case 'fields':
      return structure.shape[String(segment)]
    case 'named':
    case 'list':
      return structure.item
    case 'one_of': {
      const branch = structure.branches.find(({ matches }) => matches(value))
      return branch === undefined ? undefined : below(language, branch.field, value, segment)
    }
    case 'steps':
      // A step is reached by its index, its spec by its word; one step alone has no index.
      return typeof segment === 'number' ? field : language.words.get(segment)?.field
    case 'leaf':
      return undefined
  }
}
