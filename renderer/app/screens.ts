/** The screens: their names, icons, and how one goes there. */
import type { Icon } from '@tabler/icons-react'
import { IconArrowsDiff, IconChartHistogram, IconLayoutGrid, IconPlayerPlay, IconSitemap } from '@tabler/icons-react'
import { latestRun, useRuns } from '../stores/runs-store.ts'
import type { ViewName } from '../stores/view-store.ts'
import { useView } from '../stores/view-store.ts'
import { currentScenarioIdNow } from './current-scenario.ts'

export interface ScreenName {
  readonly view: ViewName
  readonly label: string
  readonly icon: Icon
}

export const screenNames: readonly ScreenName[] = [
  { view: 'library', label: 'Library', icon: IconLayoutGrid },
  { view: 'design', label: 'Design', icon: IconSitemap },
  { view: 'run', label: 'Run', icon: IconPlayerPlay },
  { view: 'results', label: 'Results', icon: IconChartHistogram },
  { view: 'compare', label: 'Compare', icon: IconArrowsDiff },
]

/** Goes to a screen, of the current scenario. */
export function goTo(view: ViewName): void {
  const { go, address } = useView.getState()
  if (address.view === view) return
  const scenarioId = currentScenarioIdNow()
  if (view === 'design' || view === 'run') go(view, scenarioId ?? '')
  else if (view === 'results')
    go(view, scenarioId === null ? '' : (latestRun(useRuns.getState().summaries, scenarioId)?.id ?? ''))
  else go(view)
}
