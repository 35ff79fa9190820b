/** Chooses the runs to compare: all that have a result, by scenario, with a search. */
import { Button, Checkbox, Modal, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { RunSummary } from '../../../host/contract/run-records.ts'
import { useRuns } from '../../stores/runs-store.ts'
import { figureWords } from '../../widgets/figure-text.ts'
import { momentText } from '../../widgets/time-text.ts'
import { VerdictBadge } from '../../widgets/VerdictBadge.tsx'
import { pickableGroups, RUNS_MAX } from './compared-runs.ts'
import styles from './RunPicker.module.css'
import { compareRuns } from './use-compared-runs.ts'

/** Runs listed at a time; a search finds the others. */
const LISTED_MAX = 100

export interface RunPickerProps {
  readonly picked: readonly string[]
  readonly onClose: () => void
}

export function RunPicker({ picked, onClose }: RunPickerProps) {
  const summaries = useRuns((state) => state.summaries)
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState(picked)
  const groups = useMemo(() => pickableGroups(summaries, search), [summaries, search])
  const listed = useMemo(() => firstRuns(groups), [groups])
  const found = groups.reduce((sum, { runs }) => sum + runs.length, 0)
  const toggle = (id: string): void =>
    setChosen(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id])
  const compare = (): void => {
    compareRuns(chosen)
    onClose()
  }
  return (
    <Modal
      opened
      lockScroll={false}
      onClose={onClose}
      title="Runs to compare"
      size={760}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <TextInput
        data-autofocus
        aria-label="Search runs"
        placeholder="Search by scenario, number, seed or tag"
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <div className={styles['list']}>
        {listed.map(({ scenario, runs }) => (
          <fieldset key={scenario} className={styles['group']}>
            <legend className={styles['scenario']}>{scenario}</legend>
            {runs.map((run) => (
              <PickableRun
                key={run.id}
                run={run}
                isChosen={chosen.includes(run.id)}
                isFull={chosen.length >= RUNS_MAX}
                onToggle={toggle}
              />
            ))}
          </fieldset>
        ))}
        {found === 0 && (
          <p className={styles['nothing']}>
            {summaries.length === 0 ? 'No run has a result yet.' : 'No run with a result matches.'}
          </p>
        )}
        {found > LISTED_MAX && <p className={styles['nothing']}>{found - LISTED_MAX} more: narrow the search.</p>}
      </div>
      <div className={styles['foot']}>
        <span className={styles['hint']} aria-live="polite">
          {hintOf(chosen.length)}
        </span>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button disabled={chosen.length < 2} onClick={compare}>
          {chosen.length < 2 ? 'Compare' : `Compare ${chosen.length} runs`}
        </Button>
      </div>
    </Modal>
  )
}

interface PickableRunProps {
  readonly run: RunSummary
  readonly isChosen: boolean
  readonly isFull: boolean
  readonly onToggle: (id: string) => void
}

function PickableRun({ run, isChosen, isFull, onToggle }: PickableRunProps) {
  return (
    <label className={styles['run']}>
      <Checkbox size="sm" checked={isChosen} disabled={!isChosen && isFull} onChange={() => onToggle(run.id)} />
      <span className={styles['number']}>#{run.number}</span>
      <span>
        <VerdictBadge verdict={run.verdict} status={run.status} reason={run.reason} />
      </span>
      <span className={styles['facts']}>{factsOf(run)}</span>
      <span className={styles['when']}>{momentText(run.endedMs ?? run.createdMs)}</span>
    </label>
  )
}

function hintOf(count: number): string {
  if (count < 2) return count === 0 ? 'Choose two or more.' : 'Choose one more.'
  return count >= RUNS_MAX ? `${RUNS_MAX} runs at most.` : 'The first chosen is the baseline.'
}

function factsOf({ headline, seed, replications }: RunSummary): string {
  const facts = [`${replications}×`, `seed ${seed}`]
  if (headline === null) return facts.join(' · ')
  return [
    ...facts,
    `p95 ${figureWords(headline.p95Ms, 'ms')}`,
    `errors ${figureWords(headline.errorRatio, 'ratio')}`,
  ].join(' · ')
}

function firstRuns(groups: ReturnType<typeof pickableGroups>): ReturnType<typeof pickableGroups> {
  let left = LISTED_MAX
  return groups.flatMap(({ scenario, runs }) => {
    const taken = runs.slice(0, Math.max(0, left))
    left -= taken.length
    return taken.length === 0 ? [] : [{ scenario, runs: taken }]
  })
}
