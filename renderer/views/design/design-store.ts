/** How the Design screen is arranged in this browser, and what its panes ask of each other. */
import { create } from 'zustand'

/** What fills the middle: the picture, the text, both, or the table in place of the picture. */
export const designLayouts = ['canvas', 'both', 'yaml', 'table'] as const
export type DesignLayout = (typeof designLayouts)[number]

interface Kept {
  readonly layout: DesignLayout
  /** Share of the height that the canvas has beside the text, 0..1. */
  readonly split: number
}

/** A place in the text that something asks to be shown, from 1. `count` tells one asking from the next. */
export interface Revealed {
  readonly line: number
  readonly column: number
  readonly count: number
}

interface DesignState extends Kept {
  readonly problemsShown: boolean
  /** Whether the inspector lies over the canvas, where there is no room beside it. */
  readonly inspectorShown: boolean
  readonly historyShown: boolean
  readonly revealed: Revealed | null
  readonly arrange: (layout: DesignLayout) => void
  readonly setSplit: (split: number) => void
  readonly show: (pane: 'problemsShown' | 'inspectorShown' | 'historyShown', isShown: boolean) => void
  readonly reveal: (line: number, column: number) => void
}

const KEY = 'headroom-design'

/** Neither pane may vanish. */
const LEAST_SPLIT = 0.15

export const useDesign = create<DesignState>()((set, get) => ({
  ...read(),
  problemsShown: false,
  inspectorShown: false,
  historyShown: false,
  revealed: null,
  arrange: (layout) => set({ layout }),
  setSplit: (split) => set({ split: Math.min(1 - LEAST_SPLIT, Math.max(LEAST_SPLIT, split)) }),
  show: (pane, isShown) => set({ [pane]: isShown }),
  reveal: (line, column) => set({ revealed: { line, column, count: (get().revealed?.count ?? 0) + 1 } }),
}))

useDesign.subscribe(({ layout, split }) => {
  const kept: Kept = { layout, split }
  try {
    localStorage.setItem(KEY, JSON.stringify(kept))
  } catch {
    // A browser that keeps nothing still works; it only forgets.
  }
})

function read(): Kept {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Record<keyof Kept, unknown>>
    return {
      layout: designLayouts.find((layout) => layout === kept.layout) ?? 'both',
      split: typeof kept.split === 'number' && kept.split > 0 && kept.split < 1 ? kept.split : 0.6,
    }
  } catch {
    return { layout: 'both', split: 0.6 }
  }
}
