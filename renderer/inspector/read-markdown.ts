/** Reads the small part of Markdown in which help is written: headings, paragraphs, lists, code and tables. */

/** Text within a line. */
export interface Inline {
  readonly kind: 'text' | 'code' | 'strong'
  readonly text: string
}

/** One block of a page. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly content: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly content: readonly Inline[] }
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'code'; readonly text: string }
  | {
      readonly kind: 'table'
      readonly head: readonly (readonly Inline[])[]
      readonly rows: readonly (readonly (readonly Inline[])[])[]
    }

const HEADING = /^(#{1,6})\s+(.*)$/u
const ITEM = /^\s*(?:[-*]|\d+\.)\s+(.*)$/u
const FENCE = /^```/u

/** The blocks of a text, in order. */
export function readMarkdown(text: string): readonly Block[] {
  const blocks: Block[] = []
  const lines = text.split(/\r?\n/u)
  let index = 0
  while (index < lines.length) {
    const taken = blockAt(lines, index)
    if (taken.block !== undefined) blocks.push(taken.block)
    index += taken.lines
  }
  return blocks
}

interface Taken {
  readonly block?: Block
  readonly lines: number
}

function blockAt(lines: readonly string[], start: number): Taken {
  const line = lines[start] ?? ''
  if (line.trim() === '') return { lines: 1 }
  const heading = HEADING.exec(line)
  if (heading !== null) {
    return {
      block: { kind: 'heading', level: (heading[1] ?? '#').length, content: readInline(heading[2] ?? '') },
      lines: 1,
    }
  }
  if (FENCE.test(line)) return codeAt(lines, start)
  if (line.startsWith('|')) return tableAt(lines, start)
  const count = linesThatPass(lines, start, (next) => next.trim() !== '' && !FENCE.test(next) && !HEADING.test(next))
  const block = lines.slice(start, start + count)
  if (ITEM.test(line))
    return {
      block: { kind: 'list', isOrdered: /^\s*\d/u.test(line), items: itemsOf(block).map(readInline) },
      lines: count,
    }
  return { block: { kind: 'paragraph', content: readInline(block.join(' ')) }, lines: count }
}

/** How many lines from `start` on pass a test; the first always counts. */
function linesThatPass(lines: readonly string[], start: number, test: (line: string) => boolean): number {
  let count = 1
  while (start + count < lines.length && test(lines[start + count] ?? '')) count++
  return count
}

function codeAt(lines: readonly string[], start: number): Taken {
  const count = linesThatPass(lines, start, (line) => !FENCE.test(line))
  return { block: { kind: 'code', text: lines.slice(start + 1, start + count).join('\n') }, lines: count + 1 }
}

function tableAt(lines: readonly string[], start: number): Taken {
  const count = linesThatPass(lines, start, (line) => line.startsWith('|'))
  const [head = [], , ...rows] = lines.slice(start, start + count).map(cellsOf)
  return { block: { kind: 'table', head, rows }, lines: count }
}

function cellsOf(line: string): readonly (readonly Inline[])[] {
  const cells = line
    .trim()
    .replace(/^\|/u, '')
    .replace(/\|$/u, '')
    .split(/(?<!\\)\|/u)
  return cells.map((cell) => readInline(cell.trim().replaceAll(String.raw`\|`, '|')))
}

/** Items with the lines that continue them. */
function itemsOf(lines: readonly string[]): readonly string[] {
  return lines.reduce<readonly string[]>((items, line) => {
    const item = ITEM.exec(line)?.[1]
    return item === undefined ? [...items.slice(0, -1), `${items.at(-1) ?? ''} ${line.trim()}`] : [...items, item]
  }, [])
}

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*/gu

/** Code and strong text within a line. */
export function readInline(text: string): readonly Inline[] {
  const parts: Inline[] = []
  let end = 0
  for (const match of text.matchAll(INLINE)) {
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) })
    parts.push(match[1] === undefined ? { kind: 'strong', text: match[2] ?? '' } : { kind: 'code', text: match[1] })
    end = match.index + match[0].length
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) })
  return parts
}
