/** What the legend lists, in which order, and which lines a click leaves. */
import type { ChartSeries, TimeSpan } from './chart-types.ts'
import { seriesFigures } from './series-figures.ts'
import type { SeriesFigures } from './series-figures.ts'

export type LegendColumn = 'label' | 'mean' | 'max' | 'last'

export interface LegendOrder {
  readonly column: LegendColumn
  readonly descending: boolean
}

export interface LegendRow {
  readonly id: string
  readonly label: string
  readonly figures: SeriesFigures
}

/** Rows with the figures of what is in view; series without any figure come last. As they came when there is no order. */
export function sortedLegend(series: readonly ChartSeries[], span: TimeSpan, order: LegendOrder | null): LegendRow[] {
  const rows = series.map((each) => ({ id: each.id, label: each.label, figures: seriesFigures(each, span) }))
  if (order === null) return rows
  const sign = order.descending ? -1 : 1
  const { column } = order
  if (column === 'label')
    return rows.toSorted((a, b) => sign * a.label.localeCompare(b.label, undefined, { numeric: true }))
  return rows.toSorted((a, b) => {
    const [one, other] = [a.figures[column], b.figures[column]]
    if (one === null || other === null) return Number(one === null) - Number(other === null)
    return sign * (one - other)
  })
}

/** Hides all but one; shows all when only that one was shown. */
export function isolated(ids: readonly string[], hidden: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const alone = !hidden.has(id) && ids.every((other) => other === id || hidden.has(other))
  return new Set(alone ? [] : ids.filter((other) => other !== id))
}

/** Hides one or shows it again; the last one shown stays. */
export function toggled(ids: readonly string[], hidden: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(hidden)
  if (!next.delete(id)) next.add(id)
  return ids.every((each) => next.has(each)) ? hidden : next
}
