/** What a reader may do with a chart: keep it as picture or figures, read it as a table, zoom back. */
import { ActionIcon, Menu } from '@mantine/core'
import { IconDotsVertical, IconFileTypeCsv, IconPhoto, IconTable, IconZoomReset } from '@tabler/icons-react'

export interface ChartMenuProps {
  readonly title: string
  /** Absent while everything is shown. */
  readonly onReset?: (() => void) | undefined
  readonly onPicture?: (() => void) | undefined
  readonly onCsv: () => void
  readonly onTable: () => void
}

const ICON = { size: 16, 'aria-hidden': true } as const

export function ChartMenu({ title, onReset, onPicture, onCsv, onTable }: ChartMenuProps) {
  return (
    <>
      {onReset !== undefined && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label="Reset zoom"
          title="Reset zoom"
          onClick={onReset}
        >
          <IconZoomReset {...ICON} />
        </ActionIcon>
      )}
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`More about ${title}`}>
            <IconDotsVertical {...ICON} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconTable {...ICON} />} onClick={onTable}>
            Show as table
          </Menu.Item>
          <Menu.Item leftSection={<IconFileTypeCsv {...ICON} />} onClick={onCsv}>
            Save figures (CSV)
          </Menu.Item>
          {onPicture !== undefined && (
            <Menu.Item leftSection={<IconPhoto {...ICON} />} onClick={onPicture}>
              Save picture (PNG)
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </>
  )
}
