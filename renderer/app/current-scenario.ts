/** Which scenario the frame speaks of, and its latest run: what the address names, else what was worked on last. */
import type { RunSummary } from '../../host/contract/run-records.ts'
import type { ScenarioCard } from '../../host/contract/scenario-library.ts'
import { useLibrary } from '../stores/library-store.ts'
import { latestRun, useRuns } from '../stores/runs-store.ts'
import { useSettings } from '../stores/settings-store.ts'
import type { Address } from '../stores/view-store.ts'
import { useView } from '../stores/view-store.ts'
import { useDocumentGlance } from './document-glance.ts'

/** The scenario that a newcomer begins with, when it is there. */
export const FIRST_SCENARIO = 'black-friday.yaml'

/** What is known of where the user is. */
export interface Whereabouts {
  readonly address: Address
  readonly summaries: readonly RunSummary[]
  readonly cards: readonly ScenarioCard[]
  readonly openId: string | null
  readonly lastId: string | null
}

/** The id of the current scenario; null when there is none at all. */
export function currentScenarioId({ address, summaries, cards, openId, lastId }: Whereabouts): string | null {
  const { view, subject } = address
  if ((view === 'design' || view === 'run') && subject !== '') return subject
  const shown = view === 'results' ? summaries.find(({ id }) => id === subject)?.scenarioId : undefined
  const known = (id: string | null | undefined): id is string =>
    typeof id === 'string' && cards.some((card) => card.id === id)
  const first = cards.find(({ fileName }) => fileName === FIRST_SCENARIO) ?? cards[0]
  return [shown, openId, lastId].find(known) ?? first?.id ?? null
}

function whereabouts(): Whereabouts {
  return {
    address: useView.getState().address,
    summaries: useRuns.getState().summaries,
    cards: useLibrary.getState().cards,
    openId: useDocumentGlance.getState().id,
    lastId: useSettings.getState().lastScenarioId,
  }
}

/** For who asks once. */
export function currentScenarioIdNow(): string | null {
  return currentScenarioId(whereabouts())
}

/** The id of the current scenario, kept up to date. */
export function useCurrentScenarioId(): string | null {
  return currentScenarioId({
    address: useView(({ address }) => address),
    summaries: useRuns(({ summaries }) => summaries),
    cards: useLibrary(({ cards }) => cards),
    openId: useDocumentGlance(({ id }) => id),
    lastId: useSettings(({ lastScenarioId }) => lastScenarioId),
  })
}

/** Its card; undefined while the library is not read, or when it was deleted. */
export function useCurrentCard(): ScenarioCard | undefined {
  const id = useCurrentScenarioId()
  return useLibrary(({ cards }) => cards.find((card) => card.id === id))
}

/** The run of the current scenario that is under way, else its newest. */
export function useCurrentRun(): RunSummary | undefined {
  const id = useCurrentScenarioId()
  const newest = useRuns(({ summaries }) => (id === null ? undefined : latestRun(summaries, id)))
  const lastDone = useLibrary(({ cards }) => cards.find((card) => card.id === id)?.lastRun)
  return newest ?? lastDone ?? undefined
}
