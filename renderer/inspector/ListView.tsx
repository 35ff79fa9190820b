/** Entries in order: add, move, remove. */
import { Button, TagsInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useId } from 'react'
import { scalarText } from '../../sim-core/language/quantity.ts'
import type { ControlProps } from './NestedControl.tsx'
import { NestedControl } from './NestedControl.tsx'
import { FieldProblems, FieldRow, ResetButton } from './FieldRow.tsx'
import type { Control, ListControl } from './form-types.ts'
import { useFormScope } from './form-scope.ts'
import { AddLine } from './GroupView.tsx'
import styles from './ListView.module.css'
import { MoveHandle, RemoveButton } from './RowButtons.tsx'
import { Section } from './Section.tsx'
import { shortFields, ShortEntry } from './ShortEntry.tsx'
import { starterValue } from './starter-value.ts'
import { summaryOf } from './summary.ts'
import { movedEntry, useReorder } from './use-reorder.ts'
import { changeLabel, inSentence } from './words.ts'

export function ListView(props: ControlProps<ListControl>) {
  const isOfTexts = props.control.item.field.input?.kind === 'text'
  return isOfTexts && props.isBare !== true ? <TextList {...props} /> : <EntryList {...props} />
}

/** Words are entered one after the other in one line. */
function TextList({ control, label, trail }: ControlProps<ListControl>) {
  const id = useId()
  const { change, isReadOnly } = useFormScope()
  const texts = control.items.map(({ value }) => scalarText(value))
  const write = (next: readonly string[]): void => {
    const value = next.length === 0 && control.isOptional ? undefined : next
    change(control.path, value, changeLabel('Change', control.label, control.path))
  }
  return (
    <FieldRow control={control} inputId={id} label={label} trail={trail} shape={texts.length > 1 ? 'wide' : undefined}>
      <TagsInput
        id={id}
        size="xs"
        flex={1}
        miw={0}
        value={texts}
        placeholder={texts.length === 0 ? (control.byDefault ?? 'none') : ''}
        readOnly={isReadOnly}
        onChange={write}
      />
    </FieldRow>
  )
}

function EntryList({ control, label, trail, depth, isBare = false }: ControlProps<ListControl>) {
  const { change, names, isReadOnly } = useFormScope()
  const isAbsent = control.value === undefined && control.isOptional
  const add = (): void => {
    const next = starterValue(control.item, names)
    const verb = changeLabel('Add to', control.label, control.path)
    // The first entry makes the list; a base's list is taken over whole.
    if (control.origin === 'own') change([...control.path, control.items.length], next, verb)
    else change(control.path, [...control.items.map(({ value }) => value ?? null), next], verb)
  }
  if (isAbsent && !isBare) {
    return (
      <FieldRow control={control} label={label} trail={trail}>
        <AddLine words={control.byDefault ?? 'none'} name={control.label} isDisabled={isReadOnly} onAdd={add} />
      </FieldRow>
    )
  }
  const entries = <Entries control={control} depth={depth + 1} onAdd={add} />
  if (isBare) return entries
  return (
    <Section
      title={label ?? control.label}
      help={control.help}
      pathText={control.pathText}
      note={control.origin === 'base' ? `${control.items.length}, inherited` : String(control.items.length)}
      summary={summaryOf(control.value)}
      actions={
        <>
          {trail}
          <ResetButton control={control} />
        </>
      }
      isOpenAtFirst={depth < 4}
      depth={depth}
    >
      {entries}
    </Section>
  )
}

/** Moving and removing entries. What a base says is taken over whole before it is changed. */
function useListEdits(control: ListControl) {
  const { change, isReadOnly } = useFormScope()
  const values = control.items.map(({ value }) => value ?? null)
  const reorder = useReorder(values.length, isReadOnly, (from, to) => {
    change(control.path, movedEntry(values, from, to), changeLabel('Move in', control.label, control.path))
  })
  const remove = (index: number): void => {
    const verb = changeLabel('Remove from', control.label, control.path)
    if (values.length === 1 && control.isOptional) change(control.path, undefined, verb)
    else if (control.origin === 'own') change([...control.path, index], undefined, verb)
    else change(control.path, values.toSpliced(index, 1), verb)
  }
  return { reorder, remove }
}

interface EntriesProps {
  readonly control: ListControl
  readonly depth: number
  readonly onAdd: () => void
}

function Entries({ control, depth, onAdd }: EntriesProps) {
  const { isReadOnly } = useFormScope()
  const { reorder, remove } = useListEdits(control)
  const isFixed = control.min === control.max
  const mustStay = isFixed || (control.items.length <= control.min && !control.isOptional)
  return (
    <>
      <FieldProblems pathText={control.pathText} />
      <ol className={styles['entries']}>
        {control.items.map((item, index) => {
          const name = `${entryName(control)} ${index + 1}`
          return (
            <li key={item.pathText} className={styles['entry']} {...reorder.row(index)}>
              {control.items.length > 1 && (
                <MoveHandle name={name} handle={reorder.handle(index)} isDisabled={isReadOnly || isFixed} />
              )}
              <div className={styles['body']}>
                <Entry
                  control={{ ...item, label: name }}
                  index={index}
                  depth={depth}
                  trail={
                    <RemoveButton name={name} isDisabled={isReadOnly || mustStay} onRemove={() => remove(index)} />
                  }
                />
              </div>
            </li>
          )
        })}
      </ol>
      {!isFixed && control.items.length < control.max && (
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          disabled={isReadOnly}
          onClick={onAdd}
        >
          Add {entryName(control)}
        </Button>
      )}
    </>
  )
}

/** One of them: the label without its plural. */
function entryName({ label }: ListControl): string {
  const words = inSentence(label)
  return words.endsWith('s') ? words.slice(0, -1) : 'entry'
}

interface EntryProps {
  readonly control: Control
  readonly index: number
  readonly depth: number
  readonly trail: ReactNode
}

function Entry({ control, index, depth, trail }: EntryProps) {
  const number = <span className={styles['number']}>{index + 1}</span>
  const short = shortFields(control)
  if (short !== undefined && control.kind === 'one_of') {
    return <ShortEntry control={control} fields={short} number={number} trail={trail} />
  }
  const { value } = control
  // Entries are told by their name, where they have one.
  const name = typeof value === 'object' && value !== null && 'name' in value ? value['name'] : undefined
  const label = (
    <span>
      {number}
      {typeof name === 'string' ? name : ''}
    </span>
  )
  return <NestedControl control={control} label={label} depth={depth} trail={trail} />
}
