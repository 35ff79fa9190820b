/** What else can be done with a scenario. */
import { ActionIcon, Menu } from '@mantine/core'
import {
  IconChartHistogram,
  IconCopy,
  IconDots,
  IconFileExport,
  IconPencil,
  IconTag,
  IconTrash,
} from '@tabler/icons-react'
import { useState } from 'react'
import { exportRuns } from '../../app/export-runs.ts'
import type { ScenarioCard } from '../../../host/contract/scenario-library.ts'
import { useIsConnected } from '../../stores/connection-store.ts'
import { useLibrary } from '../../stores/library-store.ts'
import { useView } from '../../stores/view-store.ts'
import { LabelsDialog } from './LabelsDialog.tsx'
import { deleteScenario, duplicateScenario } from './library-actions.ts'

export interface ScenarioMenuProps {
  readonly card: ScenarioCard
  readonly whyNot: string | null
}

const ICON = { size: 15, 'aria-hidden': true } as const

export function ScenarioMenu({ card, whyNot }: ScenarioMenuProps) {
  const [labelling, setLabelling] = useState(false)
  const connected = useIsConnected()
  const { lastRun } = card
  const frozen = whyNot !== null
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={230}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={26} aria-label={`More for ${card.name}`}>
            <IconDots size={16} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil {...ICON} />} onClick={() => useView.getState().go('design', card.id)}>
            Open in Design
          </Menu.Item>
          <Menu.Item
            leftSection={<IconChartHistogram {...ICON} />}
            disabled={lastRun === null}
            onClick={() => lastRun !== null && useView.getState().go('results', lastRun.id)}
          >
            Results of the last run
          </Menu.Item>
          <Menu.Item
            leftSection={<IconFileExport {...ICON} />}
            disabled={lastRun === null || !connected}
            onClick={() => lastRun !== null && void exportRuns([lastRun.id])}
          >
            Export the last run
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconTag {...ICON} />} disabled={frozen} onClick={() => setLabelling(true)}>
            Tags and notes
          </Menu.Item>
          <Menu.Item
            leftSection={<IconCopy {...ICON} />}
            disabled={frozen}
            onClick={() => void duplicateScenario(card)}
          >
            Duplicate
          </Menu.Item>
          <Menu.Item
            leftSection={<IconTrash {...ICON} />}
            color="var(--hr-red)"
            disabled={frozen}
            onClick={() => void deleteScenario(card)}
          >
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {labelling && (
        <LabelsDialog
          title={card.name}
          labels={card}
          onClose={() => setLabelling(false)}
          onSave={async (labels) => await useLibrary.getState().label(card.id, labels)}
        />
      )}
    </>
  )
}
