/** Family, parameters and picture of a distribution. What it writes is the language's own form. */
import { ActionIcon, Button, SegmentedControl, Select, Switch } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useId, useState } from 'react'
import type { DistributionSpec } from '../../sim-core/distributions/registry.ts'
import type { JsonValue } from '../../sim-core/language/field.ts'
import { scalarText } from '../../sim-core/language/quantity.ts'
import type { DistributedQuantity, Quantity } from '../../sim-core/language/units.ts'
import { quantities } from '../../sim-core/language/units.ts'
import { DensityPlot } from './DensityPlot.tsx'
import styles from './DistributionEditor.module.css'
import type { DistributionParts, ParametricParts, RowParts } from './distribution-model.ts'
import { families, parametricFamily, partsOf, partsOfFamily, valueOfParts } from './distribution-model.ts'
import { OptionLine } from './OptionLine.tsx'
import { QuantityInput } from './QuantityInput.tsx'
import { splitQuantity } from './quantity-text.ts'
import { wordsOfKey } from './words.ts'

interface DistributionEditorProps {
  readonly name: string
  readonly value: JsonValue | undefined
  readonly quantity: DistributedQuantity
  /** Of the value, when it is right. */
  readonly spec: DistributionSpec | undefined
  readonly isReadOnly: boolean
  readonly onChange: (value: JsonValue) => void
}

export function DistributionEditor(props: DistributionEditorProps) {
  const { name, value, quantity, spec, isReadOnly, onChange } = props
  const [curve, setCurve] = useState<'density' | 'cumulative'>('density')
  const [isLogarithmic, setIsLogarithmic] = useState(false)
  const parts = value === undefined ? undefined : partsOf(value)
  const write = (next: DistributionParts): void => onChange(valueOfParts(next))
  return (
    <div className={styles['editor']} role="group" aria-label={`Distribution of ${name.toLowerCase()}`}>
      <FamilySelect {...props} parts={parts} onWrite={write} />
      {parts?.kind === 'parametric' && (
        <Parameters parts={parts} quantity={quantity} spec={spec} isReadOnly={isReadOnly} onWrite={write} />
      )}
      {parts !== undefined && parts.kind !== 'parametric' && (
        <Rows parts={parts} isReadOnly={isReadOnly} onWrite={write} />
      )}
      {spec === undefined ? (
        <p className={styles['empty']}>The picture appears when the values fit together.</p>
      ) : (
        <>
          <div className={styles['toggles']}>
            <SegmentedControl
              size="xs"
              aria-label="What is drawn"
              value={curve}
              data={[
                { value: 'density', label: 'Density' },
                { value: 'cumulative', label: 'Cumulative' },
              ]}
              onChange={(next) => setCurve(next === 'cumulative' ? 'cumulative' : 'density')}
            />
            <Switch
              size="xs"
              label="Log axis"
              checked={isLogarithmic}
              onChange={(event) => setIsLogarithmic(event.currentTarget.checked)}
            />
          </div>
          <DensityPlot spec={spec} quantity={quantity} options={{ curve, isLogarithmic }} />
        </>
      )}
    </div>
  )
}

interface WritingProps {
  readonly isReadOnly: boolean
  readonly onWrite: (parts: DistributionParts) => void
}

function FamilySelect(
  props: DistributionEditorProps & WritingProps & { readonly parts: DistributionParts | undefined },
) {
  const { parts, quantity, spec, isReadOnly, onWrite } = props
  const id = useId()
  const helps = new Map(families.map((family) => [family.id, family.help]))
  return (
    <div className={styles['line']}>
      <label htmlFor={id}>Family</label>
      <Select
        id={id}
        size="xs"
        flex={1}
        data={families.map((family) => ({ value: family.id, label: family.label }))}
        value={parts?.family ?? null}
        placeholder="Choose"
        allowDeselect={false}
        readOnly={isReadOnly}
        maxDropdownHeight={360}
        renderOption={({ option, checked }) => (
          <OptionLine label={option.label} help={helps.get(option.value) ?? ''} isChosen={checked === true} />
        )}
        onChange={(family) => {
          if (family !== null && family !== parts?.family) onWrite(partsOfFamily(family, quantity, spec))
        }}
      />
    </div>
  )
}

interface ParametersProps extends WritingProps {
  readonly parts: ParametricParts
  readonly quantity: DistributedQuantity
  readonly spec: DistributionSpec | undefined
}

