/** Says in a sign, a word and a colour what a run found or how it stands. */
import type { RunStatus, RunSummary } from '../../host/contract/run-records.ts'
import { runWords } from './run-words.ts'
import { ToneBadge } from './ToneBadge.tsx'

export interface VerdictBadgeProps {
  readonly verdict: RunSummary['verdict']
  /** `done` when absent. */
  readonly status?: RunStatus
  /** Why, shown on hover. */
  readonly reason?: string
  /** How many objectives the run was held against: without any, nothing can hold. */
  readonly objectives?: number | undefined
}

export function VerdictBadge({ verdict, status = 'done', reason, objectives }: VerdictBadgeProps) {
  const { sign, word, tone } = runWords({ verdict, status }, objectives)
  return <ToneBadge sign={sign} text={word} tone={tone} reason={reason} />
}
