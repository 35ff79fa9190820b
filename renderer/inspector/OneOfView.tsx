/** A value that may be written in several ways, with the switch between them. */
import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconAdjustmentsHorizontal, IconChevronDown, IconPlus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { JsonValue } from '../../sim-core/language/field.ts'
import { convertedValue } from './converted-value.ts'
import type { ControlProps } from './NestedControl.tsx'
import { NestedControl } from './NestedControl.tsx'
import { FieldProblems, FieldRow, ResetButton } from './FieldRow.tsx'
import type { OneOfControl, Way } from './form-types.ts'
import { isWordOnly } from './form-types.ts'
import { useFormScope } from './form-scope.ts'
import groupStyles from './GroupView.module.css'
import { LeafField } from './LeafField.tsx'
import { convertedLoad } from './load-conversion.ts'
import { loadCurve } from './load-curve-model.ts'
import { LoadCurveEditor } from './LoadCurveEditor.tsx'
import { OptionLine } from './OptionLine.tsx'
import optionStyles from './OptionLine.module.css'
import { Section } from './Section.tsx'
import { flowText, summaryOf } from './summary.ts'
import { changeLabel, inSentence } from './words.ts'

export function OneOfView(props: ControlProps<OneOfControl>) {
  const { control, label, trail, depth, isBare = false } = props
  const inner = control.control
  const write = useWriteWay(control)
  const isBeside = inner?.kind === 'leaf' && !isWordOnly(inner)
  const ways = <WayMenu control={control} isSmall={isBeside} onChoose={write} />
  const picture = control.picture === undefined ? null : <LoadCurveEditor control={control} picture={control.picture} />
  if (inner === undefined) return <NoWay {...props} ways={ways} onWrite={write} />
  if (inner.kind === 'leaf') {
    return (
      <>
        {isWordOnly(inner) ? (
          <FieldRow control={control} label={label} trail={trail}>
            {ways}
          </FieldRow>
        ) : (
          <LeafField control={inner} label={label} trail={trail} beside={ways} />
        )}
        {picture}
      </>
    )
  }
  if (isBare) {
    return (
      <>
        <FieldRow control={{ ...control, isOptional: false }} label="Kind">
          {ways}
        </FieldRow>
        {picture}
        <NestedControl control={inner} depth={depth} isBare />
      </>
    )
  }
  return (
    <Section
      title={label ?? control.label}
      help={control.help}
      pathText={control.pathText}
      summary={summaryOf(control.value)}
      note={control.origin === 'base' ? 'inherited' : undefined}
      actions={
        <>
          {ways}
          {trail}
          <ResetButton control={control} />
        </>
      }
      isOpenAtFirst={control.value !== undefined && depth < 4}
      depth={depth}
    >
      {picture}
      <NestedControl control={inner} depth={depth + 1} isBare />
    </Section>
  )
}

/** Writes the value another way, with as much of it as fits there. */
export function useWriteWay(control: OneOfControl): (way: Way) => void {
  const { change, names, runNs } = useFormScope()
  return (way) => {
    const before: JsonValue | undefined = control.value ?? control.defaultValue
    const from = control.value === undefined ? undefined : control.ways[control.active]
    const { picture } = control
    const curve = picture && loadCurve(control.field, control.value, runNs, picture.level)
    const load = picture && curve && convertedLoad(curve, way, picture.level)
    const value = load ?? convertedValue(before, from, way, names)
    change(control.path, value, changeLabel('Change', control.label, control.path))
  }
}

interface NoWayProps extends ControlProps<OneOfControl> {
  readonly ways: ReactNode
  readonly onWrite: (way: Way) => void
}

/** Nothing is written, or something that fits no way at all. */
function NoWay({ control, label, trail, ways, onWrite }: NoWayProps) {
  const { isReadOnly } = useFormScope()
  const [first, ...more] = control.ways
  const words = control.value === undefined ? (control.byDefault ?? 'not set') : flowText(control.value)
  return (
    <>
      <FieldRow control={control} label={label} trail={trail}>
        <span className={groupStyles['absent']} title={words}>
          {words}
        </span>
        {control.value !== undefined || more.length > 0 ? (
          ways
        ) : (
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconPlus size={14} />}
            aria-label={`Add ${inSentence(control.label)}`}
            disabled={isReadOnly || first === undefined}
            onClick={() => {
              if (first !== undefined) onWrite(first)
            }}
          >
            Add
          </Button>
        )}
      </FieldRow>
      <FieldProblems pathText={control.pathText} />
    </>
  )
}

interface WayMenuProps {
  readonly control: OneOfControl
  /** Whether only a picture of it has room. */
  readonly isSmall: boolean
  readonly onChoose: (way: Way) => void
}

export function WayMenu({ control, isSmall, onChoose }: WayMenuProps) {
  const { isReadOnly } = useFormScope()
  const active = control.ways[control.active]
  const name =
    active === undefined
      ? `Add ${inSentence(control.label)}`
      : `${control.label}: ${active.title}. Write it another way`
  const button =
    active === undefined ? (
      <Button
        size="compact-xs"
        variant="subtle"
        className={groupStyles['way']}
        disabled={isReadOnly}
        leftSection={<IconPlus size={14} />}
        aria-label={name}
      >
        Add
      </Button>
    ) : isSmall ? (
      <ActionIcon size={24} variant="subtle" color="gray" disabled={isReadOnly} aria-label={name} title={name}>
        <IconAdjustmentsHorizontal size={14} />
      </ActionIcon>
    ) : (
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        className={groupStyles['way']}
        disabled={isReadOnly}
        rightSection={<IconChevronDown size={12} />}
        aria-label={name}
      >
        {active.title}
      </Button>
    )
  return (
    <Menu position="bottom-end" width={280} disabled={isReadOnly}>
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown className={optionStyles['menu']}>
        {control.ways.map((way) => (
          <Menu.Item
            key={way.title}
            onClick={() => {
              if (way !== active || control.value === undefined) onChoose(way)
            }}
          >
            <OptionLine label={way.title} help={way.help} isChosen={way === active} />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
