/** Family, parameters and picture of a distribution. What it writes is the language's own form. */
import { SegmentedControl, Select, Switch } from '@mantine/core'
import { useId, useState } from 'react'
import type { DistributionSpec } from '../../sim-core/distributions/registry.ts'
import type { JsonValue } from '../../sim-core/language/field.ts'
import { scalarText } from '../../sim-core/language/quantity.ts'
import type { DistributedQuantity, Quantity } from '../../sim-core/language/units.ts'
import { quantities } from '../../sim-core/language/units.ts'
import { DensityPlot } from './DensityPlot.tsx'
import styles from './DistributionEditor.module.css'
import type { DistributionParts, ParametricParts } from './distribution-model.ts'
import { families, parametricFamily, partsOf, partsOfFamily, valueOfParts } from './distribution-model.ts'
import { DistributionRows } from './DistributionRows.tsx'
import { OptionLine } from './OptionLine.tsx'
import optionStyles from './OptionLine.module.css'
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
    <fieldset className={styles['editor']} aria-label={`Distribution of ${name.toLowerCase()}`}>
      <FamilySelect {...props} parts={parts} onWrite={write} />
      {parts?.kind === 'parametric' && (
        <Parameters parts={parts} quantity={quantity} spec={spec} isReadOnly={isReadOnly} onWrite={write} />
      )}
      {parts !== undefined && parts.kind !== 'parametric' && (
        <DistributionRows parts={parts} isReadOnly={isReadOnly} onWrite={write} />
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
    </fieldset>
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
        withScrollArea={false}
        classNames={{ options: optionStyles['list'] ?? '' }}
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
