/** The screen Compare: is one run better than another, by how much, and how sure is that. */
import { Button } from '@mantine/core'
import { IconArrowsDiff, IconDownload, IconPlus } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { compareStudies } from '../../../sim-core/analysis/compare-studies.ts'
import type { StudyComparison } from '../../../sim-core/analysis/comparison-result.ts'
import { csvText } from '../../../sim-core/analysis/csv-text.ts'
import type { Command } from '../../app/commands.ts'
import { useCommands } from '../../app/commands.ts'
import { fileNameOf, saveFile } from '../../charts/save-file.ts'
import { useRuns } from '../../stores/runs-store.ts'
import { useView } from '../../stores/view-store.ts'
import { EmptyState } from '../../widgets/EmptyState.tsx'
import { ErrorPanel } from '../../widgets/ErrorPanel.tsx'
import { Loading } from '../../widgets/Loading.tsx'
import { ScreenHeader } from '../../widgets/ScreenHeader.tsx'
import type { ComparedRun, ReadyRun } from './compared-runs.ts'
import { readyRuns } from './compared-runs.ts'
import styles from './CompareView.module.css'
import { Comparison } from './Comparison.tsx'
import { comparisonCsv } from './comparison-csv.ts'
import { RunPicker } from './RunPicker.tsx'
import { RunStrip } from './RunStrip.tsx'
import { useComparedRuns } from './use-compared-runs.ts'

export function CompareView() {
  const runs = useComparedRuns()
  const ready = useMemo(() => readyRuns(runs), [runs])
  const comparison = useMemo(() => (ready.length < 2 ? null : compareStudies(ready)), [ready])
  const [isPicking, setPicking] = useState(false)
  const hasRuns = useRuns(({ summaries }) => summaries.some(({ verdict }) => verdict !== null))
  useCommands(
    useMemo((): readonly Command[] => {
      const add: Command = {
        id: 'compare-add',
        label: 'Add a run to compare',
        group: 'Results',
        run: () => setPicking(true),
      }
      if (comparison === null) return hasRuns ? [add] : []
      const run = (): void => exportComparison(comparison, ready)
      return [add, { id: 'export', label: 'Export the comparison as CSV', group: 'Results', run }]
    }, [comparison, ready, hasRuns]),
  )
  return (
    <div className={styles['screen']}>
      <ScreenHeader
        title="Compare"
        actions={
          <>
            {hasRuns && (
              <Button
                variant={comparison === null ? 'filled' : 'default'}
                leftSection={<IconPlus size={16} aria-hidden="true" />}
                onClick={() => setPicking(true)}
              >
                Add run
              </Button>
            )}
            {comparison !== null && (
              <Button
                leftSection={<IconDownload size={16} aria-hidden="true" />}
                onClick={() => exportComparison(comparison, ready)}
              >
                Export comparison
              </Button>
            )}
          </>
        }
      />
      {runs.length > 0 && <RunStrip runs={runs} />}
      {comparison === null ? <NothingToCompare runs={runs} /> : <Comparison comparison={comparison} runs={ready} />}
      {isPicking && <RunPicker picked={runs.map(({ id }) => id)} onClose={() => setPicking(false)} />}
    </div>
  )
}

interface NothingToCompareProps {
  readonly runs: readonly ComparedRun[]
}

/** Why there is no comparison, and what would make one. */
function NothingToCompare({ runs }: NothingToCompareProps) {
  const list = useRuns((state) => state.list)
  const listError = useRuns((state) => state.listError)
  const icon = <IconArrowsDiff size={32} stroke={1.4} />
  if (
    runs.some(({ state }) => state === 'loading') ||
    (runs.length === 0 && (list === 'unread' || list === 'loading'))
  ) {
    return <Loading label="Loading the runs" lines={8} />
  }
  if (runs.length === 0 && list === 'failed') {
    return (
      <ErrorPanel
        title="The runs could not be read."
        error={listError}
        action={
          <Button variant="default" onClick={() => void useRuns.getState().load()}>
            Try again
          </Button>
        }
      />
    )
  }
  if (runs.some(({ state }) => state === 'under-way')) {
    return (
      <EmptyState title="Still running" icon={icon}>
        The comparison appears here as soon as two of the runs are done.
      </EmptyState>
    )
  }
  if (runs.length > 1) {
    return (
      <EmptyState title="Fewer than two of these runs have a result" icon={icon}>
        A run that failed, or was cancelled before anything was measured, has no figures. Add another one.
      </EmptyState>
    )
  }
  if (runs.length === 1) {
    return (
      <EmptyState title="One more run is needed" icon={icon}>
        Change one thing in the scenario and run it again with the same seed: both then see the same traffic, and even
        small differences can be told.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      title="Nothing to compare yet"
      icon={icon}
      action={
        <Button variant="default" onClick={() => useView.getState().go('library')}>
          Open the library
        </Button>
      }
    >
      Run a scenario, change one thing – a replica more, another cache size – and run it again. This screen then says
      whether it is better, worse, or cannot be told, and by how much.
    </EmptyState>
  )
}

function exportComparison(comparison: StudyComparison, runs: readonly ReadyRun[]): void {
  const names = new Map(
    runs.map(({ label, summary }) => [label, `${label}: run #${summary.number} ${summary.scenarioName}`]),
  )
  const numbers = runs.map(({ summary }) => `run ${summary.number}`)
  saveFile(`${fileNameOf('compare', ...numbers)}.csv`, csvText(comparisonCsv(comparison, names)), 'text/csv')
}
