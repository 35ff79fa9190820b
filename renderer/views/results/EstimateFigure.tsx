/** An estimate as a figure with its interval. Where there is none, the panel or tile around it says why. */
import type { Estimate } from '../../../sim-core/analysis/study-result.ts'
import { Figure } from '../../widgets/Figure.tsx'

export interface EstimateFigureProps {
  readonly estimate: Estimate
  readonly unit: string
}

export function EstimateFigure({ estimate, unit }: EstimateFigureProps) {
  const { mean, low, high } = estimate
  // What never varies has an interval of no width, and is not uncertain.
  const exact = low !== null && low === high
  return <Figure value={mean} unit={unit} low={exact ? null : low} high={exact ? null : high} />
}
