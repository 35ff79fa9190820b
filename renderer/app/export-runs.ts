/** Gives the user runs as a file. */
import { saveBase64 } from '../charts/save-file.ts'
import { host } from '../host-client/host.ts'
import { toast, toastError } from '../widgets/toast.tsx'

/** Saves the bundle of some runs: scenario, seeds and results, enough to get every number again elsewhere. */
export async function exportRuns(ids: readonly string[]): Promise<void> {
  try {
    const { fileName, base64 } = await host.exportBundle(ids)
    saveBase64(fileName, base64)
    toast({ message: `${fileName} is saved with your downloads.`, tone: 'good' })
  } catch (error) {
    toastError('The bundle was not exported', error)
  }
}
