/** Text that is being typed: it becomes an edit when the field is left or Enter is pressed, and Escape takes it back. */
import type { ChangeEvent, KeyboardEvent } from 'react'
import { useState } from 'react'
import { useFormScope } from './form-scope.ts'

/** What an input needs. */
export interface Draft {
  readonly text: string
  /** Whether the text differs from what the document says. */
  readonly isEdited: boolean
  /** Changes the text as typing would. */
  readonly type: (text: string) => void
  /** Forgets what was typed. */
  readonly drop: () => void
  /** Makes the edit now. */
  readonly finish: () => void
  readonly inputProps: {
    readonly value: string
    readonly onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => void
    readonly onBlur: () => void
    readonly onKeyDown: (event: KeyboardEvent) => void
  }
}

/** A draft over the text `shown`; `commit` makes the edit. */
export function useDraft(shown: string, commit: (text: string) => void): Draft {
  const { undo, redo } = useFormScope()
  const [draft, setDraft] = useState<string | null>(null)
  const finish = (): void => {
    setDraft(null)
    if (draft !== null && draft !== shown) commit(draft)
  }
  return {
    text: draft ?? shown,
    isEdited: draft !== null && draft !== shown,
    type: setDraft,
    drop: () => setDraft(null),
    finish,
    inputProps: {
      value: draft ?? shown,
      onChange: (event) => setDraft(event.currentTarget.value),
      onBlur: finish,
      onKeyDown: (event) => {
        const isOneLine = !(event.currentTarget instanceof HTMLTextAreaElement && event.shiftKey)
        if (event.key === 'Enter' && isOneLine) {
          event.preventDefault()
          finish()
        }
        if (event.key === 'Escape' && draft !== null) {
          event.stopPropagation()
          setDraft(null)
        }
        // What is being typed is undone letter by letter; after that the document's own history goes on.
        const travel = draft === null ? historyKey(event) : undefined
        if (travel === undefined) return
        event.preventDefault()
        if (travel === 'undo') undo()
        else redo()
      },
    },
  }
}

function historyKey({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): 'undo' | 'redo' | undefined {
  if (!ctrlKey && !metaKey) return undefined
  const letter = key.toLowerCase()
  if (letter === 'y' || (letter === 'z' && shiftKey)) return 'redo'
  return letter === 'z' ? 'undo' : undefined
}
