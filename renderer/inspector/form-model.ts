/** Turns fields of the language and the values of a document into controls. Knows no kind of component. */
import type { AnyField, JsonValue } from '../../sim-core/language/field.ts'
import type { Problem } from '../../sim-core/scenario/problem.ts'
import { formatPath } from '../../sim-core/scenario/problem.ts'
import type { Language } from '../stores/document-language.ts'
import type { DocumentPath } from '../stores/document-path.ts'
import { entriesOf, isListValue, isMapValue, valueAt } from '../stores/document-path.ts'
import type { Control, ControlFacts, OneOfControl, StepControl, Way } from './form-types.ts'
import { fieldAt, stepIn } from './field-at.ts'
import { wordsOfKey } from './words.ts'

/** The document as forms read it. */
export interface FormDocument {
  /** The whole, bases included. */
  readonly value: JsonValue
  /** What the text itself says, and what its bases say. */
  readonly own: JsonValue
  readonly base: JsonValue
}

/** A form: its controls, and the problems of each by `pathText`. */
export interface Form {
  readonly control: Control
  readonly problems: ReadonlyMap<string, readonly Problem[]>
}

/** The form of what stands at a path; undefined when the language knows nothing there. */
export function formAt(
  language: Language,
  document: FormDocument,
  path: DocumentPath,
  problems: readonly Problem[],
): Form | undefined {
  const field = fieldAt(language, path, document.value)
  if (field === undefined) return undefined
  const control = controlOf({ language, document }, field, path)
  return { control, problems: placedProblems(control, problems) }
}

/** The form of the scenario's own head: everything but the sections of components, and the version. */
export function headForm(language: Language, document: FormDocument, problems: readonly Problem[]): Form {
  const control = controlOf({ language, document }, language.root, [])
  const sections = new Set<string>(['version', ...language.definitions.map(({ section }) => section.section)])
  const controls = control.kind === 'group' ? control.controls.filter(({ path }) => !sections.has(String(path[0]))) : []
  const head: Control = { ...control, kind: 'group', controls }
  return { control: head, problems: placedProblems(head, problems) }
}

interface Making {
  readonly language: Language
  readonly document: FormDocument
}

function factsOf({ document }: Making, field: AnyField, path: DocumentPath): ControlFacts {
  const { help, byDefault, defaultValue, isOptional } = field.field
  const key = path.at(-1)
  const own = valueAt(document.own, path)
  const base = valueAt(document.base, path)
  // What the text says beside the merged document: the file that it extends. A null there removes what the base has.
  const value = valueAt(document.value, path) ?? own ?? undefined
  return {
    path,
    pathText: formatPath(path),
    label: typeof key === 'number' ? String(key + 1) : wordsOfKey(key ?? ''),
    help,
    value,
    origin: own !== undefined ? 'own' : value === undefined ? 'absent' : 'base',
    isOverride: own !== undefined && base !== undefined,
    isOptional,
    byDefault: byDefault === '{}' || byDefault === '[]' ? undefined : byDefault,
    defaultValue,
    field,
  }
}

/** The control of a field at a path. */
function controlOf(making: Making, field: AnyField, path: DocumentPath): Control {
  const facts = factsOf(making, field, path)
  const { structure, input, range, examples = [] } = field.field
  switch (structure.kind) {
    case 'leaf':
      return { ...facts, kind: 'leaf', input, range: range === 'any' ? undefined : range, examples }
    case 'fields': {
      const controls = Object.entries(structure.shape).map(([key, part]) => controlOf(making, part, [...path, key]))
      return { ...facts, kind: 'group', controls }
    }
    case 'named': {
      const { item, key: keyField, min } = structure
      const entries = entriesOf(facts.value).map(([key]) => ({ key, control: controlOf(making, item, [...path, key]) }))
      return { ...facts, kind: 'named', entries, keyField, item, min }
    }
    case 'list': {
      const { item, min, max } = structure
      const values = isListValue(facts.value) ? facts.value : []
      const items = values.map((_, index) => controlOf(making, item, [...path, index]))
      return { ...facts, kind: 'list', items, item, min, max }
    }
    case 'one_of':
      return oneOfControl(making, field, facts)
    case 'steps':
      return { ...facts, kind: 'steps', steps: stepControls(making, facts) }
  }
}

