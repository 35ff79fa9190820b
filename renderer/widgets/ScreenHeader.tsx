/** The top of a screen: its title, and its actions at the right with the primary one last. */
import type { ReactNode } from 'react'
import styles from './ScreenHeader.module.css'

export interface ScreenHeaderProps {
  readonly title: string
  /** Beside the title: a count, a badge, tabs. */
  readonly beside?: ReactNode
  /** At the right; the primary one last. */
  readonly actions?: ReactNode
}

export function ScreenHeader({ title, beside, actions }: ScreenHeaderProps) {
  return (
    <div className={styles['header']}>
      <h1 className={styles['title']}>{title}</h1>
      {beside}
      <div className={styles['actions']}>{actions}</div>
    </div>
  )
}
