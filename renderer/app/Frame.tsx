/** What stands around every screen. */
import { IconArrowsDiff, IconFileImport, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { lazy, Suspense, useEffect, useMemo } from 'react'
import { useRuns } from '../stores/runs-store.ts'
import { useSettings } from '../stores/settings-store.ts'
import type { ViewName } from '../stores/view-store.ts'
import { useView } from '../stores/view-store.ts'
import { Loading } from '../widgets/Loading.tsx'
import { isUnderWay } from '../widgets/run-words.ts'
import { askToCancel } from './cancel-run.ts'
import { CancelDialog } from './CancelDialog.tsx'
import type { Command } from './commands.ts'
import { useCommands } from './commands.ts'
import { useCurrentCard, useCurrentRun } from './current-scenario.ts'
import { DropTarget } from './DropTarget.tsx'
import styles from './Frame.module.css'
import { Header } from './Header.tsx'
import { pickFiles } from './import-files.ts'
import { modifierKey } from './keys.ts'
import { HostBanner } from './HostBanner.tsx'
import { Palette } from './Palette.tsx'
import { Rail } from './Rail.tsx'
import { runScenario } from './run-scenario.ts'
import { ScreenBoundary } from './ScreenBoundary.tsx'
import { goTo, screenNames } from './screens.ts'
import { Shortcuts } from './Shortcuts.tsx'
import { StatusBar } from './StatusBar.tsx'
import { useGlobalKeys } from './use-global-keys.ts'

/** Each screen comes when it is first shown. */
const screens: Readonly<Record<ViewName, ReturnType<typeof lazy>>> = {
  library: lazy(async () => ({ default: (await import('../views/library/LibraryView.tsx')).LibraryView })),
  design: lazy(async () => ({ default: (await import('../views/design/DesignView.tsx')).DesignView })),
  run: lazy(async () => ({ default: (await import('../views/run/RunView.tsx')).RunView })),
  results: lazy(async () => ({ default: (await import('../views/results/ResultsView.tsx')).ResultsView })),
  compare: lazy(async () => ({ default: (await import('../views/compare/CompareView.tsx')).CompareView })),
}

export function Frame() {
  const view = useView(({ address }) => address.view)
  const Screen = screens[view]
  const label = screenNames.find((screen) => screen.view === view)?.label ?? ''
  const card = useCurrentCard()
  useNamedSubject(card?.id)
  useFrameCommands()
  useGlobalKeys()
  useEffect(() => {
    document.title = [view === 'library' || card === undefined ? '' : card.name, label, 'Headroom']
      .filter((part) => part !== '')
      .join(' – ')
    if (card !== undefined && view !== 'library') useSettings.getState().visit(card.id)
  }, [view, label, card])
  return (
    <div className={styles['frame']}>
      <a className={styles['skip']} href="#main" onClick={skipToMain}>
        Skip to the screen
      </a>
      <Header />
      <HostBanner />
      <Rail />
      <main id="main" className={styles['main']} tabIndex={-1}>
        <ScreenBoundary key={view} screen={label}>
          <Suspense fallback={<Loading label={`Loading ${label}`} />}>
            <Screen />
          </Suspense>
        </ScreenBoundary>
      </main>
      <StatusBar />
      <Palette />
      <Shortcuts />
      <CancelDialog />
      <DropTarget />
    </div>
  )
}

/** `#/design` alone means the current scenario. */
function useNamedSubject(scenarioId: string | undefined): void {
  const address = useView((state) => state.address)
  useEffect(() => {
    const needsOne = address.view === 'design' || address.view === 'run'
    if (needsOne && address.subject === '' && scenarioId !== undefined) useView.getState().name(scenarioId)
  }, [address, scenarioId])
}

/** The address after `#` is that of the screen, so the jump is made by hand. */
function skipToMain(event: { preventDefault(): void }): void {
  event.preventDefault()
  document.getElementById('main')?.focus()
}

/** What can be done everywhere. */
function useFrameCommands(): void {
  const card = useCurrentCard()
  const run = useCurrentRun()
  useCommands(
    useMemo((): readonly Command[] => {
      const commands: Command[] = screenNames.map(({ view, label, icon: ScreenIcon }) => ({
        id: `go-${view}`,
        label: `Go to ${label}`,
        group: 'Go to',
        icon: <ScreenIcon size={18} stroke={1.6} />,
        run: () => goTo(view),
      }))
      commands.push({
        id: 'import',
        label: 'Import a scenario or a bundle',
        group: 'Scenario',
        keywords: 'open file yaml headroom',
        icon: <IconFileImport size={18} stroke={1.6} />,
        run: pickFiles,
      })
      commands.push({
        id: 'compare-last',
        label: 'Compare the last two runs',
        group: 'Results',
        icon: <IconArrowsDiff size={18} stroke={1.6} />,
        run: compareLastTwo,
      })
      if (card !== undefined) {
        commands.push({
          id: 'run',
          label: `Run ${card.name}`,
          group: 'Run',
          keywords: 'start simulate',
          shortcut: `${modifierKey} Enter`,
          icon: <IconPlayerPlay size={18} stroke={1.6} />,
          run: () => void runScenario({ scenarioId: card.id }),
        })
      }
      if (run !== undefined && isUnderWay(run.status)) {
        commands.push({
          id: 'cancel',
          label: `Cancel run #${run.number}`,
          group: 'Run',
          keywords: 'stop abort',
          shortcut: 'Esc',
          icon: <IconPlayerStop size={18} stroke={1.6} />,
          run: () => askToCancel(run),
        })
      }
      return commands
    }, [card, run]),
  )
}

/** The last two runs with a result, the older one first. */
function compareLastTwo(): void {
  const done = useRuns.getState().summaries.filter(({ verdict }) => verdict !== null)
  const [newest] = done
  const before = done.slice(1).find(({ scenarioId }) => scenarioId === newest?.scenarioId) ?? done[1]
  const ids = [before?.id, newest?.id].filter((id) => id !== undefined)
  useView.getState().go('compare', ids.join(','))
}
