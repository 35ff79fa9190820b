/** Says what went wrong, what it means, and what to do. */
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import styles from './ErrorPanel.module.css'
import { explained } from './explained.ts'

export interface ErrorPanelProps {
  /** What it means for the work: "This run could not be read." */
  readonly title: string
  /** What was caught; a HostError or its details bring their own words. */
  readonly error: unknown
  /** Buttons, such as one that tries again. */
  readonly action?: ReactNode
}

export function ErrorPanel({ title, error, action }: ErrorPanelProps) {
  const { message, hint } = explained(error)
  return (
    <div className={styles['panel']} role="alert">
      <IconAlertTriangle className={styles['icon']} size={18} aria-hidden="true" />
      <div>
        <p className={styles['title']}>{title}</p>
        <p className={styles['text']}>
          {message} {hint}
        </p>
        {action !== undefined && <div className={styles['action']}>{action}</div>}
      </div>
    </div>
  )
}
