/** The input of one scalar, by what its field says is written there. */
import { Select, Switch, TextInput, Textarea } from '@mantine/core'
import { useId, useState } from 'react'
import type { JsonValue } from '../../sim-core/language/field.ts'
import { scalarText } from '../../sim-core/language/quantity.ts'
import type { ShownComplaint } from './complaint-of.ts'
import { complaintOf } from './complaint-of.ts'
import { DistributionField } from './DistributionField.tsx'
import type { RowShape } from './FieldRow.tsx'
import { FieldRow, problemsId } from './FieldRow.tsx'
import type { LeafControl } from './form-types.ts'
import { shownOption } from './form-types.ts'
import { useFormScope } from './form-scope.ts'
import { placeholderOf } from './leaf-placeholder.ts'
import { OptionLine } from './OptionLine.tsx'
import optionStyles from './OptionLine.module.css'
import { QuantityInput } from './QuantityInput.tsx'
import { usualUnit } from './quantity-text.ts'
import { ReferenceInput } from './ReferenceInput.tsx'
import { useDraft } from './use-draft.ts'
import { changeLabel, inSentence, wordsOfKey } from './words.ts'
import type { ReactNode } from 'react'

interface LeafFieldProps {
  readonly control: LeafControl
  /** Stands beside the input: the switch between ways to write the value, buttons of a list. */
  readonly beside?: ReactNode
  readonly label?: ReactNode
  readonly trail?: ReactNode
  readonly shape?: RowShape
  /** Puts the label into the input, where another one stands beside it. */
  readonly isLabelInside?: boolean
}

/** What every input of a scalar is given. */
export interface LeafInputProps {
  readonly control: LeafControl
  readonly id: string
  /** The name of the input where no label of its own is shown. */
  readonly ariaLabel: string | undefined
  readonly isInvalid: boolean
  readonly isReadOnly: boolean
  readonly commit: (value: JsonValue | undefined) => void
  readonly typing: (value: JsonValue | undefined) => void
  readonly onFocus: () => void
  readonly onBlur: () => void
}

/** Texts longer than this get several lines. */
const SHORT_TEXT = 300

export function LeafField({ control, beside, label, trail, shape, isLabelInside = false }: LeafFieldProps) {
  const id = useId()
  const { change, problems, isReadOnly, showHelp } = useFormScope()
  const [typed, setTyped] = useState<JsonValue | undefined>()
  const complaint: ShownComplaint | undefined =
    typed === undefined || typed === '' ? undefined : complaintOf(control.field, typed)
  const commit = (value: JsonValue | undefined): void => {
    change(control.path, value, changeLabel('Change', control.label, control.path))
  }
  const props: LeafInputProps = {
    control,
    id,
    ariaLabel: label === undefined || isLabelInside ? undefined : control.label,
    isReadOnly,
    isInvalid: complaint !== undefined || problems.has(control.pathText),
    commit,
    typing: setTyped,
    onFocus: () => showHelp({ control, fill: commit }),
    onBlur: () => showHelp(null),
  }
  if (control.input?.kind === 'distribution') {
    return (
      <DistributionField
        {...props}
        quantity={control.input.quantity}
        complaint={complaint}
        beside={beside}
        label={label}
        trail={trail}
      />
    )
  }
  return (
    <FieldRow
      control={control}
      inputId={id}
      complaint={complaint}
      label={label}
      trail={trail}
      shape={isLongText(control) ? 'wide' : shape}
    >
      <LeafInputView {...props} prefix={isLabelInside ? inSentence(control.label) : undefined} />
      {beside}
    </FieldRow>
  )
}

