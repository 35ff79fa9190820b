/** A distribution: its text, and a small picture that opens the editor. */
import { Tooltip, UnstyledButton } from '@mantine/core'
import { IconChartHistogram } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useMemo, useState } from 'react'
import type { JsonValue } from '../../sim-core/language/field.ts'
import { scalarText } from '../../sim-core/language/quantity.ts'
import type { DistributedQuantity } from '../../sim-core/language/units.ts'
import type { ShownComplaint } from './complaint-of.ts'
import { DensitySpark } from './DensityPlot.tsx'
import { DistributionEditor } from './DistributionEditor.tsx'
import box from './InputBox.module.css'
import styles from './DistributionField.module.css'
import { readSpec } from './distribution-model.ts'
import { FieldRow, problemsId } from './FieldRow.tsx'
import type { LeafInputProps } from './LeafField.tsx'
import { placeholderOf } from './leaf-placeholder.ts'
import { flowText } from './summary.ts'
import type { Draft } from './use-draft.ts'
import { useDraft } from './use-draft.ts'
import { inSentence } from './words.ts'

interface DistributionFieldProps extends LeafInputProps {
  readonly quantity: DistributedQuantity
  readonly complaint: ShownComplaint | undefined
  readonly beside?: ReactNode
  readonly label?: ReactNode
  readonly trail?: ReactNode
}

/** Longer texts get the whole width, below their label. */
const NARROW_TEXT = 18

export function DistributionField(props: DistributionFieldProps) {
  const { control, id, quantity, complaint, beside, label, trail, isReadOnly, isInvalid, commit } = props
  const [isOpen, setIsOpen] = useState(false)
  const shown = control.value ?? control.defaultValue
  const spec = useMemo(() => {
    const read = shown === undefined ? undefined : readSpec(shown, quantity)
    return read !== undefined && 'spec' in read ? read.spec : undefined
  }, [shown, quantity])
  const isText = typeof control.value !== 'object'
  const draft = useDraft(isText ? scalarText(control.value) : flowText(control.value), (text) =>
    commit(writtenText(text)),
  )
  const words = `${isOpen ? 'Close' : 'Open'} the picture of ${inSentence(control.label)}`
  return (
    <div>
      <FieldRow
        control={control}
        inputId={id}
        complaint={complaint}
        label={label}
        trail={trail}
        shape={draft.text.length > NARROW_TEXT ? 'wide' : undefined}
      >
        <span className={box['box']} data-invalid={isInvalid || undefined}>
          <DistributionText {...props} draft={draft} isText={isText} />
          <Tooltip label={words} openDelay={400}>
            <UnstyledButton
              className={styles['open']}
              aria-label={words}
              aria-expanded={isOpen}
              onClick={() => setIsOpen(!isOpen)}
            >
              {spec === undefined ? <IconChartHistogram size={16} /> : <DensitySpark spec={spec} />}
            </UnstyledButton>
          </Tooltip>
        </span>
        {beside}
      </FieldRow>
      {isOpen && (
        <DistributionEditor
          name={control.label}
          value={shown}
          quantity={quantity}
          spec={spec}
          isReadOnly={isReadOnly}
          onChange={commit}
        />
      )}
    </div>
  )
}

interface DistributionTextProps extends LeafInputProps {
  readonly draft: Draft
  /** Whether the value is written as a text; maps are edited by their rows alone. */
  readonly isText: boolean
}

function DistributionText(props: DistributionTextProps) {
  const { control, id, ariaLabel, isReadOnly, isInvalid, typing, draft, isText } = props
  return (
    <input
      id={id}
      aria-label={ariaLabel}
      className={styles['text']}
      type="text"
      autoComplete="off"
      spellCheck={false}
      placeholder={placeholderOf(control)}
      readOnly={isReadOnly || !isText}
      aria-invalid={isInvalid}
      aria-describedby={problemsId(id)}
      {...draft.inputProps}
      onChange={(event) => {
        draft.inputProps.onChange(event)
        typing(event.currentTarget.value)
      }}
      onFocus={props.onFocus}
      onBlur={() => {
        draft.inputProps.onBlur()
        typing(undefined)
        props.onBlur()
      }}
    />
  )
}

/** Plain numbers are written as such. */
function writtenText(text: string): JsonValue | undefined {
  if (text.trim() === '') return undefined
  return /^[+-]?\d+(\.\d+)?$/u.test(text.trim()) ? Number(text) : text.trim()
}
