/** What the library does when asked, and what it tells about it. */
import type { NewScenario, ScenarioCard } from '../../../host/contract/scenario-library.ts'
import type { RunSummary } from '../../../host/contract/run-records.ts'
import { useLibrary } from '../../stores/library-store.ts'
import { useRuns } from '../../stores/runs-store.ts'
import { useView } from '../../stores/view-store.ts'
import { toast, toastError } from '../../widgets/toast.tsx'

/** Makes a scenario and opens it. */
export async function createScenario(request: NewScenario): Promise<void> {
  try {
    const { id } = await useLibrary.getState().create(request)
    useView.getState().go('design', id)
  } catch (error) {
    toastError('The scenario was not made', error)
  }
}

export async function duplicateScenario({ id, name }: ScenarioCard): Promise<void> {
  try {
    const copy = await useLibrary.getState().create({ from: 'copy', id })
    toast({
      message: `${copy.name} is a copy of ${name}.`,
      action: { label: 'Open', run: () => useView.getState().go('design', copy.id) },
    })
  } catch (error) {
    toastError(`${name} was not duplicated`, error)
  }
}

export async function deleteScenario({ id, name }: ScenarioCard): Promise<void> {
  try {
    await useLibrary.getState().remove([id])
    toast({ message: `${name} is deleted.`, action: { label: 'Undo', run: () => void restore() } })
  } catch (error) {
    toastError(`${name} was not deleted`, error)
  }
  async function restore(): Promise<void> {
    try {
      await useLibrary.getState().restore([id])
    } catch (error) {
      toastError(`${name} did not come back`, error)
    }
  }
}

export async function deleteRuns(runs: readonly RunSummary[]): Promise<void> {
  const ids = runs.map(({ id }) => id)
  const what = runs.length === 1 ? `Run #${runs[0]?.number ?? ''}` : `${runs.length} runs`
  try {
    await useRuns.getState().remove(ids)
    const verb = runs.length === 1 ? 'is' : 'are'
    toast({ message: `${what} ${verb} deleted.`, action: { label: 'Undo', run: () => void restore() } })
  } catch (error) {
    toastError(`${what} could not be deleted`, error)
  }
  async function restore(): Promise<void> {
    try {
      await useRuns.getState().restore(ids)
    } catch (error) {
      toastError(`${what} did not come back`, error)
    }
  }
}
