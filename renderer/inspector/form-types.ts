/** What a form is made of: a tree of controls that says all there is to show, and that knows nothing of a page. */
import type { AnyField, ChoiceOption, JsonValue, LeafInput, LoadPicture } from '../../sim-core/language/field.ts'
import type { DocumentPath } from '../stores/document-path.ts'

/** Where a value stands: in the text itself, in a file that it extends, or nowhere, so that the default holds. */
export type ValueOrigin = 'own' | 'base' | 'absent'

/** What every control knows. */
export interface ControlFacts {
  readonly path: DocumentPath
  /** The path as problems write it; the key of the control. */
  readonly pathText: string
  /** The last key in sentence case. */
  readonly label: string
  readonly help: string
  /** Of the whole document, bases included. */
  readonly value: JsonValue | undefined
  readonly origin: ValueOrigin
  /** Whether the text replaces what a base says, so that it can be taken back. */
  readonly isOverride: boolean
  readonly isOptional: boolean
  /** The default in words, and as a value where it is one. */
  readonly byDefault: string | undefined
  readonly defaultValue: JsonValue | undefined
  readonly field: AnyField
}

/** One scalar. */
export interface LeafControl extends ControlFacts {
  readonly kind: 'leaf'
  readonly input: LeafInput | undefined
  readonly range: string | undefined
  readonly examples: readonly JsonValue[]
}

/** Named fields of one thing. */
export interface GroupControl extends ControlFacts {
  readonly kind: 'group'
  readonly controls: readonly Control[]
}

/** Entries by names that the user gives. */
export interface NamedControl extends ControlFacts {
  readonly kind: 'named'
  readonly entries: readonly { readonly key: string; readonly control: Control }[]
  readonly keyField: AnyField
  readonly item: AnyField
  readonly min: number
}

/** Entries in order. */
export interface ListControl extends ControlFacts {
  readonly kind: 'list'
  readonly items: readonly Control[]
  readonly item: AnyField
  readonly min: number
  readonly max: number
}

/** One of the ways to write a value. */
export interface Way {
  readonly title: string
  /** The shape, as the language shows it. */
  readonly example: string
  readonly help: string
  readonly matches: (input: unknown) => boolean
  readonly field: AnyField
}

/** A value that may be written in several ways; `control` is that of the way in use. */
export interface OneOfControl extends ControlFacts {
  readonly kind: 'one_of'
  readonly ways: readonly Way[]
  /** Which way is in use, or that of the default when nothing is written; -1 for none. */
  readonly active: number
  readonly control: Control | undefined
  readonly picture: LoadPicture | undefined
}

/** One step: its word, and what that word needs. */
export interface StepControl {
  readonly path: DocumentPath
  readonly pathText: string
  readonly word: string
  readonly help: string
  /** Absent when the word is unknown. */
  readonly control: Control | undefined
  readonly value: JsonValue
}

/** Steps in order. */
export interface StepsControl extends ControlFacts {
  readonly kind: 'steps'
  readonly steps: readonly StepControl[]
}

/** Anything in a form. */
export type Control = LeafControl | GroupControl | NamedControl | ListControl | OneOfControl | StepsControl

/** A choice with everything that a list shows. */
export interface ShownOption {
  readonly value: string
  readonly label: string
  readonly help: string
}

/** A choice as lists show it. */
export function shownOption({ id, label, help }: ChoiceOption): ShownOption {
  return { value: id, label: label ?? id, help: help ?? '' }
}

/** Whether only one thing can stand there, so that there is nothing to choose. */
export function isWordOnly(control: Control): boolean {
  if (control.kind !== 'leaf') return false
  return control.input?.kind === 'word' || (control.input?.kind === 'choice' && control.input.options.length === 1)
}
