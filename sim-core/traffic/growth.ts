/** How much more traffic there will be: growth per year compounded. */

import { pow } from '../kernel/deterministic-math.ts'

/** Traffic that grows by the same ratio every year. */
export interface Growth {
  /** 0.5 is half as much again every year; above -1. */
  readonly perYear: number
  /** Years from now; fractions are allowed. */
  readonly years: number
}

/** What multiplies today's rate: (1 + perYear)^years. */
export function growthFactor({ perYear, years }: Growth): number {
  return pow(1 + perYear, years)
}
