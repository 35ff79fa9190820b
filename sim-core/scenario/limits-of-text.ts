/** What a text must satisfy before it is parsed at all, and the one liberty that scenarios take with YAML. */
import type { Complaint } from '../language/quantity.ts'

/** Longest file, in characters; the caller should refuse larger files before reading them. */
export const MAX_TEXT_CHARACTERS = 5 * 1024 * 1024

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
 * Stands for a comma while YAML is parsed: one character of the private-use area, so that no offset changes. Between
 * braces, YAML itself would end the value `uniform(1s, 4s)` at its comma.
 */
const PROTECTED_COMMA = '\ue000'

const CALL = /[a-z_]\w*\([^()\n]*\)/giu

/** Protects the commas in `name(a, b)`. */
export function protectCalls(text: string): string {
  return text.replaceAll(CALL, (call) => call.replaceAll(',', PROTECTED_COMMA))
}

/** Puts the commas back. */
export function restoreCalls(text: string): string {
  return text.replaceAll(PROTECTED_COMMA, ',')
}
