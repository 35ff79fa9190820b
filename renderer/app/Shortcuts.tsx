/** The list of keyboard shortcuts. */
import { Kbd, Modal } from '@mantine/core'
import { modifierKey } from './keys.ts'
import { closeShortcuts, useShortcutsShown } from './shortcuts-store.ts'
import styles from './Shortcuts.module.css'

type Shortcut = readonly [what: string, ...keys: readonly string[]]

const groups: readonly { readonly title: string; readonly shortcuts: readonly Shortcut[] }[] = [
  {
    title: 'Everywhere',
    shortcuts: [
      ['Search, and everything that can be done', modifierKey, 'K'],
      ['Run the scenario', modifierKey, 'Enter'],
      ['Cancel the run', 'Esc'],
      ['This list', '?'],
    ],
  },
  {
    title: 'Editing',
    shortcuts: [
      ['Undo', modifierKey, 'Z'],
      ['Redo', modifierKey, 'Shift', 'Z'],
      ['Take back a selection', 'Esc'],
    ],
  },
  {
    title: 'Lists',
    shortcuts: [
      ['To the next or the one before', '← ↑ → ↓'],
      ['Open', 'Enter'],
      ['Search in the library', '/'],
    ],
  },
]

export function Shortcuts() {
  const shown = useShortcutsShown((state) => state.shown)
  return (
    <Modal opened={shown} onClose={closeShortcuts} title="Keyboard shortcuts" size={440}>
      {groups.map(({ title, shortcuts }) => (
        <section key={title} className={styles['group']}>
          <h3 className={styles['title']}>{title}</h3>
          <dl className={styles['list']}>
            {shortcuts.map(([what, ...keys]) => (
              <div key={what} className={styles['line']}>
                <dt>{what}</dt>
                <dd>
                  {keys.map((key) => (
                    <Kbd key={key} size="xs">
                      {key}
                    </Kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Modal>
  )
}
