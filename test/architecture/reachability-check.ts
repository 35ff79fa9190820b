// Finds product files that no way into the product leads to: code that only its own tests know is dead.
import type { SourceFile, Violation } from './source-tree.ts'

/**
 * Follows every reference from the entries.
 * @param entries paths of the files that something outside starts
 * @returns the files of sim-core and host that were not met, and the entries that are not there
 */
export function checkReachability(files: readonly SourceFile[], entries: readonly string[]): Violation[] {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const missing = entries.filter((entry) => !byPath.has(entry))
  const met = new Set<string>()
  const open = entries.slice()
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const file = byPath.get(path)
    if (file === undefined || met.has(path)) continue
    met.add(path)
    for (const { target } of file.references) if (target !== undefined) open.push(target)
  }
  const dead = files.map((file) => file.path).filter((path) => /^(sim-core|host)\//.test(path) && !met.has(path))
  return [
    ...missing.map((path) => ({ path, rule: 'reachability', detail: 'an entry that does not exist' })),
    ...dead.map((path) => ({ path, rule: 'reachability', detail: 'nothing but tests leads here' })),
  ]
}
