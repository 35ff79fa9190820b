/** What is inspected: the way to it, its name, and what may be done to the whole of it. */
import { ActionIcon, Tooltip, UnstyledButton } from '@mantine/core'
import { IconPencil, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { KindIcon } from '../canvas/KindIcon.tsx'
import { useFormScope } from './form-scope.ts'
import type { Inspected } from './inspected.ts'
import styles from './InspectorHeading.module.css'
import { RenameInput } from './RenameInput.tsx'

export function InspectorHeading({ shown }: { readonly shown: Inspected }) {
  const { select, change, isReadOnly } = useFormScope()
  const [isRenaming, setIsRenaming] = useState(false)
  const { title, crumbs, path } = shown
  const remove = (): void => {
    change(path, undefined, `Remove ${title}`)
    select(crumbs.at(-1)?.selection ?? null)
  }
  return (
    <header className={styles['heading']}>
      {crumbs.length > 0 && (
        <nav className={styles['crumbs']} aria-label="Where this stands">
          {crumbs.map(({ label, selection }) => (
            <span key={selection ?? ''} className={styles['crumb']}>
              <UnstyledButton className={styles['up']} onClick={() => select(selection)}>
                {label}
              </UnstyledButton>
              <span aria-hidden="true">/</span>
            </span>
          ))}
        </nav>
      )}
      <div className={styles['line']}>
        {shown.icon !== 'scenario' && shown.kindLabel !== '' && <KindIcon icon={shown.icon} size={18} />}
        {isRenaming && shown.parent !== undefined ? (
          <RenameInput name={title} parent={shown.parent} onDone={() => setIsRenaming(false)} />
        ) : (
          <h2 className={styles['title']}>{title}</h2>
        )}
        {shown.kindLabel !== '' && !isRenaming && <span className={styles['kind']}>{shown.kindLabel}</span>}
        <span className={styles['actions']}>
          {shown.parent !== undefined && !isRenaming && (
            <Tooltip label={`Rename ${title}`} openDelay={400}>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Rename ${title}`}
                disabled={isReadOnly}
                onClick={() => setIsRenaming(true)}
              >
                <IconPencil size={16} />
              </ActionIcon>
            </Tooltip>
          )}
          {shown.canRemove && (
            <Tooltip label={`Remove ${title}`} openDelay={400}>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Remove ${title}`}
                disabled={isReadOnly}
                onClick={remove}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </Tooltip>
          )}
        </span>
      </div>
    </header>
  )
}
