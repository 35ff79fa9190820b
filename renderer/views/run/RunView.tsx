/** The screen Run: starts a scenario, shows the system fill up, lets the planner pause it and break things. */
import { useState } from 'react'
import { useCurrentScenarioId } from '../../app/current-scenario.ts'
import type { RunnableScenario } from './runnable-scenario.ts'
import { useRunnableScenario } from './runnable-scenario.ts'
import { EmptyState } from '../../widgets/EmptyState.tsx'
import { ErrorPanel } from '../../widgets/ErrorPanel.tsx'
import { Loading } from '../../widgets/Loading.tsx'
import { isUnderWay } from '../../widgets/run-words.ts'
import { ScreenHeader } from '../../widgets/ScreenHeader.tsx'
import { VerdictBadge } from '../../widgets/VerdictBadge.tsx'
import { IdleCanvas } from './IdleCanvas.tsx'
import { LastRun } from './LastRun.tsx'
import { LiveRunPanes } from './LiveRunPanes.tsx'
import { ProgressBar } from './ProgressBar.tsx'
import { RunActions } from './RunActions.tsx'
import styles from './RunView.module.css'
import { ownSettings } from './run-settings.ts'
import type { ShownRun } from './shown-run.ts'
import { useRunningScenario, useShownRun } from './shown-run.ts'
import { StartForm } from './StartForm.tsx'

export function RunView() {
  const scenarioId = useCurrentScenarioId()
  if (scenarioId === null) {
    return (
      <div className={styles['screen']}>
        <ScreenHeader title="Run" />
        <EmptyState title="There is no scenario to run">
          Make one in the library, or import a file: Black Friday ships with the program.
        </EmptyState>
      </div>
    )
  }
  return <RunScreen key={scenarioId} scenarioId={scenarioId} />
}

function RunScreen({ scenarioId }: { readonly scenarioId: string }) {
  const [settings, setSettings] = useState(ownSettings)
  const runnable = useRunnableScenario(scenarioId)
  const shown = useShownRun(scenarioId)
  const title = runnable.name === '' ? 'Run' : `Run ${runnable.name}`
  if (runnable.error !== null) {
    return (
      <div className={styles['screen']}>
        <ScreenHeader title={title} />
        <ErrorPanel title="This scenario could not be read, so it cannot be run." error={runnable.error} />
      </div>
    )
  }
  return (
    <div className={styles['screen']}>
      <ScreenHeader
        title={title}
        beside={shown === undefined ? null : <RunMark {...shown.summary} />}
        actions={<RunActions scenarioId={scenarioId} settings={settings} shown={shown} whyNot={runnable.whyNot} />}
      />
      {shown !== undefined && isUnderWay(shown.summary.status) ? (
        <RunUnderWay shown={shown} />
      ) : (
        <>
          <StartForm scenario={runnable.scenario} settings={settings} onChange={setSettings} />
          {shown === undefined ? (
            <NotRunYet question={runnable.question} />
          ) : (
            <RunEnded shown={shown} runnable={runnable} />
          )}
        </>
      )}
    </div>
  )
}

function NotRunYet({ question }: { readonly question: string }) {
  return (
    <>
      <p className={styles['question']}>
        {question === '' ? 'Not run yet: run it to see what holds and what breaks first.' : question}
      </p>
      <IdleCanvas />
    </>
  )
}

function RunUnderWay({ shown }: { readonly shown: ShownRun }) {
  const running = useRunningScenario(shown.record?.scenarioText)
  return (
    <>
      <ProgressBar summary={shown.summary} live={shown.live} progress={shown.record?.progress ?? null} />
      {shown.live === undefined ? (
        <Loading label="Starting the run" lines={8} lineHeight={28} />
      ) : (
        <LiveRunPanes shown={shown} live={shown.live} running={running} />
      )}
    </>
  )
}

function RunEnded({ shown, runnable }: { readonly shown: ShownRun; readonly runnable: RunnableScenario }) {
  const running = useRunningScenario(shown.record?.scenarioText)
  return (
    <>
      <LastRun shown={shown} isStale={runnable.isStale} />
      {shown.live === undefined ? <IdleCanvas /> : <LiveRunPanes shown={shown} live={shown.live} running={running} />}
    </>
  )
}

function RunMark({
  number,
  status,
  verdict,
  reason,
}: Parameters<typeof VerdictBadge>[0] & { readonly number: number }) {
  return (
    <span className={styles['mark']}>
      <span className={styles['number']}>#{number}</span>
      <VerdictBadge verdict={verdict} {...(status === undefined ? {} : { status })} reason={reason ?? ''} />
    </span>
  )
}
