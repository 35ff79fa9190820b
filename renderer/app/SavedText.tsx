/** Whether the edits are on disk. */
import { Tooltip } from '@mantine/core'
import { useNow } from '../widgets/use-now.ts'
import { agoText } from '../widgets/time-text.ts'
import { useCurrentScenarioId } from './current-scenario.ts'
import { useDocumentGlance } from './document-glance.ts'
import styles from './Header.module.css'

/** "2 s ago" is read anew this often, in ms. */
const TICK_MS = 1000

const words = {
  saving: ['Saving', 'neutral'],
  unsaved: ['Not saved yet', 'neutral'],
  failed: ['Not saved', 'bad'],
  'read-only': ['Read-only', 'unsure'],
  conflict: ['Changed elsewhere', 'bad'],
} as const

export function SavedText() {
  const id = useDocumentGlance((state) => state.id)
  const saved = useDocumentGlance((state) => state.saved)
  const current = useCurrentScenarioId()
  const nowMs = useNow(TICK_MS)
  if (id === null || id !== current) return null
  if (saved.state === 'saved') {
    const text = saved.atMs === null ? 'Saved' : `Saved ${agoText(saved.atMs, nowMs)}`
    return <span className={styles['saved']}>{text}</span>
  }
  const [word, tone] = words[saved.state]
  return (
    <Tooltip
      label={`${saved.message ?? ''} ${saved.hint ?? ''}`.trim()}
      disabled={saved.message === undefined}
      multiline
      w={320}
    >
      <output className={styles['saved']} data-tone={tone}>
        {word}
      </output>
    </Tooltip>
  )
}
