/** The name of the current scenario, and the way to another. */
import { Menu, UnstyledButton } from '@mantine/core'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import { useLibrary } from '../stores/library-store.ts'
import type { Address } from '../stores/view-store.ts'
import { useView } from '../stores/view-store.ts'
import { useCurrentCard } from './current-scenario.ts'
import { useDocumentGlance } from './document-glance.ts'
import styles from './Header.module.css'

/** The last changed ones; the library has the rest. */
const LISTED = 10

export function ScenarioMenu() {
  const card = useCurrentCard()
  const cards = useLibrary((state) => state.cards)
  const openName = useDocumentGlance(({ id, name }) => (id === card?.id && name !== '' ? name : undefined))
  if (card === undefined) return null
  return (
    <Menu position="bottom-start" shadow="md" width={300}>
      <Menu.Target>
        <UnstyledButton
          className={styles['scenario']}
          aria-label={`Scenario: ${openName ?? card.name}. Switch to another`}
        >
          <span className={styles['name']}>{openName ?? card.name}</span>
          <IconChevronDown size={14} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Last changed</Menu.Label>
        {cards.slice(0, LISTED).map(({ id, name }) => (
          <Menu.Item
            key={id}
            rightSection={id === card.id && <IconCheck size={14} aria-label="chosen" />}
            onClick={() => switchTo(id)}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => useView.getState().go('library')}>All scenarios</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** Another scenario on the same screen, where that makes sense. */
function switchTo(id: string): void {
  const { address, go } = useView.getState()
  const view: Address['view'] = address.view === 'run' ? 'run' : 'design'
  go(view, id)
}
