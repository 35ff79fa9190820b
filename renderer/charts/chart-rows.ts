/** The figures of a chart as rows: for its table and for spreadsheets. */
import type { ChartContent, TimeSpan } from './chart-types.ts'
import { indicesWithin } from './series-window.ts'

/** One row per instant at which any series has a point. */
export interface ChartRows {
  readonly header: readonly string[]
  readonly rows: readonly { readonly atS: number; readonly values: readonly (number | null)[] }[]
}

/** Figures within a span; series that lack an instant have an empty cell there. */
export function chartRows({ series }: Pick<ChartContent, 'series'>, span: TimeSpan): ChartRows {
  const byInstant = new Map<number, (number | null)[]>()
  for (const [column, { x, y }] of series.entries()) {
    const { from, to } = indicesWithin(x, span)
    for (let index = from; index < to; index++) {
      const atS = x[index]!
      if (atS < span.fromS || atS > span.toS) continue
      const row = byInstant.get(atS) ?? series.map(() => null)
      const value = y[index] ?? NaN
      row[column] = Number.isNaN(value) ? null : value
      byInstant.set(atS, row)
    }
  }
  const rows = [...byInstant].map(([atS, values]) => ({ atS, values })).toSorted((a, b) => a.atS - b.atS)
  return { header: series.map(({ label }) => label), rows }
}

/** Cells for a CSV file. `quality` says how far the figures can be trusted (`not converged`); empty when nothing is amiss. */
export function chartCells(
  content: Pick<ChartContent, 'series' | 'unit'>,
  span: TimeSpan,
  quality: string,
): (string | number | null)[][] {
  const { header, rows } = chartRows(content, span)
  const unit = content.unit === '' ? '' : ` (${content.unit})`
  const marked = quality === '' ? [] : [quality]
  return [
    ['time (s)', ...header.map((label) => `${label}${unit}`), ...(quality === '' ? [] : ['quality'])],
    ...rows.map(({ atS, values }) => [atS, ...values, ...marked]),
  ]
}
