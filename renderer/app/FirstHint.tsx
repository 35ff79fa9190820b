/** What a newcomer reads once: what this is, and the one thing to do. */
import { CloseButton } from '@mantine/core'
import { IconSparkles } from '@tabler/icons-react'
import { useLibrary } from '../stores/library-store.ts'
import { useSettings } from '../stores/settings-store.ts'
import styles from './FirstHint.module.css'

const HINT = 'first-run'

export function FirstHint() {
  const read = useSettings(({ hintsRead }) => hintsRead.includes(HINT))
  const card = useLibrary(({ cards }) => cards.find(({ fileName }) => fileName === 'black-friday.yaml'))
  if (read || card === undefined) return null
  return (
    <aside className={styles['hint']} aria-label="First steps">
      <IconSparkles size={18} aria-hidden="true" />
      <p className={styles['text']}>
        <strong>This is {card.name}</strong>, a shop at three times its load. Press Run on its card: you will see the
        system fill up, what breaks first, and why.
      </p>
      <CloseButton aria-label="Do not show this again" onClick={() => useSettings.getState().dismissHint(HINT)} />
    </aside>
  )
}
