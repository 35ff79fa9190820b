/** The columns of the table of runs. */
import { UnstyledButton } from '@mantine/core'
import { IconNote } from '@tabler/icons-react'
import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_basic,
  sortFn_text,
  tableFeatures,
} from '@tanstack/react-table'
import type { RunSummary } from '../../../host/contract/run-records.ts'
import { useView } from '../../stores/view-store.ts'
import { Figure } from '../../widgets/Figure.tsx'
import { isUnderWay, runWords } from '../../widgets/run-words.ts'
import { agoText, momentText } from '../../widgets/time-text.ts'
import { VerdictBadge } from '../../widgets/VerdictBadge.tsx'
import styles from './RunList.module.css'

export const runFeatures = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, basic: sortFn_basic, text: sortFn_text },
})

const helper = createColumnHelper<typeof runFeatures, RunSummary>()

/** Widths by column, as CSS; the rest shares what is left. */
export const columnWidths: Readonly<Record<string, string>> = {
  number: '76px',
  when: '108px',
  verdict: '136px',
  p95: '96px',
  errors: '84px',
  load: '116px',
  objectives: '92px',
  seed: '72px',
  tags: '12%',
}

/** Columns that a narrow window does without. */
export const wideColumns: ReadonlySet<string> = new Set(['load', 'objectives'])

/** Columns of figures, which stand at the right. */
export const figureColumns = new Set(['p95', 'errors', 'load', 'objectives', 'seed'])

/** @param nowMs the present, for ages */
export function runColumns(nowMs: number) {
  return helper.columns([
    helper.accessor('number', {
      header: 'Run',
      cell: ({ row: { original: run } }) => (
        <UnstyledButton className={styles['open']} data-run-title onClick={() => openRun(run)}>
          #{run.number}
        </UnstyledButton>
      ),
    }),
    helper.accessor('scenarioName', {
      id: 'scenario',
      header: 'Scenario',
      cell: ({ row: { original: run } }) => <span title={run.scenarioName}>{run.scenarioName}</span>,
    }),
    helper.accessor('createdMs', {
      id: 'when',
      header: 'When',
      sortDescFirst: true,
      cell: ({ row: { original: run } }) => (
        <span title={momentText(run.createdMs)}>{agoText(run.createdMs, nowMs)}</span>
      ),
    }),
    helper.accessor((run) => runWords(run, run.headline?.objectives).word, {
      id: 'verdict',
      header: 'Verdict',
      cell: ({ row: { original: run } }) => (
        <VerdictBadge
          verdict={run.verdict}
          status={run.status}
          reason={run.error?.message ?? run.reason}
          objectives={run.headline?.objectives}
        />
      ),
    }),
    helper.accessor((run) => run.headline?.p95Ms ?? undefined, {
      id: 'p95',
      header: 'p95',
      sortUndefined: 'last',
      cell: ({ row: { original: run } }) => <Figure value={run.headline?.p95Ms} unit="ms" />,
    }),
    helper.accessor((run) => run.headline?.errorRatio ?? undefined, {
      id: 'errors',
      header: 'Errors',
      sortUndefined: 'last',
      cell: ({ row: { original: run } }) => <Figure value={run.headline?.errorRatio} unit="ratio" />,
    }),
    helper.accessor((run) => run.headline?.peakLoadRps ?? undefined, {
      id: 'load',
      header: 'Peak load',
      sortUndefined: 'last',
      cell: ({ row: { original: run } }) => <Figure value={run.headline?.peakLoadRps} unit="req/s" />,
    }),
    helper.accessor((run) => heldShare(run), {
      id: 'objectives',
      header: 'Objectives',
      sortUndefined: 'last',
      cell: ({ row: { original: run } }) => <span>{heldText(run)}</span>,
    }),
    helper.accessor('seed', { header: 'Seed', cell: ({ row: { original: run } }) => <span>{run.seed}</span> }),
    helper.accessor((run) => run.tags.join(', '), {
      id: 'tags',
      header: 'Tags',
      cell: ({ row: { original: run } }) => <Labels run={run} />,
    }),
  ])
}

/** Where a run is to be seen: live while it is under way, its results afterwards. */
export function openRun(run: RunSummary): void {
  const { go } = useView.getState()
  if (isUnderWay(run.status) && run.scenarioId !== null) go('run', run.scenarioId)
  else go('results', run.id)
}

function Labels({ run }: { readonly run: RunSummary }) {
  return (
    <span className={styles['labels']}>
      {run.notes !== '' && (
        <span title={run.notes} className={styles['note']}>
          <IconNote size={14} aria-label={`Note: ${run.notes}`} />
        </span>
      )}
      {run.tags.map((tag) => (
        <span key={tag} className={styles['tag']}>
          {tag}
        </span>
      ))}
    </span>
  )
}

function heldShare({ headline }: RunSummary): number | undefined {
  return headline === null || headline.objectives === 0 ? undefined : headline.objectivesHeld / headline.objectives
}

function heldText({ headline }: RunSummary): string {
  return headline === null || headline.objectives === 0 ? '–' : `${headline.objectivesHeld} of ${headline.objectives}`
}
