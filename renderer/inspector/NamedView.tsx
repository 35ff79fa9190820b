/** Entries by names that the user gives: add, rename, remove. */
import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core'
import { IconPencil, IconPlus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useState } from 'react'
import type { AnyField, JsonValue } from '../../sim-core/language/field.ts'
import { isMapValue } from '../stores/document-path.ts'
import type { ControlProps } from './NestedControl.tsx'
import { NestedControl } from './NestedControl.tsx'
import { FieldProblems, FieldRow, ResetButton } from './FieldRow.tsx'
import type { FormScope } from './form-scope.ts'
import type { Control, NamedControl } from './form-types.ts'
import { useFormScope } from './form-scope.ts'
import { AddLine } from './GroupView.tsx'
import { LeafField } from './LeafField.tsx'
import optionStyles from './OptionLine.module.css'
import { freeName } from './palette-model.ts'
import { RenameInput } from './RenameInput.tsx'
import { RemoveButton } from './RowButtons.tsx'
import { Section } from './Section.tsx'
import { membersOf, starterValue } from './starter-value.ts'
import { summaryOf } from './summary.ts'
import { changeLabel, inSentence } from './words.ts'

export function NamedView({ control, label, trail, depth, isBare = false }: ControlProps<NamedControl>) {
  const { isReadOnly, change, names } = useFormScope()
  if (control.value === undefined && control.isOptional && !isBare) {
    const [first = 'name'] = freeKeys(control, names)
    const add = (): void =>
      change([...control.path, first], starterValue(control.item, names), addLabel(control, first))
    return (
      <FieldRow control={control} label={label} trail={trail}>
        <AddLine words={control.byDefault ?? 'none'} name={control.label} isDisabled={isReadOnly} onAdd={add} />
      </FieldRow>
    )
  }
  const entries = <Entries control={control} depth={isBare ? depth : depth + 1} />
  if (isBare) return entries
  return (
    <Section
      title={label ?? control.label}
      help={control.help}
      pathText={control.pathText}
      note={String(control.entries.length)}
      summary={control.entries.map(({ key }) => key).join(', ')}
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

function Entries({ control, depth }: { readonly control: NamedControl; readonly depth: number }) {
  const { change, isReadOnly } = useFormScope()
  return (
    <>
      <FieldProblems pathText={control.pathText} />
      {control.entries.map(({ key, control: entry }) => (
        <NamedEntry
          key={key}
          name={key}
          parent={control}
          control={entry}
          depth={depth}
          trail={
            <RemoveButton
              name={key}
              isDisabled={isReadOnly || control.entries.length <= control.min}
              onRemove={() =>
                change(entry.path, undefined, changeLabel(`Remove ${key} from`, control.label, control.path))
              }
            />
          }
        />
      ))}
      <AddEntry control={control} />
    </>
  )
}

interface NamedEntryProps {
  readonly name: string
  readonly parent: NamedControl
  readonly control: Control
  readonly depth: number
  readonly trail: ReactNode
}

function NamedEntry({ name, parent, control, depth, trail }: NamedEntryProps) {
  const { isReadOnly } = useFormScope()
  const [isRenaming, setIsRenaming] = useState(false)
  if (isRenaming) return <RenameInput name={name} parent={parent} onDone={() => setIsRenaming(false)} />
  const canRename = isFreeName(parent.keyField)
  const actions = (
    <>
      {canRename && (
        <Tooltip label={`Rename ${name}`} openDelay={400}>
          <ActionIcon
            size={24}
            variant="subtle"
            color="gray"
            aria-label={`Rename ${name}`}
            disabled={isReadOnly}
            onClick={() => setIsRenaming(true)}
          >
            <IconPencil size={14} />
          </ActionIcon>
        </Tooltip>
      )}
      {trail}
    </>
  )
  const named = { label: name, isOptional: false }
  const shown = { ...control, ...named }
  if (control.kind === 'leaf') return <LeafField control={{ ...control, ...named }} trail={trail} shape="name" />
  if (control.kind !== 'group') return <NestedControl control={shown} depth={depth} trail={actions} />
  return (
    <Section
      title={name}
      help={control.help}
      pathText={control.pathText}
      summary={summaryOf(control.value)}
      note={control.origin === 'base' ? 'inherited' : undefined}
      actions={actions}
      isOpenAtFirst={parent.entries.length === 1}
      depth={depth}
    >
      <NestedControl control={control} depth={depth + 1} isBare />
    </Section>
  )
}

/** Whether names of entries are the user's own, and not those of something else. */
function isFreeName({ field }: AnyField): boolean {
  return field.input === undefined
}

/** Names that a new entry may have; those of a free choice have no end. */
function freeKeys(control: NamedControl, names: FormScope['names']): readonly string[] {
  const { input } = control.keyField.field
  const taken = isMapValue(control.value) ? Object.keys(control.value) : []
  const isFree = (name: string): boolean => !taken.includes(name) && !taken.includes(name.split('.')[1] ?? name)
  if (input?.kind === 'member') return membersOf(input, names).filter(isFree)
  if (input?.kind === 'reference') return input.sections.flatMap((section) => names.ids(section) ?? []).filter(isFree)
  return [freeName(entryName(control), taken)]
}

function entryName({ label }: NamedControl): string {
  const word = label.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '_')
  return word.endsWith('sses') ? word.slice(0, -2) : word.endsWith('s') ? word.slice(0, -1) : word
}

function addLabel(control: NamedControl, key: string): string {
  return changeLabel(`Add ${key} to`, control.label, control.path)
}

function AddEntry({ control }: { readonly control: NamedControl }) {
  const { change, names, isReadOnly } = useFormScope()
  const keys = freeKeys(control, names)
  const add = (key: string): void => {
    const value: JsonValue = starterValue(control.item, names)
    change([...control.path, key], value, addLabel(control, key))
  }
  const button = (onClick?: () => void) => (
    <Button
      size="compact-xs"
      variant="subtle"
      leftSection={<IconPlus size={14} />}
      disabled={isReadOnly || keys.length === 0}
      onClick={onClick}
    >
      Add {isFreeName(control.keyField) ? inSentence(entryName(control).replaceAll('_', ' ')) : 'entry'}
    </Button>
  )
  const [only] = keys
  if (isFreeName(control.keyField)) return button(() => only !== undefined && add(only))
  if (keys.length === 0) return null
  return (
    <Menu position="bottom-start">
      <Menu.Target>{button()}</Menu.Target>
      <Menu.Dropdown className={optionStyles['menu']}>
        {keys.map((key) => (
          <Menu.Item key={key} onClick={() => add(key)}>
            {key}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
