/** Takes in scenarios and bundles that the user picked, dropped or opened, and says what came of it. */
import type { ImportRequest } from '../../host/contract/host-api.ts'
import type { ImportedBundle } from '../../host/contract/run-records.ts'
import { useLibrary } from '../stores/library-store.ts'
import { useView } from '../stores/view-store.ts'
import { sentence } from '../widgets/explained.ts'
import { toast, toastError } from '../widgets/toast.tsx'

/** What a file picker offers. */
const IMPORTED_TYPES = '.yaml,.yml,.headroom'

/** Larger files do not fit into one message to the host: the command line takes them in. */
const BYTES_MAX = 11 * 1024 * 1024

/** Files of the browser, as the host takes them. One that is no scenario or bundle, or too large, is told and left out. */
export async function readFiles(files: Iterable<File>): Promise<readonly ImportRequest[]> {
  const read: ImportRequest[] = []
  for (const file of files) {
    const reason = whyNot(file)
    if (reason === null) read.push({ fileName: file.name, base64: await base64Of(file) })
    else toast({ title: `${file.name} was not imported`, message: reason, tone: 'bad' })
  }
  return read
}

/** Imports files one after the other, opens a single scenario, and says what there is now. */
export async function importFiles(files: readonly ImportRequest[]): Promise<void> {
  for (const file of files) {
    try {
      const imported = await useLibrary.getState().importFile(file)
      tell(file.fileName, imported)
      const [only] = imported.scenarioIds
      if (
        files.length === 1 &&
        imported.scenarioIds.length === 1 &&
        imported.runIds.length === 0 &&
        only !== undefined
      ) {
        useView.getState().go('design', only)
      }
    } catch (error) {
      toastError(`${file.fileName} was not imported`, error)
    }
  }
}

function tell(fileName: string, imported: ImportedBundle): void {
  const { scenarioIds, runIds, alreadyHere, problems } = imported
  const mistake = problems.find(({ severity }) => severity === 'error')
  if (mistake === undefined || scenarioIds.length + runIds.length + alreadyHere > 0) {
    toast({ message: importedText(fileName, imported), tone: problems.length > 0 ? 'unsure' : 'good' })
    return
  }
  const message = `${sentence(mistake.message)} ${sentence(mistake.hint)}`
  toast({ title: `${fileName} was not imported`, message, tone: 'bad', stays: true })
}

/** Lets the user pick files, and imports them. */
export function pickFiles(): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = IMPORTED_TYPES
  input.multiple = true
  input.addEventListener('change', () => void readFiles(input.files ?? []).then(importFiles))
  input.click()
}

/** What came in, in a sentence. */
export function importedText(fileName: string, { scenarioIds, runIds, alreadyHere, problems }: ImportedBundle): string {
  const parts = [counted(scenarioIds.length, 'scenario'), counted(runIds.length, 'run')].filter((part) => part !== '')
  const came =
    parts.length === 0 ? `Nothing new came in with ${fileName}.` : `Imported ${parts.join(' and ')} from ${fileName}.`
  const here =
    alreadyHere === 0 ? '' : ` ${counted(alreadyHere, 'run')} ${alreadyHere === 1 ? 'was' : 'were'} here already.`
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const wrong = errors === 0 ? '' : ` It has ${counted(errors, 'problem')} to mend before it can run.`
  return came + here + wrong
}

function counted(count: number, noun: string): string {
  if (count === 0) return ''
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function whyNot({ name, size }: File): string | null {
  if (!/\.(?:ya?ml|headroom)$/iu.test(name)) return 'Headroom takes scenarios (.yaml) and bundles (.headroom).'
  return size > BYTES_MAX ? 'It is larger than 11 MiB. The command `headroom runs import` takes it in.' : null
}

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  // As many bytes as may be arguments of one call.
  const PIECE = 0x8000
  for (let at = 0; at < bytes.length; at += PIECE) text += String.fromCharCode(...bytes.subarray(at, at + PIECE))
  return btoa(text)
}
