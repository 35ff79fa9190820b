/** The table of runs: sorted by any column, thousands of rows of which only the visible ones are drawn. */
import { UnstyledButton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { ReactTable } from '@tanstack/react-table'
import { FlexRender, useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react'
import { memo, useEffect, useMemo, useRef } from 'react'
import type { RunSummary } from '../../../host/contract/run-records.ts'
import { useNow } from '../../widgets/use-now.ts'
import { columnWidths, figureColumns, openRun, runColumns, runFeatures, wideColumns } from './run-columns.tsx'
import styles from './RunList.module.css'

/** In px; the style sheet says the same. */
const ROW_HEIGHT = 38

/** Rows beyond the visible ones, so that fast scrolling and arrow keys find them there. */
const OVERSCAN = 10

/** Where the table has no room for every column. */
const NARROW = '(max-width: 1280px)'

/** Ages are read anew this often, in ms. */
const TICK_MS = 30_000

export interface RunTableProps {
  readonly runs: readonly RunSummary[]
  readonly selected: ReadonlySet<string>
  /** Chooses exactly these. */
  readonly onSelect: (selected: ReadonlySet<string>) => void
  /** Chooses or leaves one; the same function always, so that rows need not be drawn again. */
  readonly onToggle: (id: string) => void
}

export function RunTable({ runs, selected, onSelect, onToggle }: RunTableProps) {
  const place = useRef<HTMLDivElement>(null)
  const nowMs = useNow(TICK_MS)
  const narrow = useMediaQuery(NARROW, false, { getInitialValueInEffect: false })
  const columns = useMemo(
    () => runColumns(nowMs).filter(({ id }) => !narrow || id === undefined || !wideColumns.has(id)),
    [nowMs, narrow],
  )
  const data = useMemo(() => [...runs], [runs])
  const table = useTable({
    features: runFeatures,
    columns,
    data,
    getRowId: ({ id }) => id,
    initialState: { sorting: [{ id: 'number', desc: true }] },
    enableSortingRemoval: false,
  })
  const { rows } = table.getRowModel()
  // It stays as it is: what it gives is read in this component only.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => place.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
  })
  const shown = virtualizer.getVirtualItems()
  const above = shown[0]?.start ?? 0
  const below = virtualizer.getTotalSize() - (shown.at(-1)?.end ?? 0)
  const { sorting } = table.state
  useEffect(() => {
    place.current?.scrollTo({ top: 0 })
  }, [sorting])
  return (
    <div ref={place} className={styles['place']}>
      <table className={styles['table']} aria-label="Runs" aria-rowcount={rows.length + 1}>
        <colgroup>
          <col style={{ width: '40px' }} />
          {table.getAllColumns().map(({ id }) => (
            <col key={id} style={{ width: columnWidths[id] ?? 'auto' }} />
          ))}
        </colgroup>
        <Head table={table} runs={runs} selected={selected} onSelect={onSelect} />
        {/* The keys only move the focus among buttons that have it by themselves. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
        <tbody onKeyDown={moveBetweenRows}>
          {above > 0 && <tr aria-hidden="true" style={{ height: above }} />}
          {shown.map(({ index }) => {
            const row = rows[index]
            return row === undefined ? null : (
              // With other columns it is another row.
              <TableRow
                key={`${row.id} ${narrow}`}
                row={row}
                index={index}
                chosen={selected.has(row.id)}
                onToggle={onToggle}
              />
            )
          })}
          {below > 0 && <tr aria-hidden="true" style={{ height: below }} />}
        </tbody>
      </table>
    </div>
  )
}

type Table = ReactTable<typeof runFeatures, RunSummary>

function Head({ table, runs, selected, onSelect }: Omit<RunTableProps, 'onToggle'> & { readonly table: Table }) {
  const allChosen = runs.length > 0 && runs.every(({ id }) => selected.has(id))
  return (
    <thead>
      <tr>
        <th scope="col">
          <input
            type="checkbox"
            className={styles['box']}
            aria-label="Choose all runs"
            checked={allChosen}
            ref={(box) => {
              if (box !== null) box.indeterminate = !allChosen && selected.size > 0
            }}
            onChange={() => onSelect(new Set(allChosen ? [] : runs.map(({ id }) => id)))}
          />
        </th>
        {table.getHeaderGroups()[0]?.headers.map((header) => (
          <ColumnHead
            key={header.id}
            isFigure={figureColumns.has(header.id)}
            sorted={header.column.getIsSorted()}
            onSort={header.column.getToggleSortingHandler()}
          >
            <FlexRender header={header} />
          </ColumnHead>
        ))}
      </tr>
    </thead>
  )
}

interface TableRowProps {
  readonly row: ReturnType<Table['getRowModel']>['rows'][number]
  readonly index: number
  readonly chosen: boolean
  readonly onToggle: (id: string) => void
}

/** Drawn again only when it changes, not with every step of scrolling. */
const TableRow = memo(function TableRow({ row, index, chosen, onToggle }: TableRowProps) {
  return (
    <tr
      aria-rowindex={index + 2}
      data-chosen={chosen || undefined}
      onClick={(event) => openUnlessControl(event, row.original)}
    >
      <td>
        <input
          type="checkbox"
          className={styles['box']}
          aria-label={`Choose run #${row.original.number}`}
          checked={chosen}
          onChange={() => onToggle(row.id)}
        />
      </td>
      {row.getAllCells().map((cell) => (
        <td key={cell.id} data-figure={figureColumns.has(cell.column.id) || undefined}>
          <FlexRender cell={cell} />
        </td>
      ))}
    </tr>
  )
})

interface ColumnHeadProps {
  readonly isFigure: boolean
  readonly sorted: false | 'asc' | 'desc'
  readonly onSort: ((event: unknown) => void) | undefined
  readonly children: ReactNode
}

function ColumnHead({ isFigure, sorted, onSort, children }: ColumnHeadProps) {
  const direction = sorted === 'asc' ? 'ascending' : 'descending'
  return (
    <th scope="col" data-figure={isFigure || undefined} aria-sort={sorted === false ? undefined : direction}>
      <UnstyledButton className={styles['sort']} onClick={onSort}>
        {children}
        {sorted === 'asc' && <IconArrowUp size={13} aria-hidden="true" />}
        {sorted === 'desc' && <IconArrowDown size={13} aria-hidden="true" />}
      </UnstyledButton>
    </th>
  )
}

/** A click anywhere on a row opens the run, but for those on what can be pressed by itself. */
function openUnlessControl(event: MouseEvent, run: RunSummary): void {
  if (!(event.target instanceof Element) || event.target.closest('button, input, label') !== null) return
  openRun(run)
}

/** Up and down go from run to run. */
function moveBetweenRows(event: KeyboardEvent): void {
  const row = event.target instanceof Element ? event.target.closest('tr') : null
  const to =
    event.key === 'ArrowDown' ? row?.nextElementSibling : event.key === 'ArrowUp' ? row?.previousElementSibling : null
  const title = to?.querySelector<HTMLElement>('[data-run-title]')
  if (title === null || title === undefined) return
  event.preventDefault()
  title.focus()
}
