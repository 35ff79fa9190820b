/** What can be done on every screen. */
import type { Icon } from '@tabler/icons-react'
import {
  IconArrowsDiff,
  IconFileExport,
  IconFileImport,
  IconPlayerPlay,
  IconPlayerStop,
  IconPlus,
} from '@tabler/icons-react'
import { useMemo } from 'react'
import type { RunSummary } from '../../host/contract/run-records.ts'
import type { ScenarioCard } from '../../host/contract/scenario-library.ts'
import { useRuns } from '../stores/runs-store.ts'
import { useView } from '../stores/view-store.ts'
import { isUnderWay } from '../widgets/run-words.ts'
import { askToCancel } from './cancel-run.ts'
import type { Command } from './commands.ts'
import { useCommands } from './commands.ts'
import { useCurrentCard, useCurrentRun } from './current-scenario.ts'
import { exportRuns } from './export-runs.ts'
import { pickFiles } from './import-files.ts'
import { modifierKey } from './keys.ts'
import { runScenario } from './run-scenario.ts'
import { goTo, screenNames } from './screens.ts'

/** Offers them while the frame is shown. */
export function useFrameCommands(): void {
  const card = useCurrentCard()
  const run = useCurrentRun()
  useCommands(useMemo(() => [...fixed, ...forScenario(card), ...forRun(run)], [card, run]))
}

function icon(Shape: Icon) {
  return <Shape size={18} stroke={1.6} />
}

const fixed: readonly Command[] = [
  {
    id: 'new-scenario',
    label: 'New scenario',
    group: 'Scenario',
    keywords: 'create template',
    icon: icon(IconPlus),
    run: () => useView.getState().go('library', '', { new: 'scenario' }),
  },
  {
    id: 'import',
    label: 'Import a scenario or a bundle',
    group: 'Scenario',
    keywords: 'open file yaml headroom',
    icon: icon(IconFileImport),
    run: pickFiles,
  },
  {
    id: 'compare-last',
    label: 'Compare the last two runs',
    group: 'Results',
    icon: icon(IconArrowsDiff),
    run: compareLastTwo,
  },
  ...screenNames.map(({ view, label, icon: shape }) => ({
    id: `go-${view}`,
    label: `Go to ${label}`,
    group: 'Go to' as const,
    icon: icon(shape),
    run: () => goTo(view),
  })),
]

function forScenario(card: ScenarioCard | undefined): readonly Command[] {
  if (card === undefined) return []
  return [
    {
      id: 'run',
      label: `Run ${card.name}`,
      group: 'Run',
      keywords: 'start simulate',
      shortcut: `${modifierKey} Enter`,
      icon: icon(IconPlayerPlay),
      run: () => void runScenario({ scenarioId: card.id }),
    },
  ]
}

function forRun(run: RunSummary | undefined): readonly Command[] {
  if (run === undefined) return []
  const cancel: Command = {
    id: 'cancel',
    label: `Cancel run #${run.number}`,
    group: 'Run',
    keywords: 'stop abort',
    shortcut: 'Esc',
    icon: icon(IconPlayerStop),
    run: () => askToCancel(run),
  }
  const keep: Command = {
    id: 'export',
    label: `Export run #${run.number} as a bundle`,
    group: 'Results',
    keywords: 'save file headroom share',
    icon: icon(IconFileExport),
    run: () => void exportRuns([run.id]),
  }
  if (isUnderWay(run.status)) return [cancel]
  return run.verdict === null ? [] : [keep]
}

/** The last two runs with a result, the older one first; of one scenario where there are two. */
function compareLastTwo(): void {
  const done = useRuns.getState().summaries.filter(({ verdict }) => verdict !== null)
  const [newest] = done
  const before = done.slice(1).find(({ scenarioId }) => scenarioId === newest?.scenarioId) ?? done[1]
  const ids = [before?.id, newest?.id].filter((id) => id !== undefined)
  useView.getState().go('compare', ids.join(','))
}
