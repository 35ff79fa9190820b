/** What could stand at the cursor: its place in the document, told from indentation and brackets even in half-typed text. */
import type { DocumentPath } from '../../stores/document-path.ts'

/** A place where something is being written. */
export interface CursorContext {
  /** The map or list that a key is written into, or the value that is being written. */
  readonly path: DocumentPath
  readonly expects: 'key' | 'value'
  /** What is written of it already, up to the cursor. */
  readonly prefix: string
  /** Whether the cursor stands between braces or brackets. */
  readonly isInFlow: boolean
}

/** A dash or a key at its column. */
interface Token {
  readonly column: number
  /** Undefined for a dash. */
  readonly key: string | undefined
}

/** A line taken apart: `  - read: { cache: x` has a dash at 2 and a key at 4. */
interface LineParts {
  readonly tokens: readonly Token[]
  /** Where what stands behind the dashes begins. */
  readonly column: number
  readonly key: string | undefined
  /** What stands behind the key's colon, or behind the dashes when there is no key. */
  readonly rest: string
}

/** The context at an offset; undefined inside a comment or a quoted text. */
export function contextAt(text: string, offset: number): CursorContext | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1
  const before = text.slice(lineStart, offset)
  if (/(?:^|\s)#/u.test(before) || (before.match(/(?<!\\)"/gu)?.length ?? 0) % 2 === 1) return undefined
  const parts = lineParts(before)
  const above = text.slice(0, lineStart).split('\n').slice(0, -1)
  const outside = above.filter((line) => line.trim() !== '' && !line.trimStart().startsWith('#')).map(lineParts)
  const dashes = parts.tokens.filter(({ key }) => key === undefined)
  const path = pathAbove([...outside.flatMap(({ tokens }) => tokens), ...dashes], parts.column)
  const valuePath = parts.key === undefined ? path : [...path, parts.key]
  const flow = flowContext(parts.rest, valuePath)
  if (flow !== undefined) return flow
  const expects = parts.key === undefined ? 'key' : 'value'
  return { path: valuePath, expects, prefix: parts.rest.trimStart(), isInFlow: false }
}

function lineParts(line: string): LineParts {
  const tokens: Token[] = []
  let column = 0
  for (;;) {
    while (line[column] === ' ') column += 1
    if (line[column] !== '-' || (line[column + 1] !== ' ' && column + 1 < line.length)) break
    tokens.push({ column, key: undefined })
    column += 1
  }
  const content = line.slice(column)
  const match = /^(?:"([^"]*)"|([^\s#"'{[\]}:][^:#]*?))\s*:(?=\s|$)/u.exec(content)
  if (match === null) return { tokens, column, key: undefined, rest: content }
  const key = match[1] ?? match[2] ?? ''
  return { tokens: [...tokens, { column, key }], column, key, rest: content.slice(match[0].length) }
}

/** The keys and indices over what stands at `column` after the tokens, outermost first. */
function pathAbove(tokens: readonly Token[], column: number): DocumentPath {
  const path: (string | number)[] = []
  let at = { column, isDash: false, index: 0 }
  for (const token of tokens.toReversed()) {
    const isDash = token.key === undefined
    if (at.isDash && isDash && token.column === at.column) {
      at = { ...at, index: at.index + 1 }
      continue
    }
    // A list may stand at the column of the key that holds it; anything else stands further right.
    const isOwner = at.isDash && !isDash ? token.column <= at.column : token.column < at.column
    if (!isOwner) continue
    if (at.isDash) path.unshift(at.index)
    if (token.key !== undefined) path.unshift(token.key)
    at = { column: token.column, isDash, index: 0 }
  }
  return at.isDash ? [at.index, ...path] : path
}

/** An open brace or bracket. */
interface OpenBracket {
  readonly kind: '{' | '['
  /** The index of the item, or the key once its colon was read. */
  segment: string | number | undefined
  /** Where the present key or value begins. */
  from: number
}

/** The context behind an open brace or bracket; undefined when none is open. */
function flowContext(rest: string, start: DocumentPath): CursorContext | undefined {
  const open: OpenBracket[] = []
  let parentheses = 0
  for (let index = 0; index < rest.length; index++) {
    const character = rest[index] ?? ''
    if (character === '(') parentheses += 1
    else if (character === ')') parentheses = Math.max(0, parentheses - 1)
    else if (parentheses === 0) readCharacter(character, index, rest, open)
  }
  const level = open.at(-1)
  if (level === undefined) return undefined
  const path = [...start, ...open.flatMap(({ segment }) => (segment === undefined ? [] : [segment]))]
  const prefix = rest.slice(level.from).trimStart()
  return { path, expects: level.segment === undefined ? 'key' : 'value', prefix, isInFlow: true }
}

function readCharacter(character: string, index: number, rest: string, open: OpenBracket[]): void {
  const level = open.at(-1)
  if (character === '{') {
    open.push({ kind: '{', segment: undefined, from: index + 1 })
  } else if (character === '[') {
    // `shard[3]` is one word.
    if (!/\w/u.test(rest[index - 1] ?? '')) open.push({ kind: '[', segment: 0, from: index + 1 })
  } else if (character === '}' || character === ']') {
    open.pop()
  } else if (level !== undefined && character === ',') {
    level.segment = level.kind === '[' ? Number(level.segment) + 1 : undefined
    level.from = index + 1
  } else if (character === ':' && level?.kind === '{' && level.segment === undefined) {
    level.segment = rest.slice(level.from, index).trim().replaceAll('"', '')
    level.from = index + 1
  }
}
