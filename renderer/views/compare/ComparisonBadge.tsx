/** Says in a sign, a word and a colour what a comparison found. */
import type { FigureVerdict, OverallVerdict } from '../../../sim-core/analysis/comparison-result.ts'
import { ToneBadge } from '../../widgets/ToneBadge.tsx'
import { comparisonWords } from './verdict-words.ts'

export interface ComparisonBadgeProps {
  readonly verdict: FigureVerdict | OverallVerdict
  /** Shown on hover. */
  readonly reason?: string
  /** In a table: without a box. */
  readonly plain?: boolean
}

export function ComparisonBadge({ verdict, reason, plain = false }: ComparisonBadgeProps) {
  const { sign, word, tone } = comparisonWords(verdict)
  const text = plain ? word : word.charAt(0).toUpperCase() + word.slice(1)
  return <ToneBadge sign={sign} text={text} tone={tone} reason={reason} plain={plain} />
}
