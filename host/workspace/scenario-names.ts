/** Names for new scenarios: of their files, and what people call them. */
import { stringify } from 'yaml'
import { isJsonMap } from '../../sim-core/scenario/layers.ts'
import { readYaml } from '../../sim-core/scenario/yaml-source.ts'

/** Longest file name, in characters: every file system takes it, also with a number added. */
const FILE_NAME_MAX = 100

/** A name that every file system takes and `extends` can write, ending in `.yaml`. */
export function cleanFileName(wanted: string): string {
  const last = wanted.split(/[/\\]/u).at(-1) ?? ''
  const stem = last
    .replace(/\.(?:yaml|yml|json)$/iu, '')
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
    .replaceAll(/^[-.]+|[-.]+$/gu, '')
    .slice(0, FILE_NAME_MAX)
  return `${stem === '' ? 'scenario' : stem}.yaml`
}

/** `name`, or `name 2`, `name 3` and so on, whichever nobody has yet. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name
  const [, stem = name] = /^(.*?)(?: \d{1,3})?$/u.exec(name) ?? []
  let number = 2
  while (taken.has(`${stem} ${number}`)) number += 1
  return `${stem} ${number}`
}

/**
 * The text with another `name:`, and not a byte changed elsewhere. A text that inherits its name gets a line of its own; one
 * whose name cannot be told apart from the rest stays as it is.
 */
export function renamed(text: string, name: string): string {
  const line = `name: ${stringify(name, { lineWidth: 0 }).trimEnd()}`
  const { source, problems } = readYaml(text, '')
  const before = source?.value ?? null
  if (!isJsonMap(before) || problems.length > 0) return text
  const changed =
    'name' in before ? text.replace(/^name:[^\r\n]*/mu, () => line) : `${text.replace(/(?<=[^\n])$/u, '\n')}${line}\n`
  const after = readYaml(changed, '').source?.value ?? null
  if (!isJsonMap(after) || after['name'] !== name) return text
  return JSON.stringify({ ...before, name }) === JSON.stringify({ ...after, name }) ? changed : text
}
