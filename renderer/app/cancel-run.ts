/** Ends a run; asks first when it has been going for a while. */
import { create } from 'zustand'
import type { RunSummary } from '../../host/contract/run-records.ts'
import { useRuns } from '../stores/runs-store.ts'
import { toastError } from '../widgets/toast.tsx'

/** Nobody minds losing less than this, in ms. */
const CHEAP_MS = 10_000

/** The run that the user is asked about; null while nothing is asked. */
export const useCancelQuestion = create<{ readonly run: RunSummary | null }>()(() => ({ run: null }))

/** Cancels a run under way, or asks whether to. */
export function askToCancel(run: RunSummary): void {
  const elapsedMs = useRuns.getState().live[run.id]?.progress.elapsedMs ?? Date.now() - run.createdMs
  if (run.status !== 'queued' && elapsedMs > CHEAP_MS) useCancelQuestion.setState({ run })
  else void cancelRun(run)
}

/** Cancels without asking. What is done by then is kept. */
export async function cancelRun(run: RunSummary): Promise<void> {
  useCancelQuestion.setState({ run: null })
  try {
    await useRuns.getState().control({ id: run.id, action: 'cancel' })
  } catch (error) {
    toastError(`Run #${run.number} goes on`, error)
  }
}
