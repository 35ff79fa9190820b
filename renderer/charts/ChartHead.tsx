/** The line above a chart: what it shows, how, how sure it is, and what can be done with it. */
import type { ReactNode } from 'react'
import styles from './ChartHead.module.css'

export interface ChartHeadProps {
  readonly title: string
  /** Such as `logarithmic`; empty for none. */
  readonly note?: string
  /** What the reader must know of every figure; empty when nothing is amiss. */
  readonly quality?: string
  /** The menu. */
  readonly children?: ReactNode
}

/** A fact, not a warning. */
const MILD = 'single run'

export function ChartHead({ title, note = '', quality = '', children }: ChartHeadProps) {
  return (
    <figcaption className={styles['head']}>
      <h3 className={styles['title']}>{title}</h3>
      {note !== '' && <span className={styles['note']}>{note}</span>}
      <QualityMark words={quality} />
      <span className={styles['menu']}>{children}</span>
    </figcaption>
  )
}

/** How far figures can be trusted, in words; nothing when nothing is amiss. */
export function QualityMark({ words }: { readonly words: string }) {
  if (words === '') return null
  return (
    <span className={styles['quality']} data-mild={words === MILD} title={words}>
      {words}
    </span>
  )
}
