/** What every part of a form reaches without being handed it: the language, the document, problems, and the ways to edit. */
import { createContext, useContext } from 'react'
import type { JsonValue } from '../../sim-core/language/field.ts'
import type { ScenarioNames } from '../../sim-core/language/schema-context.ts'
import type { Problem } from '../../sim-core/scenario/problem.ts'
import type { DocumentChange } from '../stores/document-state.ts'
import type { Language } from '../stores/document-language.ts'
import type { DocumentPath } from '../stores/document-path.ts'
import type { FormDocument } from './form-model.ts'
import type { LeafControl } from './form-types.ts'

/** Shared by the parts of one form. */
export interface FormScope {
  readonly language: Language
  readonly document: FormDocument
  readonly names: ScenarioNames
  readonly problems: ReadonlyMap<string, readonly Problem[]>
  /** Simulated time of a run, for pictures over time. */
  readonly runNs: number
  readonly isReadOnly: boolean
  readonly change: (path: DocumentPath, value: JsonValue | undefined, label: string) => void
  readonly changeAll: (changes: readonly DocumentChange[], label: string) => void
  readonly revert: (path: DocumentPath, label: string) => void
  readonly rename: (path: DocumentPath, newName: string) => void
  readonly undo: () => void
  readonly redo: () => void
  readonly select: (selection: string | null) => void
  /** Shows the help of a field below the form; `fill` writes an example into it. */
  readonly showHelp: (help: ShownHelp | null) => void
}

/** The field that has the focus. */
export interface ShownHelp {
  readonly control: LeafControl
  readonly fill: (value: JsonValue) => void
}

const Scope = createContext<FormScope | null>(null)

export const FormScopeProvider = Scope.Provider

/** The scope of the form around a component. */
export function useFormScope(): FormScope {
  const scope = useContext(Scope)
  if (scope === null) throw new Error('a part of a form stands outside of one')
  return scope
}
