/** The scenarios of the data folder, and those that ship with the program. */
import { create } from 'zustand'
import type { ImportRequest } from '../../host/contract/host-api.ts'
import type { ImportedBundle } from '../../host/contract/run-records.ts'
import type {
  NewScenario,
  ScenarioCard,
  ScenarioDocument,
  ScenarioTemplate,
} from '../../host/contract/scenario-library.ts'
import { host, onHostEvent, onReconnected } from '../host-client/host.ts'
import { isUnderWay } from '../widgets/run-words.ts'
import { Turns } from './turns.ts'

/** Saving while typing changes cards up to once a second; they are read again no more often than this, in ms. */
const REFRESH_MS = 400

export interface LibraryState {
  /** The last changed first. */
  readonly cards: readonly ScenarioCard[]
  readonly list: 'unread' | 'loading' | 'ready' | 'failed'
  readonly listError: unknown
  /** Null until they are read. */
  readonly templates: readonly ScenarioTemplate[] | null

  /** Failures are in `listError`. */
  readonly load: () => Promise<void>
  /** Rejects with a HostError, as do the following. */
  readonly loadTemplates: () => Promise<void>
  readonly create: (request: NewScenario) => Promise<ScenarioDocument>
  readonly remove: (ids: readonly string[]) => Promise<void>
  readonly restore: (ids: readonly string[]) => Promise<void>
  readonly label: (id: string, labels: { readonly tags?: readonly string[]; readonly notes?: string }) => Promise<void>
  readonly importFile: (file: ImportRequest) => Promise<ImportedBundle>
}

const listings = new Turns()

export const useLibrary = create<LibraryState>()((set, get) => ({
  cards: [],
  list: 'unread',
  listError: null,
  templates: null,

  async load() {
    if (get().list !== 'ready') set({ list: 'loading' })
    const isNewest = listings.take()
    try {
      const cards = await host.listScenarios()
      if (isNewest()) set({ cards, list: 'ready', listError: null })
    } catch (error) {
      if (isNewest()) set(({ list }) => ({ list: list === 'ready' ? list : 'failed', listError: error }))
    }
  },

  async loadTemplates() {
    set({ templates: await host.listTemplates() })
  },

  async create(request) {
    const created = await host.createScenario(request)
    await get().load()
    return created
  },

  async remove(ids) {
    await host.remove({ kind: 'scenario', ids })
    set(({ cards }) => ({ cards: cards.filter(({ id }) => !ids.includes(id)) }))
  },

  async restore(ids) {
    await host.restore({ kind: 'scenario', ids })
    await get().load()
  },

  async label(id, labels) {
    await host.label({ kind: 'scenario', id, ...labels })
    set(({ cards }) => ({ cards: cards.map((card) => (card.id === id ? { ...card, ...labels } : card)) }))
  },

  async importFile(file) {
    const imported = await host.importFile(file)
    await get().load()
    return imported
  },
}))

let refresh: ReturnType<typeof setTimeout> | undefined

/** Reads the list again soon, unless nobody read it yet. */
function refreshSoon(): void {
  if (useLibrary.getState().list === 'unread') return
  refresh ??= setTimeout(() => {
    refresh = undefined
    void useLibrary.getState().load()
  }, REFRESH_MS)
}

onHostEvent((event) => {
  if (event.event === 'scenarios-changed' || event.event === 'scenario-changed' || event.event === 'runs-changed') {
    refreshSoon()
  } else if (event.event === 'run-changed' && !isUnderWay(event.run.status)) refreshSoon()
})
onReconnected(refreshSoon)
