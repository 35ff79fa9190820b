/** Named fields of one thing, with the ones that are left at their defaults out of the way. */
import { Button } from '@mantine/core'
import { IconChevronDown, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { ControlProps } from './NestedControl.tsx'
import { NestedControl } from './NestedControl.tsx'
import { FieldProblems, FieldRow, ResetButton } from './FieldRow.tsx'
import styles from './GroupView.module.css'
import type { Control, GroupControl } from './form-types.ts'
import { isWordOnly } from './form-types.ts'
import { useFormScope } from './form-scope.ts'
import { problemCount } from './form-model.ts'
import { Section } from './Section.tsx'
import { starterValue } from './starter-value.ts'
import { summaryOf } from './summary.ts'
import { changeLabel, inSentence } from './words.ts'

/** More fields than this that nobody has set are folded away. */
const UNSET_MOST = 4

export function GroupView({ control, label, trail, depth, isBare = false }: ControlProps<GroupControl>) {
  if (isBare) return <GroupFields control={control} depth={depth} />
  if (isAbsent(control)) return <AbsentGroup control={control} label={label} trail={trail} depth={depth} />
  return (
    <Section
      title={label ?? control.label}
      help={control.help}
      pathText={control.pathText}
      summary={summaryOf(control.value)}
      note={control.origin === 'base' ? 'inherited' : undefined}
      actions={
        <>
          {trail}
          <ResetButton control={control} />
        </>
      }
      isOpenAtFirst={control.value !== undefined && depth < 4}
      depth={depth}
    >
      <GroupFields control={control} depth={depth + 1} />
    </Section>
  )
}

/** Whether nothing is written, and nothing stands for it. */
function isAbsent({ value, isOptional, defaultValue }: GroupControl): boolean {
  return value === undefined && isOptional && defaultValue === undefined
}

function AbsentGroup({ control, label, trail }: ControlProps<GroupControl>) {
  const { change, names, isReadOnly } = useFormScope()
  return (
    <FieldRow control={control} label={label} trail={trail}>
      <AddLine
        words={control.byDefault ?? 'not set'}
        name={control.label}
        isDisabled={isReadOnly}
        onAdd={() =>
          change(control.path, starterValue(control.field, names), changeLabel('Add', control.label, control.path))
        }
      />
    </FieldRow>
  )
}

interface AddLineProps {
  /** What holds while there is nothing. */
  readonly words: string
  readonly name: string
  readonly isDisabled: boolean
  readonly onAdd: () => void
}

/** What holds while something is absent, and the button that adds it. */
export function AddLine({ words, name, isDisabled, onAdd }: AddLineProps) {
  return (
    <>
      <span className={styles['absent']} title={words}>
        {words}
      </span>
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconPlus size={14} />}
        aria-label={`Add ${inSentence(name)}`}
        disabled={isDisabled}
        onClick={onAdd}
      >
        Add
      </Button>
    </>
  )
}

function GroupFields({ control, depth }: { readonly control: GroupControl; readonly depth: number }) {
  const { problems } = useFormScope()
  const [showsAll, setShowsAll] = useState(false)
  const isQuiet = (part: Control): boolean =>
    part.value === undefined && part.isOptional && problemCount({ problems }, part.pathText) === 0
  const quiet = control.controls.filter(isQuiet)
  const folds = depth > 1 && quiet.length > UNSET_MOST && quiet.length < control.controls.length
  const told = folds && !showsAll ? control.controls.filter((part) => !isQuiet(part)) : control.controls
  const shown = told.filter((part) => !isWordOnly(part) || part.value === undefined || problems.has(part.pathText))
  return (
    <>
      <FieldProblems pathText={control.pathText} />
      {shown.map((part) => (
        <NestedControl key={part.pathText} control={part} depth={depth} />
      ))}
      {folds && (
        <Button
          className={styles['more']}
          size="compact-xs"
          variant="subtle"
          color="gray"
          leftSection={<IconChevronDown className={styles['chevron']} data-open={showsAll || undefined} size={14} />}
          aria-expanded={showsAll}
          onClick={() => setShowsAll(!showsAll)}
        >
          {showsAll ? 'Only what is set' : `${quiet.length} more at their defaults`}
        </Button>
      )}
    </>
  )
}
