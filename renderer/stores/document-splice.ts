/** Elementary changes of YAML text: one node replaced, put in or taken out by cutting the text at its range. */
import type { Document, Node, Pair, YAMLMap, YAMLSeq } from 'yaml'
import { isMap, isScalar, isSeq, parseDocument } from 'yaml'
import type { JsonValue } from '../../sim-core/language/field.ts'
import type { Segment } from '../../sim-core/scenario/problem.ts'
import { protectTerms, restoreTerms } from '../../sim-core/scenario/limits-of-text.ts'
import type { DocumentPath } from './document-path.ts'
import { withValueAt } from './document-path.ts'
import { blockText, flowText, itemText, keyText, pairText } from './document-render.ts'
import type { TextEdit } from './document-text.ts'

/** A node on the way to a path, with how one got there. */
interface Visited {
  readonly node: Node | null
  /** Offset behind the colon or the dash before the node; 0 for the whole document. */
  readonly valueFrom: number
  readonly isInFlow: boolean
}

/** The text after one elementary change. What cannot be cut cleanly is left as it is: the caller looks at the result. */
export function spliced(text: string, edit: TextEdit): string {
  const document = parseDocument(protectTerms(text), { uniqueKeys: false })
  const way = wayTo(document, text, edit.path)
  const last = way.at(-1)
  if (last === undefined) return text
  const isThere = way.length === edit.path.length + 1
  const parent = isThere ? way.at(-2) : last
  const segment = edit.path[way.length - (isThere ? 2 : 1)]
  if (edit.kind === 'remove') return isThere ? withoutChild(text, parent, segment) : text
  if (edit.kind === 'set' && isThere) return withNode(text, last, edit.value)
  const rest = edit.path.slice(isThere ? edit.path.length : way.length)
  const value = withValueAt(undefined, rest, edit.value) ?? edit.value
  return withChild(text, parent, segment, value)
}

function wayTo(document: Document.Parsed, text: string, path: DocumentPath): readonly Visited[] {
  const way: Visited[] = [{ node: document.contents, valueFrom: 0, isInFlow: false }]
  for (const segment of path) {
    const parent = way.at(-1)
    const child = parent === undefined ? undefined : childOf(parent, text, segment)
    if (child === undefined) break
    way.push(child)
  }
  return way
}

function childOf({ node, isInFlow }: Visited, text: string, segment: Segment): Visited | undefined {
  if (isMap(node)) {
    const pair = pairOf(node, segment)
    if (pair === undefined) return undefined
    const key = pair.key as Node
    const colon = text.indexOf(':', endOf(key, text))
    return { node: pair.value as Node | null, valueFrom: colon + 1, isInFlow: isInFlow || node.flow === true }
  }
  if (!isSeq(node) || typeof segment !== 'number') return undefined
  const item = node.items[segment] as Node | undefined
  if (item === undefined) return undefined
  return { node: item, valueFrom: startOf(item), isInFlow: isInFlow || node.flow === true }
}

function pairOf(map: YAMLMap, segment: Segment): Pair | undefined {
  return map.items.find(({ key }) => isScalar(key) && restoreTerms(String(key.value)) === String(segment))
}

/** Replaces a whole node. */
function withNode(text: string, { node, valueFrom, isInFlow }: Visited, value: JsonValue): string {
  const isEmpty = node === null || endOf(node, text) <= startOf(node)
  const start = isEmpty ? valueFrom : startOf(node)
  const end = isEmpty ? valueFrom : endOf(node, text)
  const isOneLine = !isEmpty && !isBlock(node)
  if (isInFlow) return cut(text, start, end, isEmpty ? ` ${flowText(value)}` : flowText(value))
  const written = blockText(value, indentAt(text, valueFrom) + 2)
  if (isOneLine && !written.startsWith('\n')) return cut(text, start, end, written.trimStart())
  return text[valueFrom - 1] === ':' ? cut(text, valueFrom, end, written) : cut(text, start, end, written.trimStart())
}

/** Puts a new entry into a map, or a new item into a list before the one at its place. */
function withChild(text: string, parent: Visited | undefined, segment: Segment | undefined, value: JsonValue): string {
  if (parent === undefined || segment === undefined) return text
  const { node } = parent
  if (typeof segment === 'string' && isMap(node) && node.items.length > 0) {
    return node.flow === true
      ? afterLast(text, node, `, ${keyText(segment)}: ${flowText(value)}`)
      : entryBelow(text, node, segment, value)
  }
  if (typeof segment === 'number' && isSeq(node) && node.items.length > 0) {
    return withItem(text, node, segment, value)
  }
  // Nothing there yet, or something that is no map: the parent is written anew around the new part.
  return withNode(text, parent, withValueAt(undefined, [segment], value) ?? value)
}

function afterLast(text: string, node: YAMLMap | YAMLSeq, addition: string): string {
  const end = Math.max(...extents(node, text).map((extent) => extent.end))
  return cut(text, end, end, addition)
}

