/** Steps of an endpoint, and steps within steps: add a word, move, remove, edit in place. */
import { Button, Menu } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { JsonValue } from '../../sim-core/language/field.ts'
import type { ControlProps } from './NestedControl.tsx'
import { NestedControl } from './NestedControl.tsx'
import { FieldProblems, ResetButton } from './FieldRow.tsx'
import type { StepControl, StepsControl } from './form-types.ts'
import { useFormScope } from './form-scope.ts'
import type { StepWord } from './field-at.ts'
import { stepWords } from './field-at.ts'
import { OptionLine } from './OptionLine.tsx'
import optionStyles from './OptionLine.module.css'
import { MoveHandle, RemoveButton } from './RowButtons.tsx'
import { Section } from './Section.tsx'
import { starterValue } from './starter-value.ts'
import styles from './StepsView.module.css'
import { flowText } from './summary.ts'
import { movedEntry, useReorder } from './use-reorder.ts'
import { changeLabel } from './words.ts'

export function StepsView({ control, label, trail, depth, isBare = false }: ControlProps<StepsControl>) {
  const list = <StepList control={control} depth={depth + 1} />
  if (isBare) return list
  return (
    <Section
      title={label ?? control.label}
      help={control.help}
      pathText={control.pathText}
      note={String(control.steps.length)}
      summary={control.steps.map(({ word }) => word).join(', ')}
      actions={
        <>
          {trail}
          <ResetButton control={control} />
        </>
      }
      isOpenAtFirst
      depth={depth}
    >
      {list}
    </Section>
  )
}

function StepList({ control, depth }: { readonly control: StepsControl; readonly depth: number }) {
  const { change, language, names, isReadOnly } = useFormScope()
  const values = control.steps.map(({ value }) => value)
  const write = (next: readonly JsonValue[], verb: string): void =>
    change(control.path, next, changeLabel(verb, control.label, control.path))
  const isOwnList = Array.isArray(control.value) && control.origin === 'own'
  const reorder = useReorder(values.length, isReadOnly, (from, to) => write(movedEntry(values, from, to), 'Move in'))
  const add = ({ word, field }: StepWord): void => {
    const step = { [word]: starterValue(field, names) }
    if (isOwnList)
      change([...control.path, values.length], step, changeLabel(`Add ${word} to`, control.label, control.path))
    else write([...values, step], `Add ${word} to`)
  }
  const remove = (index: number): void => {
    if (isOwnList) change([...control.path, index], undefined, changeLabel('Remove from', control.label, control.path))
    else write(values.toSpliced(index, 1), 'Remove from')
  }
  return (
    <>
      <FieldProblems pathText={control.pathText} />
      <ol className={styles['steps']}>
        {control.steps.map((step, index) => {
          const name = `step ${index + 1}, ${step.word}`
          return (
            // Steps have no name of their own: the place is what they are.
            <li key={step.pathText} className={styles['step']} {...reorder.row(index)}>
              <MoveHandle name={name} handle={reorder.handle(index)} isDisabled={isReadOnly || values.length < 2} />
              <div className={styles['body']}>
                <StepBody
                  step={step}
                  depth={depth}
                  trail={<RemoveButton name={name} isDisabled={isReadOnly} onRemove={() => remove(index)} />}
                />
              </div>
            </li>
          )
        })}
      </ol>
      <Menu position="bottom-start" width={300} disabled={isReadOnly}>
        <Menu.Target>
          <Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={14} />} disabled={isReadOnly}>
            Add step
          </Button>
        </Menu.Target>
        <Menu.Dropdown className={optionStyles['menu']}>
          {stepWords(language).map((word) => (
            <Menu.Item key={word.word} onClick={() => add(word)}>
              <OptionLine label={word.word} help={word.help} isChosen={false} />
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  )
}

interface StepBodyProps {
  readonly step: StepControl
  readonly depth: number
  readonly trail: ReactNode
}

function StepBody({ step, depth, trail }: StepBodyProps) {
  const word = <span className={styles['word']}>{step.word}</span>
  const { control } = step
  if (control === undefined) {
    return (
      <div className={styles['unknown']}>
        {word}
        <span>{flowText(step.value)}</span>
        {trail}
        <FieldProblems pathText={step.pathText} />
      </div>
    )
  }
  return (
    <>
      <FieldProblems pathText={step.pathText} />
      <NestedControl
        control={{ ...control, label: step.word, isOptional: false }}
        depth={depth}
        label={word}
        trail={trail}
      />
    </>
  )
}
