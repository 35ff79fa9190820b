/** What stands in place of a result while there is none: under way, cancelled before anything was done, failed, cut off. */
import { Button } from '@mantine/core'
import type { RunRecord } from '../../../host/contract/run-records.ts'
import { useView } from '../../stores/view-store.ts'
import { EmptyState } from '../../widgets/EmptyState.tsx'
import { ErrorPanel } from '../../widgets/ErrorPanel.tsx'

export function RunWithoutResult({ record: { summary } }: { readonly record: RunRecord }) {
  const { status, number, scenarioId, error } = summary
  switch (status) {
    case 'queued':
    case 'running':
    case 'paused':
      return (
        <EmptyState
          title={`Run #${number} is ${status}`}
          action={
            scenarioId !== null && <Button onClick={() => useView.getState().go('run', scenarioId)}>Watch it</Button>
          }
        >
          Its result will stand here as soon as it is done. Until then the Run screen shows it live.
        </EmptyState>
      )
    case 'failed':
      return (
        <ErrorPanel title={`Run #${number} failed. It has no result; the scenario is kept as it was.`} error={error} />
      )
    case 'interrupted':
      return (
        <EmptyState title={`Run #${number} was cut off`}>
          The host ended while it was under way, so it has no result. The scenario is kept; run it again to get one: the
          same seed gives the same figures.
        </EmptyState>
      )
    case 'cancelled':
    case 'done':
      return (
        <EmptyState title={`Run #${number} was cancelled`}>
          It was stopped before anything could be measured, so it has no result. A run that is stopped later keeps what
          was done by then.
        </EmptyState>
      )
  }
}
