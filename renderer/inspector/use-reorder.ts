/** Moving entries of a list: by dragging a handle, or with the arrow keys while it has the focus. */
import type { DragEvent, KeyboardEvent } from 'react'
import { useEffect, useRef, useState } from 'react'

/** What handles and rows need. */
export interface Reorder {
  handle(index: number): {
    readonly ref: (element: HTMLButtonElement | null) => void
    readonly draggable: boolean
    readonly onDragStart: (event: DragEvent) => void
    readonly onDragEnd: () => void
    readonly onKeyDown: (event: KeyboardEvent) => void
  }
  row(index: number): {
    readonly onDragOver: (event: DragEvent) => void
    readonly onDrop: (event: DragEvent) => void
    readonly 'data-drop': 'before' | 'after' | undefined
  }
}

/** The order of `count` entries; `move` puts the entry at `from` to where `to` is. */
export function useReorder(count: number, isReadOnly: boolean, move: (from: number, to: number) => void): Reorder {
  const [dragged, setDragged] = useState<number | null>(null)
  const [target, setTarget] = useState<number | null>(null)
  const handles = useRef(new Map<number, HTMLButtonElement>())
  const focused = useRef<number | null>(null)
  useEffect(() => {
    if (focused.current !== null) handles.current.get(focused.current)?.focus()
    focused.current = null
  })
  const clear = (): void => {
    setDragged(null)
    setTarget(null)
  }
  return {
    handle: (index) => ({
      ref: (element) => {
        if (element === null) handles.current.delete(index)
        else handles.current.set(index, element)
      },
      draggable: !isReadOnly,
      onDragStart: (event) => {
        event.stopPropagation()
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', String(index + 1))
        setDragged(index)
      },
      onDragEnd: clear,
      onKeyDown: (event) => {
        const to = event.key === 'ArrowUp' ? index - 1 : event.key === 'ArrowDown' ? index + 1 : -1
        if (isReadOnly || to < 0 || to >= count) return
        event.preventDefault()
        focused.current = to
        move(index, to)
      },
    }),
    row: (index) => ({
      onDragOver: (event) => {
        if (dragged === null) return
        event.preventDefault()
        event.stopPropagation()
        if (target !== index) setTarget(index)
      },
      onDrop: (event) => {
        if (dragged === null) return
        event.preventDefault()
        event.stopPropagation()
        if (dragged !== index) move(dragged, index)
        clear()
      },
      'data-drop':
        dragged === null || target !== index || dragged === index ? undefined : index < dragged ? 'before' : 'after',
    }),
  }
}

/** The entries with one of them elsewhere. */
export function movedEntry<Entry>(entries: readonly Entry[], from: number, to: number): readonly Entry[] {
  const entry = entries[from]
  return entry === undefined ? entries : entries.toSpliced(from, 1).toSpliced(to, 0, entry)
}
