/** Renames an entry of a scenario and everything that refers to it, found through the structures of the language. */
import type { CanvasLayout } from '../../host/contract/scenario-library.ts'
import type { JsonValue } from '../../sim-core/language/field.ts'
import type { DocumentPath } from './document-path.ts'

/** What a rename starts from. */
export interface RenameInput {
  readonly text: string
  readonly value: JsonValue
  readonly own: JsonValue
  readonly base: JsonValue
  readonly layout: CanvasLayout
  readonly selection: string | null
}

export function renamed(
  input: RenameInput,
  _path: DocumentPath,
  _newName: string,
): Pick<RenameInput, 'text' | 'layout' | 'selection'> {
  return input
}
