/** An estimate as a figure with its interval, or with the mark of a single run. */
import type { Estimate } from '../../../sim-core/analysis/study-result.ts'
import { Figure } from '../../widgets/Figure.tsx'

export interface EstimateFigureProps {
  readonly estimate: Estimate
  readonly unit: string
  /** Marks figures without an interval; tables say it once for all. */
  readonly single?: boolean
  readonly unconverged?: boolean
}

export function EstimateFigure({ estimate, unit, single = false, unconverged = false }: EstimateFigureProps) {
  const { mean, low, high } = estimate
  // What never varies has an interval of no width, and is not uncertain.
  const exact = low !== null && low === high
  return (
    <Figure
      value={mean}
      unit={unit}
      low={exact ? null : low}
      high={exact ? null : high}
      single={single && low === null}
      unconverged={unconverged}
    />
  )
}