function oneOfControl(making: Making, field: AnyField, facts: ControlFacts): OneOfControl {
  const ways = waysOf(field)
  const shown = facts.value ?? facts.defaultValue
  const active = shown === undefined ? -1 : ways.findIndex(({ matches }) => matches(shown))
  const way = ways[active]
  // The way in use is optional where the whole is, and has its default where that is written this way.
  const inner =
    way === undefined ? undefined : { ...controlOf(making, way.field, facts.path), ...outerFacts(facts, way) }
  return { ...facts, kind: 'one_of', ways, active, control: inner, picture: field.field.picture }
}

function outerFacts({ isOptional, byDefault, defaultValue, label }: ControlFacts, way: Way) {
  const isDefault = defaultValue !== undefined && way.matches(defaultValue)
  return {
    isOptional,
    label,
    byDefault: isDefault ? byDefault : undefined,
    defaultValue: isDefault ? defaultValue : undefined,
  }
}

/** The ways to write a value; alternatives of alternatives stand among the others. */
export function waysOf(field: AnyField): readonly Way[] {
  const { structure } = field.field
  if (structure.kind !== 'one_of') return []
  return structure.branches.flatMap(({ title, label, matches, field: inner }): readonly Way[] => {
    const nested = waysOf(inner)
    if (nested.length === 0) return [{ title, example: label, help: inner.field.help, matches, field: inner }]
    return nested.map((way) => ({ ...way, matches: (input) => matches(input) && way.matches(input) }))
  })
}

function stepControls(making: Making, { value, path }: ControlFacts): readonly StepControl[] {
  if (isListValue(value)) return value.map((step, index) => stepControl(making, step, [...path, index]))
  return isMapValue(value) ? [stepControl(making, value, path)] : []
}

function stepControl(making: Making, step: JsonValue, path: DocumentPath): StepControl {
  const found = stepIn(making.language, step)
  const known = found === undefined ? undefined : making.language.words.get(found.word)
  return {
    path,
    pathText: formatPath(path),
    word: found?.word ?? '?',
    help: known?.definition.help ?? '',
    control: known === undefined ? undefined : controlOf(making, known.field, [...path, known.definition.word]),
    value: step,
  }
}

/** Gives each problem to the innermost control whose place holds it. */
function placedProblems(root: Control, problems: readonly Problem[]): ReadonlyMap<string, readonly Problem[]> {
  const places = [...new Set(pathTexts(root))].sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
  const placed = new Map<string, Problem[]>()
  for (const problem of problems) {
    const place = places.find((text) => isWithin(problem.path, text))
    if (place !== undefined) placed.set(place, [...(placed.get(place) ?? []), problem])
  }
  return placed
}

function isWithin(path: string, place: string): boolean {
  if (place === '' || path === place) return path === place
  return path.startsWith(place) && /^[.[]/u.test(path.slice(place.length))
}

function pathTexts(control: Control): readonly string[] {
  switch (control.kind) {
    case 'leaf':
      return [control.pathText]
    case 'group':
      return [control.pathText, ...control.controls.flatMap(pathTexts)]
    case 'named':
      return [control.pathText, ...control.entries.flatMap((entry) => pathTexts(entry.control))]
    case 'list':
      return [control.pathText, ...control.items.flatMap(pathTexts)]
    case 'one_of':
      return control.control === undefined ? [control.pathText] : pathTexts(control.control)
    case 'steps':
      return [
        control.pathText,
        ...control.steps.flatMap((step) => [
          step.pathText,
          ...(step.control === undefined ? [] : pathTexts(step.control)),
        ]),
      ]
  }
}

/** How many problems stand in a control and below it. */
export function problemCount(form: Pick<Form, 'problems'>, pathText: string): number {
  let count = 0
  for (const [place, problems] of form.problems) if (isWithin(place, pathText)) count += problems.length
  return count
}
