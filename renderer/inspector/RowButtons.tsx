/** The small buttons of entries: a handle to move one, a bin to remove it. */
import { ActionIcon, Tooltip } from '@mantine/core'
import { IconGripVertical, IconTrash } from '@tabler/icons-react'
import styles from './RowButtons.module.css'
import type { Reorder } from './use-reorder.ts'

interface MoveHandleProps {
  readonly name: string
  readonly handle: ReturnType<Reorder['handle']>
  readonly isDisabled: boolean
}

export function MoveHandle({ name, handle, isDisabled }: MoveHandleProps) {
  return (
    <button
      type="button"
      className={styles['handle']}
      aria-label={`Move ${name}: drag, or arrow up and down`}
      disabled={isDisabled}
      {...handle}
    >
      <IconGripVertical size={14} aria-hidden="true" />
    </button>
  )
}

interface RemoveButtonProps {
  readonly name: string
  /** Whether it must stay. */
  readonly isDisabled: boolean
  readonly onRemove: () => void
}

export function RemoveButton({ name, isDisabled, onRemove }: RemoveButtonProps) {
  if (isDisabled) return null
  return (
    <Tooltip label={`Remove ${name}`} openDelay={400}>
      <ActionIcon size={24} variant="subtle" color="gray" aria-label={`Remove ${name}`} onClick={onRemove}>
        <IconTrash size={14} />
      </ActionIcon>
    </Tooltip>
  )
}
