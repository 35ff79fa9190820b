/** What happened during the run, in order; each leads to its moment in the charts. */
import { Button, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { HappeningResult } from '../../../sim-core/analysis/study-result.ts'
import { pointAt, zoomTo } from '../../charts/chart-group-store.ts'
import { instantText } from '../../charts/time-axis.ts'
import { useView } from '../../stores/view-store.ts'
import { EmptyState } from '../../widgets/EmptyState.tsx'
import { Panel } from './Panel.tsx'
import type { ResultColumn } from './ResultTable.tsx'
import { ResultTable } from './ResultTable.tsx'
import styles from './tabs.module.css'
import type { TabProps } from './tab-props.ts'
import { chartGroup } from './use-run-series.ts'

/** Simulated seconds shown before and after an event, at least, and as a share of the run. */
const AROUND_S = 60
const AROUND_SHARE = 1 / 20

interface EventRow extends HappeningResult {
  readonly id: string
}

export function EventsTab({ record, result }: TabProps) {
  const [wanted, setWanted] = useState('')
  const rows = useMemo(
    () =>
      [...result.timeline, ...record.injectedFaults.map(injected)]
        .toSorted((a, b) => a.at_s - b.at_s)
        .map((event, index): EventRow => ({ ...event, id: String(index) })),
    [result.timeline, record.injectedFaults],
  )
  const shown = useMemo(() => rows.filter((row) => matches(row, wanted)), [rows, wanted])
  const columns = useMemo(
    () => eventColumns(record.summary.id, result.per_replication[0]?.end_s ?? 0),
    [record.summary.id, result.per_replication],
  )
  if (rows.length === 0) {
    return (
      <EmptyState title="Nothing happened">
        No service scaled, no breaker opened and nothing was broken in this run. Such events would stand here in order,
        as in “14:20 catalog: 3 to 4 replicas, cpu at 78 % of 70 %”.
      </EmptyState>
    )
  }
  return (
    <div className={styles['stack']}>
      <div className={styles['row']}>
        <TextInput
          size="xs"
          label="Find"
          placeholder="catalog scaled"
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
        <p className={styles['note']} aria-live="polite">
          {shown.length} of {rows.length} events{result.replications > 1 ? ' of the first replication' : ''}
        </p>
      </div>
      <Panel>
        <ResultTable label="Events" rows={shown} rowId={({ id }) => id} columns={columns} />
      </Panel>
    </div>
  )
}

/** @param endS simulated seconds of the run */
function eventColumns(runId: string, endS: number): ResultColumn<EventRow>[] {
  const jump = (atS: number): void => {
    const around = Math.max(AROUND_S, endS * AROUND_SHARE)
    zoomTo(chartGroup(runId), { fromS: Math.max(0, atS - around), toS: atS + around })
    pointAt(chartGroup(runId), atS)
    useView.getState().go('results', runId, { tab: 'overview' })
  }
  return [
    { id: 'at', header: 'Time', value: ({ at_s: atS }) => atS, renderCell: ({ at_s: atS }) => instantText(atS, true) },
    { id: 'component', header: 'Component', value: ({ component }) => component },
    { id: 'kind', header: 'Kind', value: ({ kind }) => kind },
    { id: 'text', header: 'What happened', value: ({ text }) => text },
    {
      id: 'jump',
      header: 'In the charts',
      value: () => '',
      renderCell: ({ at_s: atS }) => (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`Show ${instantText(atS)} in the charts`}
          onClick={() => jump(atS)}
        >
          Show
        </Button>
      ),
    },
  ]
}

function injected({ atS, target, action }: TabProps['record']['injectedFaults'][number]): HappeningResult {
  return { at_s: atS, component: target, kind: 'by hand', text: actionWords(action) }
}

function actionWords(action: TabProps['record']['injectedFaults'][number]['action']): string {
  switch (action.kind) {
    case 'kill':
      if (action.replicas === undefined) return 'killed by hand'
      return `${action.replicas} ${action.replicas === 1 ? 'replica' : 'replicas'} killed by hand`
    case 'slow':
      return `slowed by hand to 1/${action.factor} of its speed for ${action.forS} s`
    case 'restore':
      return 'restored by hand'
  }
}

/** Every word must occur somewhere. */
function matches({ component, kind, text }: EventRow, wanted: string): boolean {
  const all = `${component} ${kind} ${text}`.toLowerCase()
  return wanted
    .toLowerCase()
    .split(/\s+/u)
    .every((word) => all.includes(word))
}
