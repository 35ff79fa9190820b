/** An entry of a list in as few lines as it has fields: which way it is written stands where the label would. */
import type { ReactNode } from 'react'
import { FieldProblems } from './FieldRow.tsx'
import type { Control, LeafControl, OneOfControl } from './form-types.ts'
import { LeafField } from './LeafField.tsx'
import { useWriteWay, WayMenu } from './OneOfView.tsx'

/** Most fields of an entry that is shown this way. */
const FIELDS_MOST = 2

/** The fields of an entry, if they are few and each is a single quantity; undefined otherwise. */
export function shortFields(control: Control): readonly LeafControl[] | undefined {
  if (control.kind !== 'one_of' || control.control?.kind !== 'group') return undefined
  const { controls } = control.control
  const leaves = controls.filter((part): part is LeafControl => part.kind === 'leaf' && part.input?.kind === 'quantity')
  return leaves.length === controls.length && leaves.length <= FIELDS_MOST ? leaves : undefined
}

interface ShortEntryProps {
  readonly control: OneOfControl
  readonly fields: readonly LeafControl[]
  readonly number: ReactNode
  readonly trail: ReactNode
}

export function ShortEntry({ control, fields, number, trail }: ShortEntryProps) {
  const write = useWriteWay(control)
  const name = (
    <span>
      {number}
      <WayMenu control={control} isSmall={false} onChoose={write} />
    </span>
  )
  return (
    <>
      {fields.map((field, index) => (
        <LeafField
          key={field.pathText}
          control={field}
          isLabelInside
          label={index === 0 ? name : <span />}
          trail={index === 0 ? trail : undefined}
        />
      ))}
      <FieldProblems pathText={control.pathText} />
    </>
  )
}
