/** What the comparison found, first: a sentence for each candidate, why they can be compared, and what to beware of. */
import { IconAlertTriangle, IconLink, IconLinkOff } from '@tabler/icons-react'
import type { StudyComparison } from '../../../sim-core/analysis/comparison-result.ts'
import { ComparisonBadge } from './ComparisonBadge.tsx'
import styles from './VerdictPanel.module.css'

export interface VerdictPanelProps {
  readonly comparison: StudyComparison
}

export function VerdictPanel({ comparison: { pairs, warnings, confidence } }: VerdictPanelProps) {
  const percent = Number((confidence * 100).toPrecision(4))
  return (
    <section className={styles['panel']} aria-label="Verdict">
      {pairs.map(({ candidate, verdict, sentence, paired, pairing, headline }) => (
        <div key={candidate} className={styles['pair']} data-tone={verdict}>
          <p className={styles['sentence']} data-many={pairs.length > 1 || undefined}>
            <ComparisonBadge verdict={verdict} />
            <span>{sentence}</span>
          </p>
          <p className={styles['basis']}>
            {paired ? <IconLink size={14} aria-hidden="true" /> : <IconLinkOff size={14} aria-hidden="true" />}
            <span>
              {pairing}
              {pairs.length === 1 && ` ${headlineWords(headline.length, percent)}`}
            </span>
          </p>
        </div>
      ))}
      {warnings.length > 0 && (
        <ul className={styles['warnings']}>
          {warnings.map((warning) => (
            <li key={warning}>
              <IconAlertTriangle size={14} aria-hidden="true" /> <span>{warning}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function headlineWords(count: number, percent: number): string {
  return `The verdict goes by ${count} headline figures, all of them right together with ${percent} % (Holm).`
}
