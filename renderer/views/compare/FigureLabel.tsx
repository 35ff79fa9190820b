/** What a figure is of, and what it is. */
import type { FigureComparison } from '../../../sim-core/analysis/comparison-result.ts'
import { figureName } from '../../../sim-core/analysis/figure-words.ts'
import styles from './FigureLabel.module.css'

export interface FigureLabelProps {
  readonly figure: Pick<FigureComparison, 'subject' | 'figure'> & { readonly headline?: boolean }
}

export function FigureLabel({ figure: { subject, figure, headline = false } }: FigureLabelProps) {
  return (
    <span className={styles['label']}>
      <span className={styles['figure']} data-headline={headline || undefined}>
        {figureName('clients', figure)}
      </span>
      <span className={styles['subject']}>{subject === 'clients' ? 'all requests' : subject.replace('/', ' ')}</span>
    </span>
  )
}
