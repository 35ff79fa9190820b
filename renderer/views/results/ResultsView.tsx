/** The screen Results: what a run says, the answer first and the evidence under it. */
import { Button } from '@mantine/core'
import { useEffect } from 'react'
import type { RunRecord } from '../../../host/contract/run-records.ts'
import { useCurrentCard, useCurrentRun } from '../../app/current-scenario.ts'
import { runScenario } from '../../app/run-scenario.ts'
import { useLibrary } from '../../stores/library-store.ts'
import { useRuns } from '../../stores/runs-store.ts'
import { useView } from '../../stores/view-store.ts'
import { EmptyState } from '../../widgets/EmptyState.tsx'
import { ErrorPanel } from '../../widgets/ErrorPanel.tsx'
import { Loading } from '../../widgets/Loading.tsx'
import { isUnderWay } from '../../widgets/run-words.ts'
import { ResultHeader } from './ResultHeader.tsx'
import styles from './ResultsView.module.css'
import { ResultTabs } from './ResultTabs.tsx'
import { RunWithoutResult } from './RunWithoutResult.tsx'

export function ResultsView() {
  const subject = useView((state) => state.address.subject)
  const list = useRuns((state) => state.list)
  const load = useRuns((state) => state.load)
  const current = useCurrentRun()
  const loadLibrary = useLibrary((state) => state.load)
  const libraryList = useLibrary((state) => state.list)
  useEffect(() => {
    if (list === 'unread') void load()
    if (libraryList === 'unread') void loadLibrary()
  }, [list, load, libraryList, loadLibrary])
  const runId = subject === '' ? current?.id : subject
  if (runId !== undefined) return <RunResult key={runId} runId={runId} />
  if (list === 'ready' && libraryList === 'ready') return <NoRun />
  return <Loading label="Loading the runs" lines={8} />
}

function RunResult({ runId }: { readonly runId: string }) {
  const record = useRuns((state) => state.records[runId])
  const error = useRuns((state) => state.recordErrors[runId])
  const open = useRuns((state) => state.open)
  useEffect(() => {
    void open(runId)
  }, [open, runId])
  if (record !== undefined) return <OpenRun record={record} />
  if (error === undefined) {
    return (
      <div className={styles['screen']}>
        <Loading label="Loading the run" lines={10} lineHeight={24} />
      </div>
    )
  }
  return (
    <div className={styles['screen']}>
      <ErrorPanel
        title="This run could not be opened."
        error={error}
        action={
          <>
            <Button size="xs" variant="default" onClick={() => void open(runId)}>
              Try again
            </Button>
            <Button size="xs" variant="default" onClick={() => useView.getState().go('library', '', { tab: 'runs' })}>
              Show all runs
            </Button>
          </>
        }
      />
    </div>
  )
}

function OpenRun({ record }: { readonly record: RunRecord }) {
  const { result, summary } = record
  return (
    <div className={styles['screen']}>
      <ResultHeader record={record} />
      {result === null || isUnderWay(summary.status) ? (
        <RunWithoutResult record={record} />
      ) : (
        <ResultTabs record={record} result={result} />
      )}
    </div>
  )
}

function NoRun() {
  const card = useCurrentCard()
  return (
    <EmptyState
      title="No run yet"
      action={
        card === undefined ? (
          <Button onClick={() => useView.getState().go('library')}>Go to the library</Button>
        ) : (
          <Button onClick={() => void runScenario({ scenarioId: card.id })}>Run {card.name}</Button>
        )
      }
    >
      A run says whether the system holds and what breaks first, as in “misses 2 of 7 objectives; orders-db shard 3
      saturates from 14:20”.
    </EmptyState>
  )
}
