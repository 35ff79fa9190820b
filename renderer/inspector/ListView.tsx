/** Entries in order: add, move, remove. */
import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { ControlViewProps } from './ControlView.tsx'
import { ControlView } from './ControlView.tsx'
import { FieldProblems, FieldRow, ResetButton } from './FieldRow.tsx'
import type { Control, ListControl } from './form-types.ts'
import { useFormScope } from './form-scope.ts'
import { AddLine } from './GroupView.tsx'
import styles from './ListView.module.css'
import { MoveHandle, RemoveButton } from './RowButtons.tsx'
import { Section } from './Section.tsx'
import { starterValue } from './starter-value.ts'
import { summaryOf } from './summary.ts'
import { movedEntry, useReorder } from './use-reorder.ts'
import { changeLabel, inSentence } from './words.ts'

type ListViewProps = Omit<ControlViewProps, 'control'> & { readonly control: ListControl }

export function ListView({ control, label, trail, depth, isBare = false }: ListViewProps) {
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

function Entries({
  control,
  depth,
  onAdd,
}: {
  readonly control: ListControl
  readonly depth: number
  readonly onAdd: () => void
}) {
  const { change, isReadOnly } = useFormScope()
  const reorder = useReorder(control.items.length, isReadOnly, (from, to) => {
    const values = movedEntry(
      control.items.map(({ value }) => value ?? null),
      from,
      to,
    )
    change(control.path, values, changeLabel('Move in', control.label, control.path))
  })
  const isFixed = control.min === control.max
  const remove = (index: number): void => {
    const verb = changeLabel('Remove from', control.label, control.path)
    const isLast = control.items.length === 1 && control.isOptional
    if (isLast) change(control.path, undefined, verb)
    else if (control.origin === 'own') change([...control.path, index], undefined, verb)
    else
      change(
        control.path,
        control.items.filter((_, at) => at !== index).map(({ value }) => value ?? null),
        verb,
      )
  }
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
                <ControlView
                  control={{ ...item, label: name }}
                  label={<EntryLabel control={item} index={index} />}
                  depth={depth}
                  trail={
                    isFixed ? undefined : (
                      <RemoveButton
                        name={name}
                        isDisabled={isReadOnly || (control.items.length <= control.min && !control.isOptional)}
                        onRemove={() => remove(index)}
                      />
                    )
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

/** Entries are told by their name, where they have one, or by their number. */
function EntryLabel({ control, index }: { readonly control: Control; readonly index: number }) {
  const { value } = control
  const name = typeof value === 'object' && value !== null && 'name' in value ? value['name'] : undefined
  return (
    <span>
      <span className={styles['number']}>{index + 1}</span>
      {typeof name === 'string' ? name : control.kind === 'one_of' ? control.ways[control.active]?.title : ''}
    </span>
  )
}
