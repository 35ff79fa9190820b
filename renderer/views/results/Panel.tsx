/** A box of a screen, with a heading where what is inside has none. */
import type { ReactNode } from 'react'
import styles from './Panel.module.css'

export interface PanelProps {
  readonly title?: string
  /** At the right end of the heading. */
  readonly actions?: ReactNode
  readonly children: ReactNode
  readonly className?: string | undefined
}

export function Panel({ title, actions, children, className }: PanelProps) {
  return (
    <section className={`${styles['panel']} ${className ?? ''}`} aria-label={title}>
      {title !== undefined && (
        <h3 className={styles['title']}>
          {title}
          {actions !== undefined && <span className={styles['actions']}>{actions}</span>}
        </h3>
      )}
      {children}
    </section>
  )
}
