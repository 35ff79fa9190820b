/** Undo and redo, wherever the focus is on the screen. */
import { useEffect } from 'react'
import { useDocument } from '../../stores/document-store.ts'

/** Fields with letters that are not taken over yet: there the browser's own undo is what is meant. */
const unfinished = new WeakSet<EventTarget>()

function onInput(event: Event): void {
  if (event.target !== null) unfinished.add(event.target)
}

function onFinished(event: Event): void {
  if (event.target !== null) unfinished.delete(event.target)
}

function onKey(event: KeyboardEvent): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return
  const key = event.key.toLowerCase()
  const isUndo = key === 'z' && !event.shiftKey
  const isRedo = key === 'y' || (key === 'z' && event.shiftKey)
  if (!isUndo && !isRedo) return
  const { target } = event
  // The text editor hands these keys on by itself.
  if (target instanceof Element && target.closest('.cm-editor') !== null) return
  if (target !== null && unfinished.has(target)) return
  event.preventDefault()
  const { undo, redo } = useDocument.getState()
  if (isUndo) undo()
  else redo()
}

export function useDesignKeys(): void {
  useEffect(() => {
    addEventListener('keydown', onKey, true)
    addEventListener('input', onInput, true)
    addEventListener('change', onFinished, true)
    addEventListener('focusout', onFinished, true)
    return () => {
      removeEventListener('keydown', onKey, true)
      removeEventListener('input', onInput, true)
      removeEventListener('change', onFinished, true)
      removeEventListener('focusout', onFinished, true)
    }
  }, [])
}
