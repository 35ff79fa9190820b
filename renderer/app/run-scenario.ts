/** Runs a scenario from wherever the user is: saves it first, then shows the run, or says why there is none. */
import type { RunRequest } from '../../host/contract/run-records.ts'
import { useRuns } from '../stores/runs-store.ts'
import { useView } from '../stores/view-store.ts'
import { sentence } from '../widgets/explained.ts'
import { toast, toastError } from '../widgets/toast.tsx'
import { flushDocument } from './document-glance.ts'

/** Failures are told in a toast. The request is as `startRun` takes it. */
export async function runScenario(request: RunRequest): Promise<void> {
  try {
    if (!(await flushDocument(request.scenarioId))) {
      toast({
        title: 'Not run',
        message:
          'The latest edits are not saved, so a run would not show them. Save them first; the header says why not.',
        tone: 'bad',
      })
      return
    }
    const started = await useRuns.getState().start(request)
    if (started.kind === 'started') {
      useView.getState().go('run', request.scenarioId)
      return
    }
    if (started.kind === 'kept') {
      useView.getState().go('results', started.run.id)
      toast({
        message: `Run #${started.run.number} has the same plan, seed and engine, so its result would be the same.`,
        action: { label: 'Run again', run: () => void runScenario({ ...request, fresh: true }) },
      })
      return
    }
    const errors = started.problems.filter(({ severity }) => severity === 'error')
    const first = errors[0] ?? started.problems[0]
    useView.getState().go('design', request.scenarioId)
    toast({
      title:
        errors.length === 1 ? 'One problem keeps it from running' : `${errors.length} problems keep it from running`,
      message:
        first === undefined ? 'The scenario is not valid.' : `${sentence(first.message)} ${sentence(first.hint)}`,
      tone: 'bad',
    })
  } catch (error) {
    toastError('The run did not start', error)
  }
}
