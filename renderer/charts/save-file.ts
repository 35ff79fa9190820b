/** Gives the user a file that was made in the page. */

/** How long the file is kept for the browser to read it, in ms. */
const KEPT_MS = 10_000

/** Offers `content` as a download. */
export function saveFile(fileName: string, content: string | Blob, type: string): void {
  const address = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type }) : content)
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS)
}

/** A file's name from words: `Black Friday, p95` becomes `black-friday-p95`. */
export function fileNameOf(...words: readonly string[]): string {
  const name = words
    .join(' ')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-|-$/gu, '')
  return name === '' ? 'headroom' : name
}

/** Offers a file that the host made. */
export function saveBase64(fileName: string, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  saveFile(fileName, new Blob([bytes]), 'application/octet-stream')
}
