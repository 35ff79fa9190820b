/** What stands around every screen. */
import { lazy, Suspense, useEffect } from 'react'
import { useSettings } from '../stores/settings-store.ts'
import type { ViewName } from '../stores/view-store.ts'
import { useView } from '../stores/view-store.ts'
import { Loading } from '../widgets/Loading.tsx'
import { CancelDialog } from './CancelDialog.tsx'
import { useCurrentCard } from './current-scenario.ts'
import { DropTarget } from './DropTarget.tsx'
import styles from './Frame.module.css'
import { Header } from './Header.tsx'
import { HostBanner } from './HostBanner.tsx'
import { Palette } from './Palette.tsx'
import { Rail } from './Rail.tsx'
import { ScreenBoundary } from './ScreenBoundary.tsx'
import { screenNames } from './screens.ts'
import { Shortcuts } from './Shortcuts.tsx'
import { StatusBar } from './StatusBar.tsx'
import { useFrameCommands } from './use-frame-commands.tsx'
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
