/** What the comparison found, first: a sentence for each candidate, why they can be compared, and what to beware of. */
import { IconAlertTriangle, IconLink, IconLinkOff } from '@tabler/icons-react'
import type { FigureComparison, StudyComparison } from '../../../sim-core/analysis/comparison-result.ts'
import { ComparisonBadge } from './ComparisonBadge.tsx'
import styles from './VerdictPanel.module.css'

/** Where a line must not break: between a number and its unit, and around the sign of an interval. */
const BEFORE_UNIT = /(?<=\d) (?=(?:ms|s|µs|k|req\/s)\b|%|±)|(?<=±) /gu

export interface VerdictPanelProps {
  readonly comparison: StudyComparison
}

export function VerdictPanel({ comparison: { pairs, warnings, confidence } }: VerdictPanelProps) {
  const percent = Number((confidence * 100).toPrecision(4))
  return (
    <section className={styles['panel']} aria-label="Verdict">
      {pairs.map(({ candidate, verdict, sentence, paired, pairing, figures }) => (
        <div key={candidate} className={styles['pair']} data-tone={verdict}>
          <p className={styles['sentence']} data-many={pairs.length > 1 || undefined}>
            <ComparisonBadge verdict={verdict} />
            <span>{headOf(sentence)}</span>
          </p>
          {restOf(sentence).length > 0 && (
            <ul className={styles['grounds']}>
              {restOf(sentence).map((ground) => (
                <li key={ground}>{ground.replaceAll(BEFORE_UNIT, '\u00a0')}</li>
              ))}
            </ul>
          )}
          <p className={styles['basis']}>
            {paired ? <IconLink size={14} aria-hidden="true" /> : <IconLinkOff size={14} aria-hidden="true" />}
            <span>
              {pairing}
              {pairs.length === 1 && headlineWords(figures, percent)}
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

/** `B is better than A` of `B is better than A: p95 812 ms → 240 ms; errors equal.` */
function headOf(sentence: string): string {
  const [head = ''] = sentence.split(': ')
  return head.endsWith('.') ? head : `${head}.`
}

/** What the verdict rests on, ground by ground. */
function restOf(sentence: string): readonly string[] {
  const rest = sentence.split(': ').slice(1).join(': ')
  return rest === '' ? [] : rest.replace(/\.$/u, '').split('; ')
}

function headlineWords(figures: readonly FigureComparison[], percent: number): string {
  const count = figures.filter(({ headline, probability }) => headline && probability !== null).length
  return count === 0
    ? ''
    : ` The verdict goes by ${count} headline figures, all of them right together with ${percent} % (Holm).`
}
