/** The scenarios as cards, with search, tags and order. */
import { Button, Chip, Group, Select } from '@mantine/core'
import { IconFileImport, IconPlus, IconSearchOff, IconSitemap } from '@tabler/icons-react'
import { useMemo } from 'react'
import { pickFiles } from '../../app/import-files.ts'
import { useWhyNotWritable } from '../../stores/connection-store.ts'
import { useLibrary } from '../../stores/library-store.ts'
import { useView } from '../../stores/view-store.ts'
import { EmptyState } from '../../widgets/EmptyState.tsx'
import { ErrorPanel } from '../../widgets/ErrorPanel.tsx'
import { GuardedButton } from '../../widgets/GuardedButton.tsx'
import type { CardOrder } from './card-order.ts'
import { cardOrders, foundCards, tagsOf } from './card-order.ts'
import { CardGrid } from './CardGrid.tsx'
import { CardSkeletons } from './CardSkeletons.tsx'
import styles from './ScenarioList.module.css'
import { SearchField } from './SearchField.tsx'

/** More tags than this do not help to choose. */
const TAGS_SHOWN = 10

const orderLabels: Readonly<Record<CardOrder, string>> = {
  changed: 'Last changed first',
  name: 'By name',
  verdict: 'Trouble first',
}

export interface ScenarioListProps {
  /** Shows the templates. */
  readonly onNew: () => void
}

export function ScenarioList({ onNew }: ScenarioListProps) {
  const cards = useLibrary((state) => state.cards)
  const list = useLibrary((state) => state.list)
  const listError = useLibrary((state) => state.listError)
  const parameters = useView(({ address }) => address.parameters)
  const whyNot = useWhyNotWritable()
  const search = parameters['q'] ?? ''
  const chosenTags = parameters['tags'] ?? ''
  const order = cardOrders.find((known) => known === parameters['sort']) ?? 'changed'
  const tags = useMemo(() => chosenTags.split(',').filter((tag) => tag !== ''), [chosenTags])
  const found = useMemo(() => foundCards(cards, { search, tags, order }), [cards, search, tags, order])
  const allTags = useMemo(() => tagsOf(cards).slice(0, TAGS_SHOWN), [cards])

  if (list === 'failed') return <Unreadable error={listError} />
  if (list !== 'ready') return <CardSkeletons />
  if (cards.length === 0) return <NoScenarios whyNot={whyNot} onNew={onNew} />
  return (
    <div className={styles['list']}>
      <Tools allTags={allTags} tags={tags} order={order} />
      {found.length === 0 ? <NothingFound total={cards.length} /> : <CardGrid found={found} whyNot={whyNot} />}
    </div>
  )
}

interface ToolsProps {
  readonly allTags: readonly string[]
  readonly tags: readonly string[]
  readonly order: CardOrder
}

function Tools({ allTags, tags, order }: ToolsProps) {
  const set = useView((state) => state.set)
  return (
    <div className={styles['tools']}>
      <SearchField label="Search scenarios" />
      <Chip.Group multiple value={[...tags]} onChange={(next) => set({ tags: next.join(',') || undefined })}>
        <Group gap={6} wrap="nowrap" className={styles['tags']}>
          {allTags.map((tag) => (
            <Chip key={tag} value={tag} size="xs" variant="light">
              {tag}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <Select
        className={styles['order']}
        aria-label="Order of the scenarios"
        size="sm"
        w={170}
        data={cardOrders.map((value) => ({ value, label: orderLabels[value] }))}
        value={order}
        allowDeselect={false}
        onChange={(next) => set({ sort: next === 'changed' || next === null ? undefined : next })}
      />
    </div>
  )
}

function Unreadable({ error }: { readonly error: unknown }) {
  return (
    <div className={styles['message']}>
      <ErrorPanel
        title="The scenarios could not be read."
        error={error}
        action={
          <Button variant="default" onClick={() => void useLibrary.getState().load()}>
            Try again
          </Button>
        }
      />
    </div>
  )
}

function NoScenarios({ whyNot, onNew }: ScenarioListProps & { readonly whyNot: string | null }) {
  const newIcon = <IconPlus size={16} aria-hidden="true" />
  const importIcon = <IconFileImport size={16} aria-hidden="true" />
  return (
    <EmptyState
      title="No scenarios yet"
      icon={<IconSitemap size={40} stroke={1.2} />}
      action={
        <>
          <GuardedButton variant="light" whyNot={whyNot} leftSection={newIcon} onClick={onNew}>
            New scenario
          </GuardedButton>
          <GuardedButton variant="default" whyNot={whyNot} leftSection={importIcon} onClick={pickFiles}>
            Import
          </GuardedButton>
        </>
      }
    >
      A scenario describes a system and its load, and asks a question: do we survive Black Friday at three times the
      load? Begin with one that ships with Headroom.
    </EmptyState>
  )
}

function NothingFound({ total }: { readonly total: number }) {
  const set = useView((state) => state.set)
  return (
    <EmptyState
      title="Nothing found"
      icon={<IconSearchOff size={36} stroke={1.2} />}
      action={
        <Button variant="default" onClick={() => set({ q: undefined, tags: undefined })}>
          Show all {total} scenarios
        </Button>
      }
    >
      No scenario has these words and tags in its name, question or tags.
    </EmptyState>
  )
}
