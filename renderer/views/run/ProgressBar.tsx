/** How far a run is: simulated clock, speed, time left. */
import { Progress } from '@mantine/core'
import type { LiveRun } from '../../../host/contract/live-run.ts'
import type { RunSummary } from '../../../host/contract/run-records.ts'
import type { StudyProgress } from '../../../host/contract/study-api.ts'
import { figureWords } from '../../widgets/figure-text.ts'
import { clockText, leftText } from '../../widgets/time-text.ts'
import styles from './ProgressBar.module.css'

export interface ProgressBarProps {
  readonly summary: RunSummary
  readonly live: LiveRun | undefined
  /** From the record, before the first picture. */
  readonly progress: StudyProgress | null
}

export function ProgressBar({ summary, live, progress: recorded }: ProgressBarProps) {
  const progress = live?.progress ?? recorded
  const share = progress === null || progress.plannedNs === 0 ? 0 : progress.simulatedNs / progress.plannedNs
  return (
    <div className={styles['bar']}>
      <div className={styles['line']}>
        {live !== undefined && <Clock live={live} isRunning={summary.status === 'running'} />}
        {live !== undefined && progress !== null && progress.replicationsPlanned > 1 && (
          <span>
            replication {live.replication + 1} of {progress.replicationsPlanned} shown, {progress.replicationsDone} done
          </span>
        )}
        <span className={styles['left']}>{statusText(summary, progress)}</span>
      </div>
      <Progress
        value={share * 100}
        size={6}
        transitionDuration={0}
        aria-label={`Progress of run ${summary.number}`}
        color={summary.status === 'paused' ? 'gray' : 'indigo'}
      />
    </div>
  )
}

function Clock({ live, isRunning }: { readonly live: LiveRun; readonly isRunning: boolean }) {
  return (
    <>
      <span className={styles['clock']} title="Simulated time of the replication that is shown">
        {clockText(live.snapshot?.nowS ?? 0)}
        <span className={styles['end']}> / {clockText(live.endS)}</span>
      </span>
      {isRunning && live.speedFactor !== null && (
        <span title="Simulated seconds per second">{figureWords(live.speedFactor, 'factor')} real time</span>
      )}
    </>
  )
}

function statusText({ status }: RunSummary, progress: StudyProgress | null): string {
  if (status === 'queued') return 'waits for the run before it'
  if (status === 'paused') return 'paused'
  if (progress?.leftMs === null || progress === null) return 'starting'
  return leftText(progress.leftMs)
}
