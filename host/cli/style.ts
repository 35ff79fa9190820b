/** Colours of terminal output, and nothing in their place where colour is not wanted. */

/** Marks a text. */
export type Paint = (text: string) => string

/** The few shades that a report uses. Status colours stand for status only. */
export interface Style {
  readonly bold: Paint
  readonly dim: Paint
  readonly good: Paint
  readonly bad: Paint
  readonly doubtful: Paint
}

const plain: Paint = (text) => text

/** An SGR pair around a text. */
function sgr(open: number, close: number): Paint {
  return (text) => (text === '' ? '' : `\u001b[${open}m${text}\u001b[${close}m`)
}

/** @param colour whether the output may carry colour */
export function styleFor(colour: boolean): Style {
  if (!colour) return { bold: plain, dim: plain, good: plain, bad: plain, doubtful: plain }
  return { bold: sgr(1, 22), dim: sgr(2, 22), good: sgr(32, 39), bad: sgr(31, 39), doubtful: sgr(33, 39) }
}

const segmenter = new Intl.Segmenter()

/** What a reader takes for one character each, accents and emoji included. */
function charactersOf(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

/** Number of columns that a text takes, colours not counted. */
export function widthOf(text: string): number {
  // oxlint-disable-next-line no-control-regex
  return charactersOf(text.replaceAll(/\u001b\[\d+m/gu, '')).length
}

/** The text with spaces after it, or before it, up to a width. */
export function padded(text: string, width: number, side: 'left' | 'right' = 'left'): string {
  const spaces = ' '.repeat(Math.max(0, width - widthOf(text)))
  return side === 'left' ? text + spaces : spaces + text
}

/** A plain text cut to a width, the cut marked. */
export function shortened(text: string, width: number): string {
  const characters = charactersOf(text)
  return characters.length <= width ? text : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`
}

/** Without control characters: a hostile file must not move the cursor or change colours. */
export function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/gu, '\ufffd')
}

/** A plain text in lines of at most `width` columns, broken at spaces. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}
