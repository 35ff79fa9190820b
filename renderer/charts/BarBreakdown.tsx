/** Bars that show what a whole is made of, one under the other on the same scale. */
import { VisuallyHidden } from '@mantine/core'
import { figureWords } from '../widgets/figure-text.ts'
import styles from './BarBreakdown.module.css'
import { ChartHead } from './ChartHead.tsx'
import { PartBar, PartKey, partWords } from './TimeParts.tsx'

/** One bar; its parts sum to the whole. */
export interface Breakdown {
  readonly id: string
  readonly label: string
  readonly whole: number
  readonly parts: readonly { readonly part: string; readonly value: number }[]
}

export interface BarBreakdownProps {
  readonly title: string
  readonly unit: string
  readonly rows: readonly Breakdown[]
  /** `share`: every bar has the full width, to compare what they are made of; `length`: the longest has it. */
  readonly scale: 'share' | 'length'
  readonly quality?: string
}

export function BarBreakdown({ title, unit, rows, scale, quality = '' }: BarBreakdownProps) {
  const longest = rows.reduce((most, { whole }) => Math.max(most, whole), 0)
  const present = new Set(rows.flatMap(({ parts }) => parts.filter(({ value }) => value > 0).map(({ part }) => part)))
  return (
    <figure className={styles['chart']}>
      <ChartHead title={title} note={scale === 'share' ? 'share of each' : ''} quality={quality} />
      <div className={styles['rows']}>
        {rows.map(({ id, label, whole, parts }) => (
          <BreakdownRow key={id} label={label} whole={figureWords(whole, unit)} words={wordsOf(parts, unit)}>
            {parts.map(({ part, value }) => (
              <PartBar
                key={part}
                part={part}
                className={styles['bar']}
                style={{ width: `${shareOf(value, scale === 'share' ? whole : longest) * 100}%` }}
              />
            ))}
          </BreakdownRow>
        ))}
      </div>
      <PartKey parts={[...present]} />
    </figure>
  )
}

function BreakdownRow({
  label,
  whole,
  words,
  children,
}: {
  readonly label: string
  readonly whole: string
  readonly words: string
  readonly children: React.ReactNode
}) {
  return (
    <>
      <span className={styles['label']}>
        {label}
        <VisuallyHidden>: {words}</VisuallyHidden>
      </span>
      <span className={styles['track']} aria-hidden="true" title={words}>
        {children}
      </span>
      <span className={styles['total']}>{whole}</span>
    </>
  )
}

function wordsOf(parts: Breakdown['parts'], unit: string): string {
  return parts
    .filter(({ value }) => value > 0)
    .map(({ part, value }) => `${figureWords(value, unit)} ${partWords(part)}`)
    .join(', ')
}

function shareOf(value: number, whole: number): number {
  return whole > 0 ? Math.max(0, value / whole) : 0
}
