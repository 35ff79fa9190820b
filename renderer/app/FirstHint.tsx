/** What a newcomer reads once: what this is, and the one thing to do. */
import { CloseButton } from '@mantine/core'
import { IconPlayerPlay, IconSparkles } from '@tabler/icons-react'
import { useWhyNotWritable } from '../stores/connection-store.ts'
import { useLibrary } from '../stores/library-store.ts'
import { useRuns } from '../stores/runs-store.ts'
import { useSettings } from '../stores/settings-store.ts'
import { GuardedButton } from '../widgets/GuardedButton.tsx'
import { FIRST_SCENARIO } from './current-scenario.ts'
import styles from './FirstHint.module.css'
import { runScenario } from './run-scenario.ts'

const HINT = 'first-run'

/** Gone for good once it is closed, or once anything was run. */
export function FirstHint() {
  const read = useSettings(({ hintsRead }) => hintsRead.includes(HINT))
  const neverRun = useRuns(({ list, summaries }) => list === 'ready' && summaries.length === 0)
  const card = useLibrary(({ cards }) => cards.find(({ fileName }) => fileName === FIRST_SCENARIO))
  const whyNot = useWhyNotWritable()
  if (read || !neverRun || card === undefined) return null
  const close = (): void => useSettings.getState().dismissHint(HINT)
  return (
    <aside className={styles['hint']} aria-label="First steps">
      <IconSparkles size={18} aria-hidden="true" />
      <p className={styles['text']}>
        <strong>This is {card.name}</strong>, a shop at three times its load. Press Run, and watch the system fill up,
        what breaks first, and why.
      </p>
      <GuardedButton
        size="compact-sm"
        variant="light"
        whyNot={whyNot}
        leftSection={<IconPlayerPlay size={14} aria-hidden="true" />}
        onClick={() => {
          close()
          void runScenario({ scenarioId: card.id })
        }}
      >
        Run
      </GuardedButton>
      <CloseButton aria-label="Do not show this again" onClick={close} />
    </aside>
  )
}
