/** Verdicts of comparisons as a sign, a word and a tone; colour is never alone. */
import type { FigureVerdict, OverallVerdict } from '../../../sim-core/analysis/comparison-result.ts'

export interface ComparisonWords {
  readonly sign: string
  readonly word: string
  readonly tone: 'good' | 'bad' | 'unsure' | 'neutral'
}

const words: Readonly<Record<FigureVerdict | OverallVerdict, ComparisonWords>> = {
  better: { sign: '✓', word: 'better', tone: 'good' },
  worse: { sign: '✗', word: 'worse', tone: 'bad' },
  mixed: { sign: '±', word: 'mixed', tone: 'unsure' },
  higher: { sign: '↑', word: 'higher', tone: 'neutral' },
  lower: { sign: '↓', word: 'lower', tone: 'neutral' },
  same: { sign: '=', word: 'same', tone: 'neutral' },
  cannot_tell: { sign: '~', word: "can't tell", tone: 'unsure' },
}

export function comparisonWords(verdict: FigureVerdict | OverallVerdict): ComparisonWords {
  return words[verdict]
}