function Parameters({ parts, quantity, spec, isReadOnly, onWrite }: ParametersProps) {
  const id = useId()
  const definition = parametricFamily(parts.family)
  const forms = definition?.forms ?? []
  const formKey = (form: readonly string[]): string => [...form].sort((a, b) => (a < b ? -1 : 1)).join(' ')
  return (
    <>
      {forms.length > 1 && (
        <div className={styles['line']}>
          <label htmlFor={`${id}-form`}>Given by</label>
          <Select
            id={`${id}-form`}
            size="xs"
            flex={1}
            data={forms.map((form) => ({ value: formKey(form), label: form.map(wordsOfKey).join(' and ') }))}
            value={formKey(parts.form)}
            allowDeselect={false}
            readOnly={isReadOnly}
            onChange={(key) => {
              const form = forms.find((candidate) => formKey(candidate) === key)
              if (form !== undefined) onWrite(partsOfFamily(parts.family, quantity, spec, form))
            }}
          />
        </div>
      )}
      {parts.form.map((name) => {
        const parameter = definition?.parameters.find((candidate) => candidate.name === name)
        const own: Quantity = parameter?.quantity === 'value' ? quantity : 'number'
        const typed = parts.args[name] ?? ''
        const inputId = `${id}-${name}`
        return (
          <div key={name} className={styles['line']}>
            <label htmlFor={inputId} title={parameter?.help}>
              {wordsOfKey(name)}
            </label>
            <QuantityInput
              id={inputId}
              name={wordsOfKey(name)}
              value={typed}
              quantity={typed.endsWith('%') ? 'ratio' : own}
              isWhole={parameter?.integer === true}
              unit={splitQuantity(quantities[own].example, own).unit}
              placeholder={parameter?.help ?? ''}
              isReadOnly={isReadOnly}
              isInvalid={false}
              onCommit={(next) => onWrite({ ...parts, args: { ...parts.args, [name]: scalarText(next) } })}
            />
          </div>
        )
      })}
    </>
  )
}

/** The columns of each kind of rows: key in the language, heading, and a cell for a new row. */
const columns: Readonly<
  Record<RowParts['kind'], readonly { readonly key: string; readonly label: string; readonly start: JsonValue }[]>
> = {
  mixture: [
    { key: 'weight', label: 'Weight', start: '10%' },
    { key: 'of', label: 'Distribution', start: 'exponential(10ms)' },
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

function Rows({ parts, isReadOnly, onWrite }: WritingProps & { readonly parts: RowParts }) {
  const shown = columns[parts.kind]
  const last = parts.rows.at(-1)
  const withRows = (rows: RowParts['rows']): void => onWrite({ ...parts, rows })
  const add = (): void => {
    const cells = Object.fromEntries(
      shown.map(({ key, start }) => [key, start === '' ? (last?.cells[key] ?? '') : start]),
    )
    withRows([...parts.rows, { cells }])
  }
  return (
    <table className={styles['rows']}>
      <thead>
        <tr>
          {shown.map(({ key, label }) => (
            <th key={key} scope="col">
              {label}
            </th>
          ))}
          <th>
            <span className={styles['hidden']}>Remove</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {parts.rows.map((row, index) => (
          // Rows have no name of their own.
          // eslint-disable-next-line react/no-array-index-key
          <tr key={index}>
            {shown.map(({ key, label }) => (
              <td key={key}>
                <CellInput
                  label={`${label}, row ${index + 1}`}
                  value={row.cells[key]}
                  isReadOnly={isReadOnly}
                  onCommit={(cell) =>
                    withRows(
                      parts.rows.map((other, at) =>
                        at === index ? { cells: { ...other.cells, [key]: cell } } : other,
                      ),
                    )
                  }
                />
              </td>
            ))}
            <td>
              <ActionIcon
                size={20}
                variant="subtle"
                color="gray"
                aria-label={`Remove row ${index + 1}`}
                disabled={isReadOnly || parts.rows.length === 1}
                onClick={() => withRows(parts.rows.filter((_, at) => at !== index))}
              >
                <IconTrash size={14} />
              </ActionIcon>
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={shown.length + 1}>
            <Button
              size="compact-xs"
              variant="subtle"
              leftSection={<IconPlus size={14} />}
              disabled={isReadOnly}
              onClick={add}
            >
              Add row
            </Button>
          </td>
        </tr>
      </tfoot>
    </table>
  )
}

interface CellInputProps {
  readonly label: string
  readonly value: JsonValue | undefined
  readonly isReadOnly: boolean
  readonly onCommit: (value: JsonValue) => void
}

function CellInput({ label, value, isReadOnly, onCommit }: CellInputProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const isText = typeof value !== 'object'
  const shown = isText ? scalarText(value) : JSON.stringify(value)
  const finish = (): void => {
    setDraft(null)
    if (draft !== null && draft !== shown) onCommit(/^\d+(\.\d+)?$/u.test(draft) ? Number(draft) : draft)
  }
  return (
    <input
      className={styles['cell']}
      aria-label={label}
      value={draft ?? shown}
      readOnly={isReadOnly || !isText}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish()
        if (event.key === 'Escape') setDraft(null)
      }}
    />
  )
}
