/** Follows `extends:` from a file to its base and on, and finds cycles. */
import type { JsonValue } from '../language/field.ts'
import { quoted } from '../language/quantity.ts'
import { isJsonMap, locate } from './layers.ts'
import type { Problem } from './problem.ts'
import { problemAt } from './problem.ts'
import type { Source } from './yaml-source.ts'
import { readYaml } from './yaml-source.ts'

/** Reads the text of a base file, or says why it cannot. */
export type LoadBase = (path: string) => { readonly text: string } | { readonly problem: string }

/** Longest chain of files: deeper is not meant to be understood. */
const MAX_CHAIN = 10

/** Reads the chain of bases of a source: the source itself first, then its base, and so on. */
export function readBases(
  top: Source,
  loadBase: LoadBase | undefined,
): { readonly sources: readonly Source[]; readonly problems: readonly Problem[] } {
  const sources = [top]
  const problems: Problem[] = []
  for (let source: Source | undefined = top; source !== undefined;) {
    const path = baseOf(source)
    if (path === undefined) break
    const next = readBase(path, source, sources, loadBase)
    problems.push(...next.problems)
    if (next.source !== undefined) sources.push(next.source)
    source = next.source
  }
  return { sources, problems }
}

/** A document without its `extends`, which has been followed. */
export function withoutExtends(value: JsonValue): JsonValue {
  if (!isJsonMap(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'extends'))
}

function baseOf(source: Source): JsonValue | undefined {
  return isJsonMap(source.value) ? source.value['extends'] : undefined
}

function readBase(
  path: JsonValue,
  from: Source,
  chain: readonly Source[],
  loadBase: LoadBase | undefined,
): { readonly source?: Source; readonly problems: readonly Problem[] } {
  const complain = (code: string, message: string, hint: string) => ({
    problems: [problemAt({ code, message, hint }, locate([from], ['extends'], 'value'), ['extends'])],
  })
  if (typeof path !== 'string' || path.trim() === '') {
    return complain('wrong-type', `${quoted(path)} is not the path of a file`, 'write extends: ./base.yaml')
  }
  if (loadBase === undefined)
    return complain('no-base', 'this text cannot extend a file', 'write the base into the text itself')
  const resolved = resolvePath(from.file, path)
  const cycle = chain.findIndex(({ file }) => resolvePath('', file) === resolved)
  if (cycle >= 0) {
    const names = [...chain.slice(cycle).map(({ file }) => file), resolved].join(' → ')
    return complain('extends-cycle', `the files extend each other: ${names}`, 'remove one of the extends')
  }
  if (chain.length >= MAX_CHAIN)
    return complain('too-deep', `more than ${MAX_CHAIN} files extend each other`, 'merge some of them')
  const loaded = loadBase(resolved)
  if ('problem' in loaded)
    return complain(
      'no-base',
      `${quoted(path)} cannot be read: ${loaded.problem}`,
      'the path is relative to the file that extends',
    )
  return readYaml(loaded.text, resolved)
}

/** The path of `target` as written in the file `from`, with `.` and `..` resolved; absolute paths stay as they are. */
export function resolvePath(from: string, target: string): string {
  const isAbsolute = /^(?:\/|[A-Za-z]:)/u.test(target)
  const folder = isAbsolute ? [] : from.split(/[/\\]/u).slice(0, -1)
  const resolved: string[] = []
  for (const part of [...folder, ...target.split(/[/\\]/u)]) {
    const last = resolved.at(-1)
    if (part === '.' || (part === '' && resolved.length > 0)) continue
    if (part === '..' && last !== undefined && last !== '..' && last !== '') resolved.pop()
    else resolved.push(part)
  }
  return resolved.join('/')
}
