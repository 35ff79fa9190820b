/** Any control of a form: hands it to the component for its kind. */
import type { ReactNode } from 'react'
import type { Control } from './form-types.ts'
import { GroupView } from './GroupView.tsx'
import { LeafField } from './LeafField.tsx'
import { ListView } from './ListView.tsx'
import { NamedView } from './NamedView.tsx'
import { OneOfView } from './OneOfView.tsx'
import { StepsView } from './StepsView.tsx'

export interface ControlViewProps {
  readonly control: Control
  /** Stands in place of the label, for entries that are named otherwise. */
  readonly label?: ReactNode
  /** Buttons at the end of the line or heading. */
  readonly trail?: ReactNode
  /** How deep it stands; the top is 0. */
  readonly depth: number
  /** Whether a heading above it says already what it is. */
  readonly isBare?: boolean
}

export function ControlView(props: ControlViewProps) {
  const { control, ...rest } = props
  switch (control.kind) {
    case 'leaf':
      return <LeafField control={control} label={rest.label} trail={rest.trail} />
    case 'group':
      return <GroupView control={control} {...rest} />
    case 'named':
      return <NamedView control={control} {...rest} />
    case 'list':
      return <ListView control={control} {...rest} />
    case 'one_of':
      return <OneOfView control={control} {...rest} />
    case 'steps':
      return <StepsView control={control} {...rest} />
  }
}
