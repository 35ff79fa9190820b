/** Reads scenario files from disk, with the files they extend. */
import { readFileSync, statSync } from 'node:fs'
import { MAX_TEXT_CHARACTERS } from '../../sim-core/scenario/limits-of-text.ts'
import { parseScenario } from '../../sim-core/scenario/parse.ts'
import type { ParseResult } from '../../sim-core/scenario/parse.ts'
import { withinLimits } from './scenario-limits.ts'

/** The text of a file, or why there is none, and how to mend it. */
type TextReading = { readonly text: string } | { readonly problem: string; readonly hint: string }

/**
 * Parses a scenario file with all it extends and the `path=value` overrides of a command line. A file that cannot be read
 * is a problem at its first line: `no-file`. A scenario that no machine can simulate has a problem too: `too-large`.
 */
export function loadScenario(path: string, overrides: readonly string[] = []): ParseResult {
  const reading = readText(path)
  if ('text' in reading) {
    const parsed = parseScenario(reading.text, path, { overrides, loadBase: readText })
    return withinLimits(parsed, reading.text, path, overrides)
  }
  const place = { path: '', file: path, line: 1, column: 1 }
  return { problems: [{ code: 'no-file', severity: 'error', ...place, message: reading.problem, hint: reading.hint }] }
}

/** Looks at the size before it reads: a file of many gigabytes is refused as quickly as a missing one. */
function readText(path: string): TextReading {
  try {
    const stats = statSync(path)
    if (!stats.isFile()) return { problem: 'this is not a file', hint: 'give the path of a YAML file' }
    if (stats.size > MAX_TEXT_CHARACTERS) {
      const megabytes = MAX_TEXT_CHARACTERS / 1024 / 1024
      return {
        problem: `the file is larger than ${megabytes} MB`,
        hint: 'a scenario is a few kilobytes; is this the right file?',
      }
    }
    return { text: readFileSync(path, 'utf8') }
  } catch (error) {
    return unreadable(error)
  }
}

function unreadable(error: unknown): TextReading {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT')
    return { problem: 'there is no such file', hint: 'check the path; headroom list shows the scenarios that ship' }
  if (code === 'EACCES' || code === 'EPERM')
    return { problem: 'the file may not be read', hint: 'check its permissions' }
  return { problem: `the file cannot be read (${String(code ?? error)})`, hint: 'check the path' }
}
