// Finds files that break the house rules on size, headers, exports and words.
import type { Program } from 'oxc-parser'
import type { SourceFile, Violation } from './source-tree.ts'

/** A longer file does more than one thing. */
export const LINES_AT_MOST = 400

/** Folder and file names that say nothing about what is inside. */
const emptyNames = /(^|[/.-])(utils?|helpers?|common|managers?|misc)([/.-]|$)/

/** The classes in the patterns keep this file from finding itself. */
const forbiddenWords: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\b(TO[D]O|FIX[M]E|X[X]X|HA[C]K)\b/, 'a note that something is unfinished'],
  [/(^|[\s'"`(=])\/(work|root|home|Users)\//, 'a path of one machine'],
  [/\bissue #[0-9]/i, 'a number of a tracker that readers may not have'],
]

/** Number of lines of a text. */
export function countLines(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
}

/** Files whose default export a tool loads: configurations, and the reporter that Playwright runs. */
const LOADED_BY_TOOLS = /\.config\.ts$|^test\/support\/playwright-count-reporter\.ts$/u

/** Checks size, first comment, exports and name of source files. Tools may load a default export. */
export function checkTidiness(files: readonly SourceFile[]): Violation[] {
  return files.flatMap((file) => problemsOf(file).map((detail) => ({ path: file.path, rule: 'tidy', detail })))
}

function problemsOf({ path, text, program }: SourceFile): string[] {
  const problems: string[] = []
  const lines = countLines(text)
  if (lines > LINES_AT_MOST) problems.push(`${lines} lines`)
  if (!startsWithPurpose(text)) problems.push('does not start with a sentence on what it is for')
  if (hasDefaultExport(program) && !LOADED_BY_TOOLS.test(path)) problems.push('a default export')
  if (isBarrel(program)) problems.push('only passes on exports of other files')
  if (emptyNames.test(path)) problems.push('a name that says nothing')
  return problems
}

/** Checks any text for words that have no place in the project. */
export function checkWords(path: string, text: string): Violation[] {
  return forbiddenWords
    .filter(([pattern]) => pattern.test(text))
    .map(([, name]) => ({ path, rule: 'words', detail: name }))
}

/** The first thing, after a possible #! line, is a comment with a sentence in it. */
function startsWithPurpose(text: string): boolean {
  const comment = /^(?:#!.*\n)?(?:\/\/ ?([^\n]*(?:\n\/\/[^\n]*)*)|\/\*\*?([^]*?)\*\/)/.exec(text)
  const sentence = comment?.[1] ?? comment?.[2] ?? ''
  return /[A-Z].*[^]*\S \S[^]*\./.test(sentence)
}

function hasDefaultExport(program: Program): boolean {
  return program.body.some(
    (statement) =>
      statement.type === 'ExportDefaultDeclaration' ||
      (statement.type === 'ExportNamedDeclaration' &&
        statement.specifiers.some(({ exported }) => exported.type === 'Identifier' && exported.name === 'default')),
  )
}

function isBarrel(program: Program): boolean {
  const passedOn = program.body.filter(
    (statement) =>
      statement.type === 'ExportAllDeclaration' ||
      (statement.type === 'ExportNamedDeclaration' && statement.source !== null),
  )
  return passedOn.length > 0 && passedOn.length === program.body.length
}
