/** Lines of charts from what was read of a run. */
import type { SeriesColumns } from '../../../host/contract/run-records.ts'
import type { ChartSeries } from '../../charts/chart-types.ts'

/** A list of one line, or of none when the run lacks the series. */
export function lineOf(
  columns: SeriesColumns,
  name: string,
  label: string,
  colourOf: string,
  kind: 'line' | 'area' | 'step' = 'line',
): ChartSeries[] {
  const column = columns[name]
  return column === undefined ? [] : [{ id: name, label, colourOf, x: column.endS, y: column.values, kind }]
}
