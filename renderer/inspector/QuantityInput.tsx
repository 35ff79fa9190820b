/** A number with its unit beside it. What is typed stays as typed; arrow keys change the amount by a notch. */
import type { KeyboardEvent } from 'react'
import type { JsonValue } from '../../sim-core/language/field.ts'
import type { Quantity } from '../../sim-core/language/units.ts'
import { quantities } from '../../sim-core/language/units.ts'
import { scalarText } from '../../sim-core/language/quantity.ts'
import { problemsId } from './FieldRow.tsx'
import box from './InputBox.module.css'
import styles from './QuantityInput.module.css'
import { isPlainAmount, joinQuantity, splitQuantity, steppedAmount, unitSymbols } from './quantity-text.ts'
import { useDraft } from './use-draft.ts'

interface QuantityInputProps {
  readonly id: string
  readonly name: string
  readonly value: JsonValue | undefined
  readonly quantity: Quantity
  readonly isWhole: boolean
  /** The unit that a bare number gets. */
  readonly unit: string
  readonly placeholder: string
  readonly ariaLabel?: string | undefined
  /** A word before the amount, where no label stands beside the input. */
  readonly prefix?: string | undefined
  readonly isReadOnly: boolean
  readonly isInvalid: boolean
  readonly onCommit: (value: JsonValue | undefined) => void
  /** Told while typing what would be written; undefined when typing has ended. */
  readonly onTyping?: (value: JsonValue | undefined) => void
  readonly onFocus?: () => void
  readonly onBlur?: () => void
}

export function QuantityInput(props: QuantityInputProps) {
  const { id, name, value, quantity, isWhole, placeholder, isReadOnly, isInvalid, onCommit, onTyping } = props
  const parts = splitQuantity(scalarText(value), quantity)
  const isEmpty = value === undefined || value === ''
  const unit = isEmpty ? props.unit : parts.unit
  const written = (amount: string, withUnit: string): JsonValue | undefined =>
    amount.trim() === '' ? undefined : joinQuantity({ amount, unit: withUnit })
  const draft = useDraft(parts.amount, (text) => onCommit(written(text, unit)))
  const hint = splitQuantity(placeholder, quantity)
  // Beside words such as "unlimited", and beside a text with a unit of its own, another one would only confuse.
  const takesUnit = draft.text === '' ? !isEmpty || hint.unit !== '' : isPlainAmount(draft.text)
  const shownUnit = takesUnit ? unit : ''
  const step = (event: KeyboardEvent): void => {
    const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : undefined
    if (direction === undefined) return
    const amount = draft.text === '' ? placeholderAmount(placeholder, quantity) : draft.text
    const next = steppedAmount(amount, direction, isWhole)
    if (next === undefined) return
    event.preventDefault()
    draft.drop()
    onTyping?.(undefined)
    onCommit(written(next, unit))
  }
  return (
    <span className={box['box']} data-invalid={isInvalid || undefined} data-disabled={isReadOnly || undefined}>
      {props.prefix !== undefined && (
        <label htmlFor={id} className={styles['prefix']}>
          {props.prefix}
        </label>
      )}
      <input
        id={id}
        aria-label={props.ariaLabel}
        className={styles['amount']}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        placeholder={hint.amount}
        readOnly={isReadOnly}
        aria-invalid={isInvalid}
        aria-describedby={problemsId(id)}
        {...draft.inputProps}
        onChange={(event) => {
          draft.inputProps.onChange(event)
          onTyping?.(written(event.currentTarget.value, unit))
        }}
        onFocus={props.onFocus}
        onBlur={() => {
          draft.inputProps.onBlur()
          onTyping?.(undefined)
          props.onBlur?.()
        }}
        onKeyDown={(event) => {
          draft.inputProps.onKeyDown(event)
          if (event.key === 'Enter' || event.key === 'Escape') onTyping?.(undefined)
          if (!isReadOnly) step(event)
        }}
      />
      <UnitSelect
        name={name}
        quantity={quantity}
        unit={shownUnit}
        isReadOnly={isReadOnly || value === undefined}
        onChange={(next) => onCommit(written(draft.text, next))}
      />
    </span>
  )
}

/** The amount that a placeholder shows, to step from it; nothing for words. */
function placeholderAmount(placeholder: string, quantity: Quantity): string {
  const { amount } = splitQuantity(placeholder, quantity)
  return /^[\d.]+[kMG]?$/u.test(amount) ? amount : '0'
}

interface UnitSelectProps {
  readonly name: string
  readonly quantity: Quantity
  readonly unit: string
  readonly isReadOnly: boolean
  readonly onChange: (unit: string) => void
}

function UnitSelect({ name, quantity, unit, isReadOnly, onChange }: UnitSelectProps) {
  const symbols = unitSymbols(quantity)
  if (quantities[quantity].units.length === 0 || unit === '') return null
  if (symbols.length === 1 || isReadOnly) return <span className={styles['unit']}>{unit}</span>
  const offered = symbols.includes(unit) ? symbols : [unit, ...symbols]
  return (
    <select
      className={styles['units']}
      aria-label={`Unit of ${name}`}
      value={unit}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      {offered.map((symbol) => (
        <option key={symbol} value={symbol}>
          {symbol}
        </option>
      ))}
    </select>
  )
}
