/** What a text must satisfy before it is parsed at all, and the one liberty that scenarios take with YAML. */
import type { Complaint } from '../language/quantity.ts'

/** Longest file, in characters; the caller should refuse larger files before reading them. */
export const MAX_TEXT_CHARACTERS = 5 * 1024 * 1024

/**
 * Most commas, colons and line ends: a rough count of values that costs nothing, since the YAML parser needs a second for
 * a few hundred thousand of them.
 */
const MAX_SEPARATORS = 100_000

/** Most brackets and braces open at once: the parser recurses into them, and no scenario comes near. */
const MAX_OPEN_BRACKETS = 500

/** Why a text cannot be a scenario at all, with the offset where that shows; undefined when it may be one. */
export function textComplaint(text: string): { readonly complaint: Complaint; readonly offset: number } | undefined {
  if (text.length > MAX_TEXT_CHARACTERS) {
    const megabytes = MAX_TEXT_CHARACTERS / 1024 / 1024
    return refuse(
      'too-large',
      `the file is larger than ${megabytes} MB`,
      'a scenario is a few kilobytes; is this the right file?',
      0,
    )
  }
  // Control characters that no text has; tab, line feed and carriage return are fine.
  // oxlint-disable-next-line no-control-regex
  const control = /[\0-\u0008\u000b\u000c\u000e-\u001f\ufffd]/u.exec(text)
  if (control !== null) {
    return refuse('not-text', 'the file is not a text file', 'give a YAML or JSON file in UTF-8', control.index)
  }
  const separator = offsetOfSeparator(text)
  if (separator !== undefined) {
    return refuse(
      'too-large',
      `the file has more than ${MAX_SEPARATORS} values`,
      'a scenario has a few hundred; is this the right file?',
      separator,
    )
  }
  const bracket = offsetOfDeepBracket(text)
  if (bracket !== undefined) {
    return refuse(
      'too-deep',
      `more than ${MAX_OPEN_BRACKETS} brackets are open at once`,
      'close them, or nest less',
      bracket,
    )
  }
  return undefined
}

/** Offset of the first separator too many. */
function offsetOfSeparator(text: string): number | undefined {
  let count = 0
  for (let offset = 0; offset < text.length; offset++) {
    const character = text[offset]
    if (character === ',' || character === ':' || character === '\n') count += 1
    if (count > MAX_SEPARATORS) return offset
  }
  return undefined
}

function offsetOfDeepBracket(text: string): number | undefined {
  let open = 0
  for (const { 0: bracket, index } of text.matchAll(/[[\]{}]/gu)) {
    open = bracket === '[' || bracket === '{' ? open + 1 : Math.max(0, open - 1)
    if (open > MAX_OPEN_BRACKETS) return index
  }
  return undefined
}

function refuse(code: string, message: string, hint: string, offset: number) {
  return { complaint: { code, message, hint }, offset }
}

/**
 * Stand for `,`, `[` and `]` while YAML is parsed: characters of the private-use area, one for one, so that no offset
 * changes. Between braces, YAML itself would end the value `uniform(1s, 4s)` at its comma and `db.shard[3]` at its bracket.
 */
const STAND_INS: ReadonlyMap<string, string> = new Map([
  [',', '\ue000'],
  ['[', '\ue001'],
  [']', '\ue002'],
])

const ORIGINALS: ReadonlyMap<string, string> = new Map([...STAND_INS].map(([original, standIn]) => [standIn, original]))

/**
 * `name(a, b)` on one line. Quotes are left alone: what stands between two of them belongs to the YAML, not to a term. The
 * lengths are bounded so that no text can make the search slow.
 */
const CALL = /\b[a-z_]\w{0,40}\([^()\n"']{0,1000}\)/giu

/** `name[3]`: an index follows its name without a space, which a YAML list cannot. */
const INDEX = /(?<=\w)\[\d{1,9}\]/gu

/** Protects the commas in `name(a, b)` and the brackets in `name[3]`. */
export function protectTerms(text: string): string {
  const protect = (term: string): string =>
    term.replaceAll(/[,[\]]/gu, (original) => STAND_INS.get(original) ?? original)
  return text.replaceAll(CALL, protect).replaceAll(INDEX, protect)
}

/** Puts the commas and brackets back. */
export function restoreTerms(text: string): string {
  return text.replaceAll(/[\ue000-\ue002]/gu, (standIn) => ORIGINALS.get(standIn) ?? standIn)
}
