/** Reads YAML (or JSON, which is YAML) into plain values that remember where each of them was written. */
import type { Document, Node, Pair } from 'yaml'
import { LineCounter, isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml'
import type { JsonValue } from '../language/field.ts'
import { protectTerms, restoreTerms, textComplaint } from './limits-of-text.ts'
import { isForbiddenKey } from './paths.ts'
import type { Place, Problem, Segment } from './problem.ts'
import { problemAt } from './problem.ts'

/** Where a value was written, and where its parts were: a tree alongside the document. */
export interface SourceNode {
  /** Offset of the value, and of the key before it (that of the value when there is none), in UTF-16 units. */
  readonly offset: number
  readonly keyOffset: number
  /** Parts of a map or list by key or index; absent for a scalar. */
  readonly parts?: ReadonlyMap<Segment, SourceNode>
}

/** One file that was read. */
export interface Source {
  readonly file: string
  readonly value: JsonValue
  readonly root: SourceNode
  /** Line and column of an offset. */
  readonly placeOf: (offset: number) => Place
  /** Offset of the first error of syntax; nothing after it can be trusted. */
  readonly brokenFrom: number
}

/** Deepest nesting of maps and lists. */
const MAX_DEPTH = 64

const TOO_DEEP = {
  code: 'too-deep',
  message: 'the file is nested too deeply to be read',
  hint: `nest at most ${MAX_DEPTH} levels`,
}

/** Most values in a document, those that aliases repeat included. */
const MAX_NODES = 200_000

/** Most aliases in a document: people write a handful, bombs need many. */
const MAX_ALIASES = 100

/** Reads a text. Problems of syntax, of limits and of keys; the source is absent when nothing can be made of the text. */
export function readYaml(
  text: string,
  file: string,
): { readonly source?: Source; readonly problems: readonly Problem[] } {
  const refused = textComplaint(text)
  if (refused !== undefined) return { problems: [problemAt(refused.complaint, placeIn(text, refused.offset, file))] }
  const lines = new LineCounter()
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { file, line: Math.max(1, line), column: Math.max(1, col) }
  }
  const document = composed(text, lines)
  if (document === undefined) {
    return { problems: [problemAt(TOO_DEEP, { file, line: 1, column: 1 })] }
  }
  const syntax = firstOfEachLine(
    [...document.errors, ...document.warnings].map((error) =>
      problemAt(syntaxComplaint(error.code, error.message), placeOf(error.pos[0])),
    ),
  )
  const brokenFrom = document.errors.reduce((first, error) => Math.min(first, error.pos[0]), Infinity)
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) {
    const complaint = { code: 'empty', message: 'the file is empty', hint: 'start with version: 1' }
    return { problems: syntax.length > 0 ? syntax : [problemAt(complaint, { file, line: 1, column: 1 })] }
  }
  const reader = new NodeReader(placeOf)
  const { value, node } = reader.read(document.contents, document.contents.range[0], [], 0)
  return { source: { file, value, root: node, placeOf, brokenFrom }, problems: [...syntax, ...reader.problems] }
}