function LeafInputView(props: LeafInputProps & { readonly prefix: string | undefined }) {
  const { control, id, isInvalid, isReadOnly, commit, typing, onFocus, onBlur } = props
  const { input } = control
  switch (input?.kind) {
    case 'quantity':
      return (
        <QuantityInput
          id={id}
          name={control.label}
          value={control.value}
          quantity={input.quantity}
          isWhole={input.isWhole}
          unit={usualUnit(control.field, input.quantity, undefined)}
          placeholder={placeholderOf(control)}
          prefix={props.prefix}
          ariaLabel={props.ariaLabel}
          isReadOnly={isReadOnly}
          isInvalid={isInvalid}
          onCommit={commit}
          onTyping={typing}
          onFocus={onFocus}
          onBlur={onBlur}
        />
      )
    case 'choice':
      return <ChoiceInput {...props} />
    case 'reference':
    case 'member':
      return <ReferenceInput {...props} input={input} />
    case 'flag':
      return (
        <Switch
          id={id}
          aria-label={props.ariaLabel}
          size="xs"
          checked={(control.value ?? control.defaultValue) === true}
          disabled={isReadOnly}
          onChange={(event) => commit(event.currentTarget.checked)}
          onFocus={onFocus}
          onBlur={onBlur}
        />
      )
    case 'word':
      return <code id={id}>{scalarText(input.value)}</code>
    case 'text':
    case 'distribution':
    case undefined:
      return <TextLine {...props} isLong={isLongText(control)} />
  }
}

function isLongText({ input, examples }: LeafControl): boolean {
  return input?.kind === 'text' && input.maxLength > SHORT_TEXT && examples.length === 0
}

function ChoiceInput({ control, id, ariaLabel, isInvalid, isReadOnly, commit, onFocus, onBlur }: LeafInputProps) {
  const options = (control.input?.kind === 'choice' ? control.input.options : []).map(shownOption)
  const labels = new Map(options.map((option) => [option.value, option]))
  const shown = (value: string): string => {
    const label = labels.get(value)?.label ?? value
    return label === value ? wordsOfKey(value) : label
  }
  const present = control.value === undefined ? undefined : scalarText(control.value)
  const values = options.map(({ value }) => value)
  const data = present === undefined || values.includes(present) ? values : [present, ...values]
  return (
    <Select
      id={id}
      aria-label={ariaLabel}
      size="xs"
      flex={1}
      miw={0}
      data={data.map((value) => ({ value, label: shown(value) }))}
      value={present ?? null}
      placeholder={control.byDefault === undefined ? 'Choose' : shown(control.byDefault)}
      allowDeselect={false}
      readOnly={isReadOnly}
      error={isInvalid}
      aria-describedby={problemsId(id)}
      comboboxProps={{ width: 'max-content', position: 'bottom-end' }}
      withScrollArea={false}
      classNames={{ options: optionStyles['list'] ?? '' }}
      renderOption={({ option, checked }) => (
        <OptionLine label={option.label} help={labels.get(option.value)?.help ?? ''} isChosen={checked === true} />
      )}
      onChange={(value) => {
        if (value !== null) commit(value)
      }}
      onFocus={onFocus}
      onBlur={onBlur}
    />
  )
}

function TextLine(props: LeafInputProps & { readonly isLong: boolean }) {
  const { control, id, isInvalid, isReadOnly, commit, typing, onFocus, onBlur, isLong } = props
  const isScalar = typeof control.value !== 'object' || control.value === null
  const shown = isScalar ? scalarText(control.value) : JSON.stringify(control.value)
  const draft = useDraft(shown, (text) => commit(text === '' ? undefined : text))
  const shared = {
    id,
    'aria-label': props.ariaLabel,
    size: 'xs' as const,
    flex: 1,
    miw: 0,
    ...draft.inputProps,
    placeholder: placeholderOf(control),
    readOnly: isReadOnly,
    error: isInvalid,
    'aria-describedby': problemsId(id),
    onFocus,
    onBlur: () => {
      draft.inputProps.onBlur()
      typing(undefined)
      onBlur()
    },
  }
  if (isLong) return <Textarea {...shared} autosize minRows={1} maxRows={8} />
  return (
    <TextInput
      {...shared}
      onChange={(event) => {
        draft.inputProps.onChange(event)
        typing(event.currentTarget.value)
      }}
    />
  )
}
