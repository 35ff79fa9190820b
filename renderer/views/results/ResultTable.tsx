/** A table of figures that sorts by any column; rows may be picked. */
import { createSortedRowModel, rowSortingFeature, tableFeatures, useTable } from '@tanstack/react-table'
import type { ColumnDef } from '@tanstack/react-table'
import type { ReactNode } from 'react'
import { useMemo } from 'react'
import styles from './ResultTable.module.css'

/** A column; text stands at the start, figures at the end. */
export interface ResultColumn<Row> {
  readonly id: string
  readonly header: string
  /** What the figure means. */
  readonly help?: string
  /** Sorted by; null comes last. */
  readonly value: (row: Row) => number | string | null
  /** Shown; the value itself when absent. */
  readonly renderCell?: (row: Row) => ReactNode
}

export interface ResultTableProps<Row> {
  readonly label: string
  readonly rows: readonly Row[]
  readonly rowId: (row: Row) => string
  /** The first one names the row. */
  readonly columns: readonly ResultColumn<Row>[]
  readonly selected?: string | null
  readonly onSelect?: (id: string) => void
}

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() })

export function ResultTable<Row extends object>(props: ResultTableProps<Row>) {
  const { label, rows, rowId, columns, selected = null, onSelect } = props
  const definitions = useMemo(
    () =>
      columns.map(({ id, header, value }): ColumnDef<typeof features, Row> => ({
        id,
        header,
        accessorFn: (row) => value(row) ?? undefined,
        sortUndefined: 'last',
        sortDescFirst: rows.some((row) => typeof value(row) === 'number'),
        sortFn: (a, b, column) => inOrder(a.getValue(column), b.getValue(column)),
      })),
    [columns, rows],
  )
  const table = useTable({ features, columns: definitions, data: rows, getRowId: rowId })
  const byId = new Map(columns.map((column) => [column.id, column]))
  const first = columns[0]
  return (
    <div className={styles['scroll']}>
      <table className={styles['table']} aria-label={label}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map(({ id, column }) => (
                <th
                  key={id}
                  scope="col"
                  data-side={sideOf(id, first?.id, rows, byId)}
                  aria-sort={sortWords(column.getIsSorted())}
                >
                  <button
                    type="button"
                    className={styles['sort']}
                    title={byId.get(id)?.help}
                    onClick={column.getToggleSortingHandler()}
                  >
                    {byId.get(id)?.header}
                    {arrow(column.getIsSorted())}
                  </button>
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map(({ id, original }) => (
            <tr key={id} data-selected={selected === id}>
              {columns.map((column) =>
                column === first ? (
                  <th key={column.id} scope="row" data-side="start">
                    <RowName id={id} selected={selected === id} onSelect={onSelect}>
                      {column.renderCell?.(original) ?? column.value(original)}
                    </RowName>
                  </th>
                ) : (
                  <td key={column.id} data-side={sideOf(column.id, first?.id, rows, byId)}>
                    {column.renderCell?.(original) ?? column.value(original)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function RowName({
  id,
  selected,
  onSelect,
  children,
}: {
  readonly id: string
  readonly selected: boolean
  readonly onSelect: ((id: string) => void) | undefined
  readonly children: ReactNode
}) {
  if (onSelect === undefined) return children
  return (
    <button type="button" className={styles['pick']} aria-pressed={selected} onClick={() => onSelect(id)}>
      {children}
    </button>
  )
}

/** Columns of words stand at the start. */
function sideOf<Row>(
  id: string,
  first: string | undefined,
  rows: readonly Row[],
  columns: ReadonlyMap<string, ResultColumn<Row>>,
): 'start' | 'end' {
  if (id === first) return 'start'
  const column = columns.get(id)
  return column !== undefined && rows.some((row) => typeof column.value(row) === 'string') ? 'start' : 'end'
}

function inOrder(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a).localeCompare(String(b), undefined, { numeric: true })
}

function sortWords(sorted: false | 'asc' | 'desc'): 'ascending' | 'descending' | 'none' {
  if (sorted === false) return 'none'
  return sorted === 'asc' ? 'ascending' : 'descending'
}

function arrow(sorted: false | 'asc' | 'desc'): string {
  if (sorted === false) return ''
  return sorted === 'asc' ? ' ↑' : ' ↓'
}
