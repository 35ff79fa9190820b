/** What the user set in this browser for good: the width of the rail, the hints that were read. */
import { create } from 'zustand'

interface Kept {
  /** Hints that were dismissed never come again. */
  readonly hintsRead: readonly string[]
  readonly railCollapsed: boolean
  /** The scenario that was worked on last, by its id. */
  readonly lastScenarioId: string | null
}

export interface SettingsState extends Kept {
  readonly dismissHint: (name: string) => void
  readonly toggleRail: () => void
  readonly visit: (scenarioId: string) => void
}

const KEY = 'headroom-settings'

export const useSettings = create<SettingsState>()((set) => ({
  ...read(),
  dismissHint: (name) => set(({ hintsRead }) => ({ hintsRead: [...new Set([...hintsRead, name])] })),
  toggleRail: () => set(({ railCollapsed }) => ({ railCollapsed: !railCollapsed })),
  visit: (scenarioId) => set({ lastScenarioId: scenarioId }),
}))

useSettings.subscribe(({ hintsRead, railCollapsed, lastScenarioId }) => {
  const kept: Kept = { hintsRead, railCollapsed, lastScenarioId }
  try {
    localStorage.setItem(KEY, JSON.stringify(kept))
  } catch {
    // A browser that keeps nothing still works; it only forgets.
  }
})

function read(): Kept {
  try {
    const value = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Record<keyof Kept, unknown>>
    return {
      hintsRead: Array.isArray(value.hintsRead) ? value.hintsRead.filter((name) => typeof name === 'string') : [],
      railCollapsed: value.railCollapsed === true,
      lastScenarioId: typeof value.lastScenarioId === 'string' ? value.lastScenarioId : null,
    }
  } catch {
    return { hintsRead: [], railCollapsed: false, lastScenarioId: null }
  }
}
