/** What can be done with a run: compare it, run it again, keep it as files. */
import { Button, Menu } from '@mantine/core'
import { IconArrowsDiff, IconDownload, IconPlayerPlay } from '@tabler/icons-react'
import type { RunRecord } from '../../../host/contract/run-records.ts'
import { csvText } from '../../../sim-core/analysis/csv-text.ts'
import { runScenario } from '../../app/run-scenario.ts'
import { fileNameOf, saveBase64, saveFile } from '../../charts/save-file.ts'
import { host } from '../../host-client/host.ts'
import { useWhyNotWritable } from '../../stores/connection-store.ts'
import { useRuns } from '../../stores/runs-store.ts'
import { useView } from '../../stores/view-store.ts'
import { GuardedButton } from '../../widgets/GuardedButton.tsx'
import { isUnderWay } from '../../widgets/run-words.ts'
import { toastError } from '../../widgets/toast.tsx'
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
  const whyNot = useWhyNotWritable()
  const hasOthers = useRuns(({ summaries }) =>
    summaries.some(({ id, verdict }) => id !== summary.id && verdict !== null),
  )
  if (isUnderWay(summary.status)) return null
  const comparable = result !== null && hasOthers
  const comparesFirst = comparable && !stale
  const { scenarioId } = summary
  return (
    <>
      {result !== null && <ExportMenu record={record} />}
      {scenarioId !== null && (
        <GuardedButton
          whyNot={whyNot}
          variant={comparesFirst ? 'default' : 'filled'}
          leftSection={<IconPlayerPlay {...ICON} />}
          onClick={() => void runScenario({ scenarioId, fresh: !stale })}
        >
          {stale ? 'Run changed scenario' : 'Run again'}
        </GuardedButton>
      )}
      {comparable && (
        <Button
          variant={comparesFirst ? 'filled' : 'default'}
          leftSection={<IconArrowsDiff {...ICON} />}
          onClick={() => useView.getState().go('compare', summary.id)}
        >
          Compare
        </Button>
      )}
    </>
  )
}

function ExportMenu({ record }: { readonly record: RunRecord }) {
  const { result, summary } = record
  if (result === null) return null
  const name = fileNameOf(sourceOf(record))
  const saveBundle = async (): Promise<void> => {
    try {
      const { fileName, base64 } = await host.exportBundle([summary.id])
      saveBase64(fileName, base64)
    } catch (error) {
      toastError('The run was not exported', error)
    }
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload {...ICON} />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => saveFile(`${name}.json`, resultJson(record), 'application/json')}>
          Whole result (JSON)
        </Menu.Item>
        <Menu.Item onClick={() => saveFile(`${name}-figures.csv`, csvText(figureRows(result)), 'text/csv')}>
          All figures (CSV)
        </Menu.Item>
        <Menu.Item onClick={() => saveFile(`${name}-objectives.csv`, csvText(objectiveRows(result)), 'text/csv')}>
          Objectives (CSV)
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => void saveBundle()}>Bundle that runs elsewhere (.headroom)</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
