/** Keeps text that the host has not acknowledged yet in the browser, so that no crash loses it. */
import type { CanvasLayout } from '../../host/contract/scenario-library.ts'

/** Edits that never reached the host. */
export interface UnsavedCopy {
  readonly text: string
  readonly layout: CanvasLayout
  /** When they were made, in ms since 1970. */
  readonly atMs: number
}

/** Where they are kept: the part of the browser's storage that is needed. */
export type CopyStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const keyOf = (id: string): string => `headroom.unsaved.${id}`

/** Keeps a copy. A full or forbidden storage is not the user's problem: the host is still being tried. */
export function keepCopy(storage: CopyStorage, id: string, copy: UnsavedCopy): void {
  try {
    storage.setItem(keyOf(id), JSON.stringify(copy))
  } catch {
    storage.removeItem(keyOf(id))
  }
}

/** Forgets the copy of a scenario. */
export function dropCopy(storage: CopyStorage, id: string): void {
  storage.removeItem(keyOf(id))
}

/** The copy of a scenario, if there is one that can be read. */
export function findCopy(storage: CopyStorage, id: string): UnsavedCopy | null {
  try {
    const copy: unknown = JSON.parse(storage.getItem(keyOf(id)) ?? 'null')
    return isCopy(copy) ? copy : null
  } catch {
    return null
  }
}

function isCopy(copy: unknown): copy is UnsavedCopy {
  if (typeof copy !== 'object' || copy === null) return false
  const { text, layout, atMs } = copy as Partial<UnsavedCopy>
  return typeof text === 'string' && typeof layout === 'object' && layout !== null && typeof atMs === 'number'
}
