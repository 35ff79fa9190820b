/** Any control of a form: hands it to the component for its kind. */
import { GroupView } from './GroupView.tsx'
import { LeafField } from './LeafField.tsx'
import { ListView } from './ListView.tsx'
import { NamedView } from './NamedView.tsx'
import type { ControlProps } from './NestedControl.tsx'
import { OneOfView } from './OneOfView.tsx'
import { StepsView } from './StepsView.tsx'

export function ControlView(props: ControlProps) {
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
