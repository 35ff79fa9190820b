/** The legend under a chart: a line per series with its mean, highest and last value. Click isolates, ctrl-click toggles. */
import type { KeyboardEvent, MouseEvent } from 'react'
import { useMemo, useState } from 'react'
import { axisUnit } from './axis-values.ts'
import { figureWords } from '../widgets/figure-text.ts'
import type { LineStyle } from './chart-colours.ts'
import type { ChartContent, TimeSpan } from './chart-types.ts'
import { isolated, sortedLegend, toggled } from './legend.ts'
import type { LegendColumn, LegendOrder } from './legend.ts'
import styles from './LegendTable.module.css'
import { LineSwatch } from './LineSwatch.tsx'

export interface LegendTableProps {
  readonly content: ChartContent
  readonly span: TimeSpan
  readonly lines: ReadonlyMap<string, LineStyle>
  readonly hidden: ReadonlySet<string>
  readonly onHide: (hidden: ReadonlySet<string>) => void
}

const columns: readonly { readonly id: LegendColumn; readonly label: string }[] = [
  { id: 'label', label: 'Series' },
  { id: 'mean', label: 'mean' },
  { id: 'max', label: 'max' },
  { id: 'last', label: 'last' },
]

export function LegendTable({ content, span, lines, hidden, onHide }: LegendTableProps) {
  const [order, setOrder] = useState<LegendOrder | null>(null)
  const rows = useMemo(() => sortedLegend(content.series, span, order), [content.series, span, order])
  // Long units stand beside the title.
  const words = (value: number | null): string =>
    figureWords(value, axisUnit(content.unit) === '' ? content.unit : 'count')
  const ids = content.series.map(({ id }) => id)
  const choose = (id: string, one: boolean): void => onHide(one ? toggled(ids, hidden, id) : isolated(ids, hidden, id))
  const onClick = (id: string) => (event: MouseEvent) => choose(id, event.ctrlKey || event.metaKey)
  const onKeyDown = (id: string) => (event: KeyboardEvent) => {
    if (event.key !== ' ' && event.key !== 'Enter') return
    event.preventDefault()
    choose(id, event.ctrlKey || event.metaKey || event.shiftKey)
  }
  return (
    // A list too long for its box must be reachable by keyboard; its buttons make it so.
    <div className={styles['scroll']}>
      <table className={styles['table']} aria-label={`Legend of ${content.title}`}>
        <thead>
          <tr>
            {columns.map(({ id, label }) => (
              <th key={id} scope="col" aria-sort={sortOf(order, id)}>
                <button
                  type="button"
                  className={styles['sort']}
                  data-side={id === 'label' ? 'start' : 'end'}
                  onClick={() => setOrder(nextOrder(order, id))}
                >
                  {label}
                  {order?.column === id ? (order.descending ? ' ↓' : ' ↑') : ''}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, label, figures }) => (
            <tr key={id}>
              <th scope="row">
                <button
                  type="button"
                  className={styles['series']}
                  aria-pressed={!hidden.has(id)}
                  title="Click shows only this line; ctrl-click hides or shows it"
                  onClick={onClick(id)}
                  onKeyDown={onKeyDown(id)}
                >
                  <LineSwatch line={lines.get(id)} className={styles['swatch']} />
                  <span>{label}</span>
                </button>
              </th>
              <td className={styles['figure']}>{words(figures.mean)}</td>
              <td className={styles['figure']}>{words(figures.max)}</td>
              <td className={styles['figure']}>{words(figures.last)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function sortOf(order: LegendOrder | null, column: LegendColumn): 'ascending' | 'descending' | 'none' {
  if (order?.column !== column) return 'none'
  return order.descending ? 'descending' : 'ascending'
}

/** Figures first from the highest, then from the lowest, then as they came. */
function nextOrder(order: LegendOrder | null, column: LegendColumn): LegendOrder | null {
  const descendingFirst = column !== 'label'
  if (order?.column !== column) return { column, descending: descendingFirst }
  return order.descending === descendingFirst ? { column, descending: !descendingFirst } : null
}
