/** Whether the list of keyboard shortcuts is shown. */
import { create } from 'zustand'

export const useShortcutsShown = create<{ readonly shown: boolean }>()(() => ({ shown: false }))

export function openShortcuts(): void {
  useShortcutsShown.setState({ shown: true })
}

export function closeShortcuts(): void {
  useShortcutsShown.setState({ shown: false })
}
