/** From a place in the text to the path of what stands there, and back. */
import type { Node } from 'yaml'
import { isMap, isScalar, isSeq, parseDocument } from 'yaml'
import type { Problem } from '../../../sim-core/scenario/problem.ts'
import { protectTerms, restoreTerms } from '../../../sim-core/scenario/limits-of-text.ts'
import type { DocumentPath } from '../../stores/document-path.ts'

/** Where something stands in a text, in characters from its start. */
export interface TextRange {
  readonly from: number
  readonly to: number
}

/** The path of the innermost value or key at an offset; empty at the top. */
export function pathAtOffset(text: string, offset: number): DocumentPath {
  const path: (string | number)[] = []
  let node: unknown = parsed(text)
  for (;;) {
    if (isMap(node)) {
      const pair = lastBefore(node.items, offset, ({ key }) => key)
      if (pair === undefined || !isScalar(pair.key)) return path
      path.push(keyOf(pair.key.value))
      node = pair.value
      if (!contains(node, offset)) return path
    } else if (isSeq(node)) {
      const item = lastBefore(node.items, offset, (candidate) => candidate)
      if (item === undefined) return path
      path.push(node.items.indexOf(item))
      node = item
    } else {
      return path
    }
  }
}

/** Where a path is written: its key, or the item of a list. What this text does not write is placed at what holds it. */
export function rangeOfPath(text: string, path: DocumentPath): TextRange | undefined {
  let node: unknown = parsed(text)
  let range: TextRange | undefined
  for (const segment of path) {
    const next = partOf(node, segment, text)
    if (next === undefined) break
    range = next.range
    node = next.node
  }
  return range
}

/** A key, one in quotation marks because it has dots or other odd letters, or a place in a list. */
const SEGMENT = /"(?<odd>[^"]*)"|(?<key>[\w-]+)|\[(?<index>\d+)\]/gu

/** The path of a problem, as `formatPath` of the scenario language writes it. */
export function pathOfProblem({ path }: Problem): DocumentPath {
  return [...path.matchAll(SEGMENT)].map(({ groups: { odd, key, index } = {} }) =>
    index === undefined ? (odd ?? key ?? '') : Number(index),
  )
}

function parsed(text: string): unknown {
  try {
    return parseDocument(protectTerms(text), { uniqueKeys: false, logLevel: 'error' }).contents
  } catch {
    // Nesting that exhausts the parser's stack has no path to show.
    return null
  }
}

/** Containers that end before an offset still hold it while no other begins: a new line below belongs to them. */
function contains(node: unknown, offset: number): boolean {
  const start = (node as Node | null)?.range?.[0]
  return start !== undefined && start <= offset
}

function lastBefore<Item>(items: readonly Item[], offset: number, nodeOf: (item: Item) => unknown): Item | undefined {
  return items.findLast((item) => contains(nodeOf(item), offset))
}

function partOf(
  node: unknown,
  segment: string | number,
  text: string,
): { node: unknown; range: TextRange } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && keyOf(key.value) === String(segment))
    return pair === undefined ? undefined : { node: pair.value, range: rangeOf(pair.key, text) }
  }
  if (!isSeq(node) || typeof segment !== 'number') return undefined
  const item = node.items[segment]
  return item === undefined ? undefined : { node: item, range: rangeOf(item, text) }
}

/** The parser counts the line ends behind a block to it; a reader does not. */
function rangeOf(node: unknown, text: string): TextRange {
  const [from = 0, to = from] = (node as Node).range ?? []
  return { from, to: from + text.slice(from, to).trimEnd().length }
}

function keyOf(value: unknown): string {
  return restoreTerms(String(value))
}
