/** A new name for an entry; everything that refers to it follows. */
import { TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { complaintOf } from './complaint-of.ts'
import type { NamedControl } from './form-types.ts'
import { useFormScope } from './form-scope.ts'

interface RenameInputProps {
  readonly name: string
  /** The map whose entry it is. */
  readonly parent: NamedControl
  readonly onDone: () => void
}

export function RenameInput({ name, parent, onDone }: RenameInputProps) {
  const { rename } = useFormScope()
  const [text, setText] = useState(name)
  const input = useRef<HTMLInputElement>(null)
  // The button that was pressed is gone: the focus belongs here.
  useEffect(() => input.current?.select(), [])
  const isTaken = text !== name && parent.entries.some(({ key }) => key === text)
  const complaint = isTaken
    ? { message: `${text} exists already`, hint: 'choose another name' }
    : complaintOf(parent.keyField, text)
  const finish = (): void => {
    onDone()
    if (complaint === undefined && text !== name) rename([...parent.path, name], text)
  }
  return (
    <TextInput
      ref={input}
      size="xs"
      flex={1}
      aria-label={`New name of ${name}`}
      value={text}
      error={complaint === undefined ? undefined : `${complaint.message}: ${complaint.hint}`}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish()
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onDone()
      }}
    />
  )
}
