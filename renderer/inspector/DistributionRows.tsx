/** The rows of a distribution that a list determines: parts of a mixture, quantiles, buckets of a histogram. */
import { ActionIcon, Button } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import type { JsonValue } from '../../sim-core/language/field.ts'
import { scalarText } from '../../sim-core/language/quantity.ts'
import type { PartRow, RowParts } from './distribution-model.ts'
import styles from './DistributionRows.module.css'
import { flowText } from './summary.ts'
import { useDraft } from './use-draft.ts'

interface Column {
  /** In the language. */
  readonly key: string
  readonly label: string
  /** In a new row; empty for that of the row before. */
  readonly start: JsonValue
}

const columns: Readonly<Record<RowParts['kind'], readonly Column[]>> = {
  mixture: [
    { key: 'weight', label: 'Weight', start: '10%' },
    { key: 'of', label: 'Distribution', start: '' },
  ],
  quantiles: [
    { key: 'percentile', label: 'Percentile', start: 'p99.9' },
    { key: 'of', label: 'Value', start: '' },
  ],
  histogram: [
    { key: 'up_to', label: 'Up to', start: '' },
    { key: 'weight', label: 'Weight', start: 1 },
  ],
}

interface DistributionRowsProps {
  readonly parts: RowParts
  readonly isReadOnly: boolean
  readonly onWrite: (parts: RowParts) => void
}

export function DistributionRows({ parts, isReadOnly, onWrite }: DistributionRowsProps) {
  const shown = columns[parts.kind]
  const withRows = (rows: readonly PartRow[]): void => onWrite({ ...parts, rows })
  const add = (): void => {
    const last = parts.rows.at(-1)
    const cells = shown.map(({ key, start }): [string, JsonValue] => [
      key,
      start === '' ? (last?.cells[key] ?? '') : start,
    ])
    withRows([...parts.rows, { cells: Object.fromEntries(cells) }])
  }
  return (
    <>
      <table className={styles['rows']}>
        <thead>
          <tr>
            {shown.map(({ key, label }) => (
              <th key={key} scope="col">
                {label}
              </th>
            ))}
            <th scope="col" aria-label="Remove" />
          </tr>
        </thead>
        <tbody>
          {parts.rows.map((row, index) => (
            <Row
              // Rows have no name of their own: the place is what they are.
              key={`${parts.kind} ${index}`}
              row={row}
              number={index + 1}
              shown={shown}
              isReadOnly={isReadOnly}
              canRemove={parts.rows.length > 1}
              onWrite={(next) => withRows(parts.rows.with(index, next))}
              onRemove={() => withRows(parts.rows.toSpliced(index, 1))}
            />
          ))}
        </tbody>
      </table>
      <div>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          disabled={isReadOnly}
          onClick={add}
        >
          Add row
        </Button>
      </div>
    </>
  )
}

interface RowProps {
  readonly row: PartRow
  readonly number: number
  readonly shown: readonly Column[]
  readonly isReadOnly: boolean
  readonly canRemove: boolean
  readonly onWrite: (row: PartRow) => void
  readonly onRemove: () => void
}

function Row({ row, number, shown, isReadOnly, canRemove, onWrite, onRemove }: RowProps) {
  return (
    <tr>
      {shown.map(({ key, label }) => (
        <td key={key}>
          <CellInput
            label={`${label}, row ${number}`}
            value={row.cells[key]}
            isReadOnly={isReadOnly}
            onCommit={(cell) => onWrite({ cells: { ...row.cells, [key]: cell } })}
          />
        </td>
      ))}
      <td>
        {canRemove && !isReadOnly && (
          <ActionIcon size={20} variant="subtle" color="gray" aria-label={`Remove row ${number}`} onClick={onRemove}>
            <IconTrash size={14} />
          </ActionIcon>
        )}
      </td>
    </tr>
  )
}

interface CellInputProps {
  readonly label: string
  readonly value: JsonValue | undefined
  readonly isReadOnly: boolean
  readonly onCommit: (value: JsonValue) => void
}

function CellInput({ label, value, isReadOnly, onCommit }: CellInputProps) {
  const isText = typeof value !== 'object'
  const draft = useDraft(isText ? scalarText(value) : flowText(value), (text) =>
    onCommit(/^\d+(\.\d+)?$/u.test(text) ? Number(text) : text),
  )
  return <input className={styles['cell']} aria-label={label} readOnly={isReadOnly || !isText} {...draft.inputProps} />
}
