/** How the last run of the scenario ended, and where to read more. */
import { Anchor } from '@mantine/core'
import { useView } from '../../stores/view-store.ts'
import { ErrorPanel } from '../../widgets/ErrorPanel.tsx'
import { agoText } from '../../widgets/time-text.ts'
import { useNow } from '../../widgets/use-now.ts'
import styles from './LastRun.module.css'
import type { ShownRun } from './shown-run.ts'

/** How often "5 min ago" is looked at, in ms. */
const REFRESH_MS = 30_000

export function LastRun({ shown, isStale }: { readonly shown: ShownRun; readonly isStale: boolean }) {
  const { summary } = shown
  const now = useNow(REFRESH_MS)
  if (summary.status === 'failed') {
    return <ErrorPanel title={`Run #${summary.number} failed. Nothing else is lost.`} error={summary.error} />
  }
  return (
    <section className={styles['last']} aria-label="The last run" aria-live="polite">
      <p className={styles['reason']}>{sentence(shown)}</p>
      <p className={styles['trust']}>
        Run #{summary.number}, {agoText(summary.endedMs ?? summary.createdMs, now)},{' '}
        {replications(summary.replications)}, seed {summary.seed}, engine {summary.engine}
        {summary.injected > 0 && ', with faults put in by hand'}.
        {isStale && <strong className={styles['stale']}> The scenario has changed since: run it again.</strong>}
      </p>
      {summary.verdict !== null && (
        <Anchor component="button" type="button" size="sm" onClick={() => useView.getState().go('results', summary.id)}>
          See what breaks and why
        </Anchor>
      )}
    </section>
  )
}

function sentence({ summary }: ShownRun): string {
  if (summary.reason !== '') return summary.reason
  if (summary.status === 'interrupted') return 'The host ended while it was under way, so it has no result.'
  if (summary.status === 'cancelled') return 'It was cancelled before anything was measured.'
  return 'It ended.'
}

function replications(count: number): string {
  return count === 1 ? 'a single replication' : `${count} replications`
}
