/** Draws the report of a stored result as the picture that the README shows: `node scripts/readme-picture.ts RESULT.json OUT.svg`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { reportText } from '../host/cli/report/report.ts'
import { widthOf } from '../host/cli/style.ts'
import type { StudyResult } from '../sim-core/analysis/study-result.ts'

/** Width of the report in characters, and the size of a character in pixels. */
const COLUMNS = 100
const CHARACTER_WIDTH = 8
const LINE_HEIGHT = 18
const MARGIN = 20

/** Shades by the code that switches them on; the ground is that of a dark terminal. */
const SHADES: Readonly<Record<string, string>> = { '31': '#ff7b72', '32': '#7ee787', '33': '#e3b341' }
const TEXT = '#c9d1d9'
const DIM = '#8b949e'
const GROUND = '#0d1117'

interface Run {
  readonly column: number
  readonly text: string
  readonly fill: string
  readonly bold: boolean
}

/** The stretches of one line that share a shade. */
function runsOf(line: string): Run[] {
  const runs: Run[] = []
  let column = 0
  let fill = TEXT
  let bold = false
  // oxlint-disable-next-line no-control-regex
  for (const [index, piece] of line.split(/\u001b\[(\d+)m/u).entries()) {
    if (index % 2 === 1) {
      if (piece === '1') bold = true
      else if (piece === '22') [bold, fill] = [false, fill === DIM ? TEXT : fill]
      else if (piece === '2') fill = DIM
      else fill = SHADES[piece] ?? TEXT
      continue
    }
    for (const match of piece.matchAll(/\S+(?: \S+)*/gu)) {
      runs.push({ column: column + widthOf(piece.slice(0, match.index)), text: match[0], fill, bold })
    }
    column += widthOf(piece)
  }
  return runs
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function lineSvg(line: string, row: number): string {
  const y = MARGIN + (row + 1) * LINE_HEIGHT - 5
  return runsOf(line)
    .map(({ column, text, fill, bold }) => {
      const weight = bold ? ' font-weight="bold"' : ''
      const length = widthOf(text) * CHARACTER_WIDTH
      return `<text x="${MARGIN + column * CHARACTER_WIDTH}" y="${y}" fill="${fill}"${weight} textLength="${length}" lengthAdjust="spacingAndGlyphs">${escaped(text)}</text>`
    })
    .join('')
}

const [resultFile, pictureFile] = process.argv.slice(2)
if (resultFile === undefined || pictureFile === undefined) {
  console.error('usage: node scripts/readme-picture.ts RESULT.json OUT.svg')
  process.exit(1)
}
const result = JSON.parse(readFileSync(resultFile, 'utf8')) as StudyResult
const lines = reportText(result, { columns: COLUMNS, colour: true }).trim().split('\n')
const width = 2 * MARGIN + COLUMNS * CHARACTER_WIDTH
const height = 2 * MARGIN + lines.length * LINE_HEIGHT
const body = lines.map(lineSvg).join('\n')
writeFileSync(
  pictureFile,
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="13"><rect width="100%" height="100%" rx="8" fill="${GROUND}"/>\n${body}\n</svg>\n`,
)
