/** The runs that are compared: what each is, how it stands, and which is the baseline. */
import { ActionIcon, Menu } from '@mantine/core'
import { IconDotsVertical } from '@tabler/icons-react'
import { useView } from '../../stores/view-store.ts'
import { explained } from '../../widgets/explained.ts'
import { momentText } from '../../widgets/time-text.ts'
import { VerdictBadge } from '../../widgets/VerdictBadge.tsx'
import type { ComparedRun } from './compared-runs.ts'
import { RunMark } from './RunMark.tsx'
import styles from './RunStrip.module.css'
import { compareRuns } from './use-compared-runs.ts'

export interface RunStripProps {
  readonly runs: readonly ComparedRun[]
}

export function RunStrip({ runs }: RunStripProps) {
  const ids = runs.map(({ id }) => id)
  return (
    <ul className={styles['strip']} aria-label="Runs compared">
      {runs.map((run, i) => (
        <li key={run.id} className={styles['run']} data-state={run.state}>
          <RunMark label={run.label} />
          <div className={styles['what']} title={factsOf(run)}>
            <span className={styles['name']}>
              {run.summary === undefined ? 'Unknown run' : `#${run.summary.number}  ${run.summary.scenarioName}`}
            </span>
            <span className={styles['facts']}>
              {i === 0 && <span className={styles['baseline']}>baseline</span>}
              {factsOf(run)}
            </span>
          </div>
          {run.summary !== undefined && (
            <VerdictBadge verdict={run.summary.verdict} status={run.summary.status} reason={run.summary.reason} />
          )}
          <Menu position="bottom-end" withinPortal>
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" aria-label={`Actions for run ${run.label}`}>
                <IconDotsVertical size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {i > 0 && (
                <Menu.Item onClick={() => compareRuns([run.id, ...ids.filter((id) => id !== run.id)])}>
                  Make baseline
                </Menu.Item>
              )}
              {run.state !== 'lost' && (
                <Menu.Item onClick={() => openRun(run)}>
                  {run.state === 'under-way' ? 'Watch it run' : 'Show results'}
                </Menu.Item>
              )}
              {runs.length > 1 && (
                <Menu.Item onClick={() => compareRuns(ids.filter((id) => id !== run.id))}>Remove</Menu.Item>
              )}
            </Menu.Dropdown>
          </Menu>
        </li>
      ))}
    </ul>
  )
}

function openRun({ id, state, summary }: ComparedRun): void {
  const { go } = useView.getState()
  const scenarioId = summary?.scenarioId ?? null
  if (state === 'under-way' && scenarioId !== null) go('run', scenarioId)
  else go('results', id)
}

function factsOf({ state, summary, error }: ComparedRun): string {
  if (state === 'lost') return explained(error).message
  if (summary === undefined) return 'loading'
  if (state === 'under-way') return 'compared when it is done'
  if (state === 'no-result') return summary.error?.message ?? 'ended without a result'
  const { seed, replications, endedMs, createdMs, tags } = summary
  const count = `${replications} ${replications === 1 ? 'replication' : 'replications'}`
  return [`seed ${seed}`, count, momentText(endedMs ?? createdMs), ...tags].join(' · ')
}
