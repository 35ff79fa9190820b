/** The bottom line: problems, engine, seed, and what the last run said. */
import { UnstyledButton } from '@mantine/core'
import { useConnection } from '../stores/connection-store.ts'
import { useView } from '../stores/view-store.ts'
import { isUnderWay, runWords } from '../widgets/run-words.ts'
import { useCurrentCard, useCurrentRun } from './current-scenario.ts'
import { useDocumentGlance } from './document-glance.ts'
import { openShortcuts } from './shortcuts-store.ts'
import styles from './StatusBar.module.css'

export function StatusBar() {
  const card = useCurrentCard()
  const run = useCurrentRun()
  const engine = useConnection(({ info }) => info?.engineVersion)
  const openProblems = useDocumentGlance(({ id, problems }) => (id === card?.id ? problems : null))
  const problems = openProblems ?? card?.problems
  const go = useView((state) => state.go)
  const words = run === undefined ? undefined : runWords(run, run.headline?.objectives)
  return (
    <footer className={styles['bar']}>
      {card !== undefined && problems !== undefined && (
        <UnstyledButton className={styles['entry']} onClick={() => go('design', card.id, { panel: 'problems' })}>
          Problems{' '}
          <span className={styles['value']} data-tone={problems > 0 ? 'bad' : 'neutral'}>
            {problems}
          </span>
        </UnstyledButton>
      )}
      {engine !== undefined && (
        <span className={styles['entry']}>
          Engine <span className={styles['value']}>{engine}</span>
        </span>
      )}
      {run !== undefined && words !== undefined && (
        <>
          <span className={styles['entry']}>
            Seed <span className={styles['value']}>{run.seed}</span>
          </span>
          <UnstyledButton
            className={styles['entry']}
            onClick={() => (isUnderWay(run.status) ? go('run', run.scenarioId ?? '') : go('results', run.id))}
          >
            Run #{run.number}{' '}
            <span className={styles['value']} data-tone={words.tone}>
              {words.sign} {words.word}
            </span>
          </UnstyledButton>
        </>
      )}
      <span className={styles['space']} />
      <UnstyledButton className={styles['entry']} onClick={openShortcuts}>
        Keyboard shortcuts <kbd className={styles['key']}>?</kbd>
      </UnstyledButton>
    </footer>
  )
}