/** A line, or several, after the last entry of a map in block style. */
function entryBelow(text: string, map: YAMLMap, key: string, value: JsonValue): string {
  const all = extents(map, text)
  const first = all[0]
  const last = all.at(-1)
  if (first === undefined || last === undefined) return text
  const column = columnOf(text, first.start)
  const end = endOfLine(text, last.end)
  const gap = all.length > 1 && isBlankBefore(text, last.start) ? '\n\n' : '\n'
  return cut(text, end, end, `${gap}${' '.repeat(column)}${pairText(key, value, column)}`)
}

function withItem(text: string, list: YAMLSeq, index: number, value: JsonValue): string {
  const all = extents(list, text)
  const next = all[index]
  if (list.flow === true) {
    return next === undefined
      ? afterLast(text, list, `, ${flowText(value)}`)
      : cut(text, next.start, next.start, `${flowText(value)}, `)
  }
  const last = all.at(-1)
  if (last === undefined) return text
  const dash = dashBefore(text, (next ?? last).start)
  const column = columnOf(text, dash)
  const line = `${' '.repeat(column)}- ${itemText(value, column)}`
  if (next === undefined) {
    const end = endOfLine(text, last.end)
    return cut(text, end, end, `\n${line}`)
  }
  return cut(text, dash - column, dash - column, `${line}\n`)
}

/** Takes out an entry of a map or an item of a list, with the comment lines right above it. */
function withoutChild(text: string, parent: Visited | undefined, segment: Segment | undefined): string {
  const node = parent?.node
  if (parent === undefined || segment === undefined || !(isMap(node) || isSeq(node))) return text
  const all = extents(node, text)
  const index = isMap(node) ? node.items.indexOf(pairOf(node, segment) as never) : Number(segment)
  const child = all[index]
  if (child === undefined) return text
  if (all.length === 1) return withNode(text, parent, isMap(node) ? {} : [])
  const next = all[index + 1]
  if (node.flow !== true) return withoutLines(text, child, next, { isItem: isSeq(node), isFirst: index === 0 })
  return next === undefined
    ? cut(text, all[index - 1]?.end ?? child.start, child.end, '')
    : cut(text, child.start, next.start, '')
}

interface Standing {
  readonly isItem: boolean
  readonly isFirst: boolean
}

function withoutLines(text: string, child: Extent, next: Extent | undefined, { isItem, isFirst }: Standing): string {
  const start = isItem ? dashBefore(text, child.start) : child.start
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  // An entry on the line of a dash: the next one takes its place there.
  if (text.slice(lineStart, start).trim() !== '' && next !== undefined) return cut(text, start, next.start, '')
  const from = aboveComments(text, lineStart, columnOf(text, start))
  const to = Math.min(text.length, endOfLine(text, child.end) + 1)
  return cut(text, from, isFirst || isBlankBefore(text, from) ? afterBlank(text, to) : to, '')
}

interface Extent {
  readonly start: number
  readonly end: number
}

/** From where to where the entries of a map or the items of a list reach, without comments after them. */
function extents(node: YAMLMap | YAMLSeq, text: string): readonly Extent[] {
  if (isSeq(node)) {
    return (node.items as readonly Node[]).map((item) => ({ start: startOf(item), end: endOf(item, text) }))
  }
  return node.items.map(({ key, value }) => {
    const keyNode = key as Node
    const keyEnd = endOf(keyNode, text)
    const valueEnd = value === null ? 0 : endOf(value as Node, text)
    return { start: startOf(keyNode), end: Math.max(valueEnd, text.indexOf(':', keyEnd) + 1) }
  })
}

function startOf(node: Node): number {
  return node.range?.[0] ?? 0
}

/** Where a node ends, without the white space that the parser counts to blocks. */
function endOf(node: Node, text: string): number {
  const [start = 0, end = 0] = node.range ?? []
  return start + text.slice(start, end).trimEnd().length
}

function isBlock(node: Node | null): boolean {
  if (isMap(node) || isSeq(node)) return node.flow !== true
  return isScalar(node) && (node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL')
}

function cut(text: string, start: number, end: number, replacement: string): string {
  return text.slice(0, start) + replacement + text.slice(end)
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1)
}

/** Column of the key or dash on the line of an offset: what is nested below it stands further right. */
function indentAt(text: string, offset: number): number {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1
  const margin = /^[ ]*(?:- +)*/u.exec(text.slice(lineStart, offset))
  return offset === 0 ? -2 : (margin?.[0].length ?? 0)
}

function dashBefore(text: string, offset: number): number {
  return text.lastIndexOf('-', offset - 1)
}

/** The end of the line, over a comment that stands behind what ends at `offset`. */
function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  return end < 0 ? text.length : end
}

function isBlankBefore(text: string, offset: number): boolean {
  return /\n[ \t]*\n[ \t]*$/u.test(text.slice(0, offset))
}

function afterBlank(text: string, offset: number): number {
  return offset + (/^(?:[ \t]*\n)*/u.exec(text.slice(offset))?.[0].length ?? 0)
}

/** The start of the comment lines right above a line that are indented like it. */
function aboveComments(text: string, lineStart: number, column: number): number {
  let start = lineStart
  while (start > 0) {
    const previous = text.lastIndexOf('\n', start - 2) + 1
    const line = text.slice(previous, start - 1)
    if (!line.startsWith(`${' '.repeat(column)}#`)) break
    start = previous
  }
  return start
}
