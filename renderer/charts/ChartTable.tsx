/** The figures of a chart as a table, for whoever reads numbers better than lines; a page of rows at a time. */
import { Modal, Pagination } from '@mantine/core'
import { useMemo, useState } from 'react'
import { figureWords } from '../widgets/figure-text.ts'
import { chartRows } from './chart-rows.ts'
import type { ChartContent, TimeSpan } from './chart-types.ts'
import styles from './ChartTable.module.css'
import { instantText } from './time-axis.ts'

const ROWS_PER_PAGE = 100

export interface ChartTableProps {
  readonly content: ChartContent
  readonly span: TimeSpan
  readonly sentence: string
  readonly onClose: () => void
}

export function ChartTable({ content, span, sentence, onClose }: ChartTableProps) {
  const { header, rows } = useMemo(() => chartRows(content, span), [content, span])
  const [page, setPage] = useState(1)
  const pages = Math.max(1, Math.ceil(rows.length / ROWS_PER_PAGE))
  const shown = rows.slice((page - 1) * ROWS_PER_PAGE, page * ROWS_PER_PAGE)
  return (
    <Modal opened onClose={onClose} title={content.title} size="xl" closeButtonProps={{ 'aria-label': 'Close' }}>
      <p className={styles['caption']}>{sentence}</p>
      {pages > 1 && (
        <Pagination
          className={styles['pages']}
          size="sm"
          total={pages}
          value={page}
          onChange={setPage}
          getControlProps={(control) => ({ 'aria-label': `${control} page` })}
        />
      )}
      <table className={styles['table']} aria-label={content.title}>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {header.map((label, column) => (
              <th key={content.series[column]?.id ?? label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ atS, values }) => (
            <tr key={atS}>
              <th scope="row">{instantText(atS, true)}</th>
              {values.map((value, column) => (
                <td key={content.series[column]?.id ?? column}>{figureWords(value, content.unit)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  )
}
