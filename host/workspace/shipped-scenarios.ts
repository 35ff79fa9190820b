/** The scenarios that ship with the program, as files. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One of them. */
export interface ShippedScenario {
  readonly fileName: string
  readonly text: string
}

/** What a newcomer sees first. */
const FIRST = 'black-friday.yaml'

/** Read once: they change only with the program. */
export function shippedScenarios(libraryFolder: string): readonly ShippedScenario[] {
  if (!existsSync(libraryFolder)) return []
  const names = readdirSync(libraryFolder).filter((name) => name.endsWith('.yaml'))
  const ordered = names.toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
  return ordered.map((fileName) => ({ fileName, text: readFileSync(join(libraryFolder, fileName), 'utf8') }))
}

function rank(name: string): number {
  return name === FIRST ? 0 : 1
}
