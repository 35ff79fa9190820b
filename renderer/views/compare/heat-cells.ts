/** The heat map of several runs: objective figures down, runs across, colour by how far a run is from the baseline. */
import type { FigureComparison, StudyComparison } from '../../../sim-core/analysis/comparison-result.ts'
import { distinctFigures } from '../../../sim-core/analysis/distinct-figures.ts'
import type { Estimate } from '../../../sim-core/analysis/study-result.ts'

/** A relative difference from which the colour gets no stronger. */
const FULL_AT = 0.5

/** One figure of one run. */
export interface HeatCell {
  readonly label: string
  readonly value: Estimate
  /** Null for the baseline. */
  readonly comparison: FigureComparison | null
  /** From -1, certainly much worse than the baseline, to 1, much better; 0 is the same, not known, or neither. */
  readonly heat: number
}

export interface HeatRow {
  readonly id: string
  readonly subject: string
  readonly figure: string
  readonly cells: readonly HeatCell[]
}

/** A row for each figure that the verdict goes by, of what is one and the same only once. */
export function heatRows({ studies, pairs }: StudyComparison): HeatRow[] {
  const [first] = pairs
  if (first === undefined) return []
  const ids = new Set(pairs.flatMap(({ headline }) => headline))
  const found = [...ids].flatMap((id) => first.figures.find((figure) => figure.id === id) ?? [])
  return distinctFigures(found).map(({ id, subject, figure, baseline }) => ({
    id,
    subject,
    figure,
    cells: studies.map(({ label }) => {
      const comparison =
        pairs.find(({ candidate }) => candidate === label)?.figures.find((one) => one.id === id) ?? null
      return { label, value: comparison?.candidate ?? baseline, comparison, heat: heatOf(comparison) }
    }),
  }))
}

function heatOf(comparison: FigureComparison | null): number {
  if (comparison === null) return 0
  const { verdict, relative } = comparison
  if (verdict !== 'better' && verdict !== 'worse') return 0
  const size = Math.min(1, Math.abs(relative.mean ?? FULL_AT) / FULL_AT)
  return verdict === 'better' ? size : -size
}
