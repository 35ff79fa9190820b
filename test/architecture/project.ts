// The project itself as the object of the architecture tests.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Absolute path of the project. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url))

/** The packages that product code may use: `dependencies` of package.json. */
export function productLibraries(): Set<string> {
  const text = readFileSync(join(projectRoot, 'package.json'), 'utf8')
  const { dependencies } = JSON.parse(text) as { readonly dependencies: Readonly<Record<string, string>> }
  return new Set(Object.keys(dependencies))
}