/** The document, or undefined when its nesting exhausts the stack of the parser. */
function composed(text: string, lineCounter: LineCounter): Document.Parsed | undefined {
  try {
    return parseDocument(protectTerms(text), {
      lineCounter,
      prettyErrors: false,
      uniqueKeys: false,
      logLevel: 'error',
    })
  } catch (error) {
    // The parser recurses once a level: a stack overflow is a property of the input here, not a mistake of ours.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function placeIn(text: string, offset: number, file: string): Place {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { file, line: before.split('\n').length, column: offset - lineStart + 1 }
}

/** The first problem of each line: after an error of syntax the parser stumbles over all that follows it. */
function firstOfEachLine(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(({ line }, index) => problems.findIndex((other) => other.line === line) === index)
}

/** How to mend the commonest errors of syntax, by the code of the parser. */
const syntaxHints: Readonly<Record<string, string>> = {
  TAG_RESOLVE_FAILED: 'remove the tag; every value has its type by itself',
  TAB_AS_INDENT: 'indent with spaces',
  BAD_INDENT: 'align the entries of one map or list in one column',
  MISSING_CHAR: 'close the quote, bracket or brace that is open here',
  MULTILINE_IMPLICIT_KEY: 'put a colon after the key, or quotes around the text',
  BLOCK_AS_IMPLICIT_KEY: 'put a nested map on lines of its own, or in braces',
  MULTIPLE_DOCS: 'keep one document in a file: remove the line ---',
  UNEXPECTED_TOKEN: 'put quotes around texts with special characters',
  BAD_ALIAS: 'define the anchor with & before it is used with *',
}

function syntaxComplaint(code: string, message: string) {
  // The parser reports an exhausted stack as an error of the text, which for deep nesting it is.
  if (message.includes('call stack')) return TOO_DEEP
  const text = restoreTerms(message.split('\n')[0] ?? message)
  return { code: 'syntax', message: text, hint: syntaxHints[code] ?? 'check the YAML around this place' }
}

interface ReadNode {
  readonly value: JsonValue
  readonly node: SourceNode
}

/** Turns the parser's nodes into plain values with their places; collects the problems of keys, aliases and size. */
class NodeReader {
  readonly problems: Problem[] = []
  readonly #placeOf: (offset: number) => Place
  readonly #anchors = new Map<string, Node>()
  #nodes = 0
  #aliases = 0

  constructor(placeOf: (offset: number) => Place) {
    this.#placeOf = placeOf
  }

  read(node: unknown, keyOffset: number, path: readonly Segment[], depth: number): ReadNode {
    const offset = offsetOf(node) ?? keyOffset
    this.#nodes += 1
    if (this.#nodes > MAX_NODES) {
      if (this.#nodes === MAX_NODES + 1)
        this.#complain('too-large', `the file has more than ${MAX_NODES} values`, 'split it up', offset, path)
      return nothing(offset, keyOffset)
    }
    if (depth > MAX_DEPTH) {
      this.#complain('too-deep', `values are nested more than ${MAX_DEPTH} levels deep here`, 'nest less', offset, path)
      return nothing(offset, keyOffset)
    }
    if (isAlias(node)) return this.#readAlias(node.source, offset, keyOffset, path, depth)
    if (isMap(node)) return this.#remember(node, () => this.#readMap(node.items, offset, keyOffset, path, depth))
    if (isSeq(node)) return this.#remember(node, () => this.#readList(node.items, offset, keyOffset, path, depth))
    if (isScalar(node))
      return this.#remember(node, () => ({ value: scalarValue(node.value), node: { offset, keyOffset } }))
    return nothing(offset, keyOffset)
  }

  /** An anchor may be used once its node is complete, so no value can contain itself. */
  #remember(node: Node & { readonly anchor?: string }, read: () => ReadNode): ReadNode {
    const result = read()
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node)
    return result
  }

  #readAlias(anchor: string, offset: number, keyOffset: number, path: readonly Segment[], depth: number): ReadNode {
    this.#aliases += 1
    const target = this.#anchors.get(anchor)
    if (target === undefined) {
      this.#complain(
        'syntax',
        `the alias *${anchor} has no anchor before it`,
        'an anchor is complete before its alias',
        offset,
        path,
      )
    } else if (this.#aliases <= MAX_ALIASES) {
      return this.read(target, keyOffset, path, depth)
    } else if (this.#aliases === MAX_ALIASES + 1) {
      this.#complain('too-large', `more than ${MAX_ALIASES} aliases are used`, 'write the values out', offset, path)
    }
    return nothing(offset, keyOffset)
  }

  #readList(
    items: readonly unknown[],
    offset: number,
    keyOffset: number,
    path: readonly Segment[],
    depth: number,
  ): ReadNode {
    const read = items.map((item, index) => this.read(item, offsetOf(item) ?? offset, [...path, index], depth + 1))
    const parts = new Map<Segment, SourceNode>(read.map(({ node }, index) => [index, node]))
    return { value: read.map(({ value }) => value), node: { offset, keyOffset, parts } }
  }

  #readMap(
    items: readonly Pair[],
    offset: number,
    keyOffset: number,
    path: readonly Segment[],
    depth: number,
  ): ReadNode {
    const entries = new Map<string, JsonValue>()
    const parts = new Map<Segment, SourceNode>()
    for (const pair of items) {
      const at = offsetOf(pair.key) ?? offset
      const key = this.#readKey(pair.key, at, path)
      if (key === undefined) continue
      if (entries.has(key)) {
        const hint = /^\d+$/u.test(key)
          ? 'numbers are written without separators between thousands'
          : 'keep one of the two'
        this.#complain('duplicate-key', `the key "${key}" stands here twice`, hint, at, [...path, key])
        continue
      }
      const { value, node } = this.read(pair.value, at, [...path, key], depth + 1)
      entries.set(key, value)
      parts.set(key, node)
    }
    return { value: Object.fromEntries(entries), node: { offset, keyOffset, parts } }
  }

  #readKey(key: unknown, offset: number, path: readonly Segment[]): string | undefined {
    if (
      !isScalar(key) ||
      (typeof key.value !== 'string' && typeof key.value !== 'number' && typeof key.value !== 'boolean')
    ) {
      this.#complain('bad-key', 'a key must be a plain word', 'write key: value', offset, path)
      return undefined
    }
    const name = restoreTerms(typeof key.value === 'string' ? key.value : (key.source ?? String(key.value)))
    if (!isForbiddenKey(name)) return name
    this.#complain('forbidden-key', `the key "${name}" is not allowed`, 'use another name', offset, [...path, name])
    return undefined
  }

  #complain(code: string, message: string, hint: string, offset: number, path: readonly Segment[]): void {
    this.problems.push(problemAt({ code, message, hint }, this.#placeOf(offset), path))
  }
}

function nothing(offset: number, keyOffset: number): ReadNode {
  return { value: null, node: { offset, keyOffset } }
}

function offsetOf(node: unknown): number | undefined {
  const range = (node as { readonly range?: readonly number[] | null } | null)?.range
  return range?.[0]
}

function scalarValue(value: unknown): JsonValue {
  if (typeof value === 'string') return restoreTerms(value)
  return typeof value === 'number' || typeof value === 'boolean' ? value : null
}
