/** What can be done with a run: compare it, run it again, keep it as files. */
import { Button, Menu } from '@mantine/core'
import { IconArrowsDiff, IconDownload, IconPlayerPlay } from '@tabler/icons-react'
import { useMemo } from 'react'
import type { RunRecord } from '../../../host/contract/run-records.ts'
import { csvText } from '../../../sim-core/analysis/csv-text.ts'
import type { Command } from '../../app/commands.ts'
import { useCommands } from '../../app/commands.ts'
import { runScenario } from '../../app/run-scenario.ts'
import { fileNameOf, saveFile } from '../../charts/save-file.ts'
import { useWhyNotWritable } from '../../stores/connection-store.ts'
import { useRuns } from '../../stores/runs-store.ts'
import { useView } from '../../stores/view-store.ts'
import { GuardedButton } from '../../widgets/GuardedButton.tsx'
import { isUnderWay } from '../../widgets/run-words.ts'
import { exportRuns } from '../../app/export-runs.ts'
import { figureRows, objectiveRows, resultJson } from './result-files.ts'
import { sourceOf } from './tab-props.ts'

export interface ResultActionsProps {
  readonly record: RunRecord
  /** The scenario changed since; then running it is what comes next. */
  readonly stale: boolean
}

const ICON = { size: 16, 'aria-hidden': true } as const

export function ResultActions({ record, stale }: ResultActionsProps) {
  const { summary, result } = record
  const hasOthers = useRuns(({ summaries }) =>
    summaries.some(({ id, verdict }) => id !== summary.id && verdict !== null),
  )
  const files = useMemo(() => resultCommands(record), [record])
  useCommands(files)
  if (isUnderWay(summary.status)) return null
  const comparable = result !== null && hasOthers
  const comparesFirst = comparable && !stale
  const compare = comparable && <CompareButton key="compare" runId={summary.id} filled={comparesFirst} />
  const run = summary.scenarioId !== null && (
    <RunButton key="run" scenarioId={summary.scenarioId} stale={stale} filled={!comparesFirst} />
  )
  return (
    <>
      {files.length > 0 && <ExportMenu files={files} />}
      {comparesFirst ? [run, compare] : [compare, run]}
    </>
  )
}

function CompareButton({ runId, filled }: { readonly runId: string; readonly filled: boolean }) {
  return (
    <Button
      variant={filled ? 'filled' : 'default'}
      leftSection={<IconArrowsDiff {...ICON} />}
      onClick={() => useView.getState().go('compare', runId)}
    >
      Compare
    </Button>
  )
}

interface RunButtonProps {
  readonly scenarioId: string
  readonly stale: boolean
  readonly filled: boolean
}

function RunButton({ scenarioId, stale, filled }: RunButtonProps) {
  return (
    <GuardedButton
      whyNot={useWhyNotWritable()}
      variant={filled ? 'filled' : 'default'}
      leftSection={<IconPlayerPlay {...ICON} />}
      onClick={() => void runScenario({ scenarioId, fresh: !stale })}
    >
      {stale ? 'Run changed scenario' : 'Run again'}
    </GuardedButton>
  )
}

function ExportMenu({ files }: { readonly files: readonly Command[] }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload {...ICON} />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {files.map(({ id, label, run }) => (
          <Menu.Item key={id} onClick={run}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

/** The files that a result can be kept as; the palette offers them, too. */
function resultCommands(record: RunRecord): Command[] {
  const { result, summary } = record
  if (result === null) return []
  const name = fileNameOf(sourceOf(record))
  const file = (id: string, label: string, run: () => void): Command => ({ id, label, group: 'Results', run })
  return [
    file('export-json', 'Export the whole result as JSON', () =>
      saveFile(`${name}.json`, resultJson(record), 'application/json'),
    ),
    file('export-figures', 'Export all figures as CSV', () =>
      saveFile(`${name}-figures.csv`, csvText(figureRows(result)), 'text/csv'),
    ),
    file('export-objectives', 'Export the objectives as CSV', () =>
      saveFile(`${name}-objectives.csv`, csvText(objectiveRows(result)), 'text/csv'),
    ),
    file('export', 'Export as a bundle that runs elsewhere', () => void exportRuns([summary.id])),
  ]
}
