/** A choice among the things that a scenario defines, with the way to define another one. */
import { Autocomplete, Select } from '@mantine/core'
import type { LeafInput } from '../../sim-core/language/field.ts'
import { scalarText } from '../../sim-core/language/quantity.ts'
import { problemsId } from './FieldRow.tsx'
import { useFormScope } from './form-scope.ts'
import type { LeafInputProps } from './LeafField.tsx'
import optionStyles from './OptionLine.module.css'
import { additionOf, paletteItems } from './palette-model.ts'
import { membersOf } from './starter-value.ts'
import { useDraft } from './use-draft.ts'
import { changeLabel, inSentence } from './words.ts'

type ReferringInput = LeafInput & { readonly kind: 'reference' | 'member' }

/** The value that stands for "make a new one"; no name has such characters. */
const CREATE = '+'

export function ReferenceInput(props: LeafInputProps & { readonly input: ReferringInput }) {
  const { input } = props
  if (input.kind === 'reference' && input.isOpen) return <OpenReference {...props} />
  return <ClosedReference {...props} />
}

function ClosedReference(props: LeafInputProps & { readonly input: ReferringInput }) {
  const { control, id, ariaLabel, isInvalid, isReadOnly, commit, onFocus, onBlur, input } = props
  const { language, document, names, changeAll } = useFormScope()
  const known =
    input.kind === 'member' ? membersOf(input, names) : input.sections.flatMap((section) => names.ids(section) ?? [])
  const present = control.value === undefined ? undefined : scalarText(control.value)
  const options = present === undefined || known.includes(present) ? known : [present, ...known]
  const creatable =
    input.kind === 'reference'
      ? paletteItems(language).find(({ section }) => input.sections.includes(section))
      : undefined
  const create = (): void => {
    const addition = creatable && additionOf(language, creatable.id, document.value)
    if (addition === undefined) return
    const changes = [addition, { path: control.path, value: String(addition.path.at(-1)) }]
    changeAll(changes, changeLabel('Create and use', control.label, control.path))
  }
  const extra = creatable === undefined ? [] : [{ value: CREATE, label: `Create ${inSentence(creatable.label)}` }]
  return (
    <Select
      id={id}
      aria-label={ariaLabel}
      size="xs"
      flex={1}
      miw={0}
      data={[...options.map((value) => ({ value, label: value })), ...extra]}
      value={present ?? null}
      placeholder={control.byDefault ?? (known.length === 0 ? 'none defined yet' : 'Choose')}
      allowDeselect={false}
      searchable={options.length > 8}
      readOnly={isReadOnly}
      error={isInvalid}
      aria-describedby={problemsId(id)}
      comboboxProps={{ width: 'max-content', position: 'bottom-end' }}
      withScrollArea={false}
      classNames={{ options: optionStyles['list'] ?? '' }}
      onChange={(value) => {
        if (value === CREATE) create()
        else if (value !== null) commit(value)
      }}
      onFocus={onFocus}
      onBlur={onBlur}
    />
  )
}

function OpenReference(props: LeafInputProps & { readonly input: ReferringInput }) {
  const { control, id, ariaLabel, isInvalid, isReadOnly, commit, typing, onFocus, onBlur, input } = props
  const { names } = useFormScope()
  const known = input.kind === 'reference' ? input.sections.flatMap((section) => names.ids(section) ?? []) : []
  const draft = useDraft(scalarText(control.value), (text) => commit(text === '' ? undefined : text))
  return (
    <Autocomplete
      id={id}
      aria-label={ariaLabel}
      size="xs"
      flex={1}
      miw={0}
      data={[...known]}
      value={draft.text}
      readOnly={isReadOnly}
      error={isInvalid}
      aria-describedby={problemsId(id)}
      onChange={(text) => {
        draft.type(text)
        typing(text)
      }}
      onOptionSubmit={(text) => {
        draft.type(text)
        commit(text)
      }}
      onKeyDown={draft.inputProps.onKeyDown}
      onFocus={onFocus}
      onBlur={() => {
        draft.finish()
        typing(undefined)
        onBlur()
      }}
    />
  )
}
