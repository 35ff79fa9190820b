/** Gives the user runs as a file. */
import { saveFile } from '../charts/save-file.ts'
import { host } from '../host-client/host.ts'
import { toast, toastError } from '../widgets/toast.tsx'

/** Saves the bundle of some runs: scenario, seeds and results, enough to get every number again elsewhere. */
export async function exportRuns(ids: readonly string[]): Promise<void> {
  try {
    const { fileName, base64 } = await host.exportBundle(ids)
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    saveFile(fileName, new Blob([bytes]), '')
    toast({ message: `${fileName} is saved with your downloads.`, tone: 'good' })
  } catch (error) {
    toastError('The bundle was not exported', error)
  }
}
