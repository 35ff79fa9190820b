/**
 * What the frame shows of the open document. The document's own store brings the scenario language along, so it is loaded
 * after the first picture, and this is its echo.
 */
import { create } from 'zustand'
import type { DocumentState } from '../stores/document-state.ts'

type DocumentGlance = Pick<DocumentState, 'id' | 'name' | 'saved'> & { readonly problems: number | null }

/** The open document in a few words. `problems` is null while none is open. */
export const useDocumentGlance = create<DocumentGlance>()(() => ({
  id: null,
  name: '',
  saved: { state: 'saved', atMs: null },
  problems: null,
}))

let followed: Promise<void> | undefined

/** Begins to follow the document's store. */
export async function followDocument(): Promise<void> {
  followed ??= (async () => {
    const { useDocument } = await import('../stores/document-store.ts')
    const take = ({ id, phase, name, saved, problems }: DocumentState): void =>
      useDocumentGlance.setState({ id, name, saved, problems: phase === 'ready' ? problems.length : null })
    take(useDocument.getState())
    useDocument.subscribe((now, before) => {
      const same = now.saved === before.saved && now.problems === before.problems
      if (!same || now.id !== before.id || now.name !== before.name || now.phase !== before.phase) take(now)
    })
  })()
  await followed
}

/** Saves what is not saved of a scenario. False when the host does not have everything. */
export async function flushDocument(scenarioId: string): Promise<boolean> {
  if (useDocumentGlance.getState().id !== scenarioId) return true
  const { useDocument } = await import('../stores/document-store.ts')
  return await useDocument.getState().flush()
}
