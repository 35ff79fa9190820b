/** Every figure of two runs side by side, with the difference, how sure it is, and what it means. Columns sort. */
import { Button } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import {
  createColumnHelper,
  createSortedRowModel,
  FlexRender,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_basic,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useMemo, useState } from 'react'
import type { FigureComparison, PairComparison } from '../../../sim-core/analysis/comparison-result.ts'
import { Figure } from '../../widgets/Figure.tsx'
import { ComparisonBadge } from './ComparisonBadge.tsx'
import type { DeltaFilter } from './delta-rows.ts'
import { componentsOf, deltaRows, isTold } from './delta-rows.ts'
import { DeltaFilterBar } from './DeltaFilterBar.tsx'
import styles from './DeltaTable.module.css'
import { DifferenceFigure } from './DifferenceFigure.tsx'
import { FigureLabel } from './FigureLabel.tsx'
import { unitOfFigure } from './figure-units.ts'
import { RunMark } from './RunMark.tsx'

/** Rows shown until the reader asks for all of them. */
const ROWS_AT_FIRST = 60

export interface DeltaTableProps {
  readonly pair: PairComparison
}

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { basic: sortFn_basic, alphanumeric: sortFn_alphanumeric },
})
const helper = createColumnHelper<typeof features, FigureComparison>()

/** Missing figures sort as the least. */
const least = (value: number | null): number => value ?? -Infinity

function columnsOf({ baseline, candidate }: PairComparison) {
  return helper.columns([
    helper.accessor('id', { id: 'figure', header: 'Figure', cell: ({ row }) => <FigureLabel figure={row.original} /> }),
    helper.accessor((figure) => least(figure.baseline.mean), {
      id: 'baseline',
      header: () => <RunMark label={baseline} />,
      cell: ({ row: { original } }) => <Value figure={original} side="baseline" />,
    }),
    helper.accessor((figure) => least(figure.candidate.mean), {
      id: 'candidate',
      header: () => <RunMark label={candidate} />,
      cell: ({ row: { original } }) => <Value figure={original} side="candidate" />,
    }),
    helper.accessor((figure) => least(figure.difference.mean), {
      id: 'difference',
      header: `${candidate} − ${baseline}`,
      cell: ({ row: { original } }) => {
        const unit = unitOfFigure(original.figure)
        return <DifferenceFigure difference={original.difference} unit={unit} points={unit === 'ratio'} />
      },
    }),
    helper.accessor((figure) => least(figure.relative.mean), {
      id: 'relative',
      header: 'Relative',
      cell: ({ row: { original } }) => <DifferenceFigure difference={original.relative} unit="ratio" dim />,
    }),
    helper.accessor('verdict', {
      id: 'verdict',
      header: 'Verdict',
      cell: ({ row: { original } }) => <ComparisonBadge verdict={original.verdict} reason={original.reason} plain />,
    }),
  ])
}

export function DeltaTable({ pair }: DeltaTableProps) {
  const [asked, setFilter] = useState(EVERYTHING_TOLD)
  const [unfolded, setUnfolded] = useState(false)
  const components = useMemo(() => componentsOf(pair), [pair])
  const filter = components.includes(asked.component) ? asked : { ...asked, component: '' }
  const { search, component, all } = filter
  const data = useMemo(() => deltaRows(pair, { search, component, all }), [pair, search, component, all])
  const columns = useMemo(() => columnsOf(pair), [pair])
  const table = useTable({ features, columns, data })
  const { rows } = table.getRowModel()
  const shown = unfolded ? rows : rows.slice(0, ROWS_AT_FIRST)
  return (
    <section className={styles['panel']} aria-label={`Differences of ${pair.candidate} from ${pair.baseline}`}>
      <DeltaFilterBar
        filter={filter}
        components={components}
        count={pair.figures.length}
        told={pair.figures.filter(isTold).length}
        onChange={setFilter}
      />
      <div className={styles['scroll']}>
        <table className={styles['table']}>
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                {group.headers.map((header) => (
                  <th
                    key={header.id}
                    scope="col"
                    data-column={header.column.id}
                    aria-sort={ORDERS[header.column.getIsSorted() || 'none']}
                  >
                    <button type="button" className={styles['sort']} onClick={header.column.getToggleSortingHandler()}>
                      <FlexRender header={header} />
                      <SortArrow order={header.column.getIsSorted()} />
                    </button>
                  </th>
                ))}
              </tr>
            ))}
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.original.id}>
                {row.getAllCells().map((cell) => (
                  <td key={cell.id} data-column={cell.column.id}>
                    <FlexRender cell={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {rows.length === 0 && <p className={styles['nothing']}>No figure matches.</p>}
      </div>
      {shown.length < rows.length && (
        <Button variant="subtle" size="xs" onClick={() => setUnfolded(true)}>
          Show {rows.length - shown.length} more
        </Button>
      )}
    </section>
  )
}

const EVERYTHING_TOLD: DeltaFilter = { search: '', component: '', all: false }

const ORDERS = { none: 'none', asc: 'ascending', desc: 'descending' } as const

function SortArrow({ order }: { readonly order: 'asc' | 'desc' | false }) {
  if (order === false) return null
  return order === 'asc' ? <IconArrowUp size={12} aria-hidden="true" /> : <IconArrowDown size={12} aria-hidden="true" />
}

interface ValueProps {
  readonly figure: FigureComparison
  readonly side: 'baseline' | 'candidate'
}

function Value({ figure, side }: ValueProps) {
  const { mean, low, high } = figure[side]
  return <Figure value={mean} low={low} high={high} unit={unitOfFigure(figure.figure)} />
}
