/** What can be done with the chosen runs. */
import { Button } from '@mantine/core'
import { IconArrowsDiff, IconFileExport, IconTag, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { RunSummary } from '../../../host/contract/run-records.ts'
import { exportRuns } from '../../app/export-runs.ts'
import { goTo } from '../../app/screens.ts'
import { useIsConnected, useWhyNotWritable } from '../../stores/connection-store.ts'
import { useRuns } from '../../stores/runs-store.ts'
import { useView } from '../../stores/view-store.ts'
import { GuardedButton } from '../../widgets/GuardedButton.tsx'
import { isUnderWay } from '../../widgets/run-words.ts'
import { LabelsDialog } from './LabelsDialog.tsx'
import { deleteRuns } from './library-actions.ts'
import styles from './RunList.module.css'

export interface RunSelectionProps {
  readonly chosen: readonly RunSummary[]
  readonly total: number
  readonly onClear: () => void
}

export function RunSelection({ chosen, total, onClear }: RunSelectionProps) {
  const [labelled, setLabelled] = useState<RunSummary | null>(null)
  const [only] = chosen
  if (only === undefined) {
    return (
      <>
        <span className={styles['hint']}>
          {total === 1 ? '1 run' : `${total} runs`}. Choose two or more to compare them.
        </span>
        <Button variant="default" className={styles['last']} onClick={() => goTo('compare')}>
          Compare
        </Button>
      </>
    )
  }
  return (
    <>
      <span className={styles['hint']} aria-live="polite">
        {chosen.length} chosen
      </span>
      <Button variant="subtle" size="compact-sm" onClick={onClear}>
        Choose none
      </Button>
      <Actions chosen={chosen} onClear={onClear} onLabel={setLabelled} />
      {labelled !== null && (
        <LabelsDialog
          title={`run #${labelled.number}`}
          labels={labelled}
          onClose={() => setLabelled(null)}
          onSave={async (labels) => await useRuns.getState().label(labelled.id, labels)}
        />
      )}
    </>
  )
}

interface ActionsProps extends Pick<RunSelectionProps, 'chosen' | 'onClear'> {
  readonly onLabel: (run: RunSummary) => void
}

function Actions({ chosen, onClear, onLabel }: ActionsProps) {
  const whyNot = useWhyNotWritable()
  const connected = useIsConnected()
  const ids = chosen.map(({ id }) => id)
  const underWay = chosen.some(({ status }) => isUnderWay(status))
  return (
    <div className={styles['actions']}>
      <GuardedButton
        variant="default"
        whyNot={whyNot ?? (chosen.length > 1 ? 'Tags and notes are given to one run at a time.' : null)}
        leftSection={<IconTag size={15} aria-hidden="true" />}
        onClick={() => chosen.slice(0, 1).forEach(onLabel)}
      >
        Tags and notes
      </GuardedButton>
      <GuardedButton
        variant="default"
        whyNot={connected ? null : whyNot}
        leftSection={<IconFileExport size={15} aria-hidden="true" />}
        onClick={() => void exportRuns(ids)}
      >
        Export
      </GuardedButton>
      <GuardedButton
        variant="default"
        whyNot={whyNot ?? (underWay ? 'A run under way is cancelled before it is deleted.' : null)}
        leftSection={<IconTrash size={15} aria-hidden="true" />}
        onClick={() => {
          onClear()
          void deleteRuns(chosen)
        }}
      >
        Delete
      </GuardedButton>
      <GuardedButton
        variant="light"
        whyNot={chosen.length < 2 ? 'Choose two or more runs to compare.' : null}
        leftSection={<IconArrowsDiff size={15} aria-hidden="true" />}
        onClick={() => useView.getState().go('compare', ids.toReversed().join(','))}
      >
        Compare
      </GuardedButton>
    </div>
  )
}
