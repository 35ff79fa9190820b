// Finds and reads oracle files, and decides which family each belongs to.
import { readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { isRecord } from './adapters/case-fields.ts'
import type { OracleCase, OracleFile } from './oracle-case.ts'
import { type OracleData, type OracleFamily, adapterFor, isNotOffered } from './registry.ts'

/** A file that belongs to no family or cannot be read, and why; it counts as one failed case. */
export interface StrayFile {
  readonly path: string
  readonly reason: string
}

/** What a folder holds. */
export interface OracleFolder {
  readonly files: readonly OracleFile[]
  readonly strays: readonly StrayFile[]
}

/** Reads every *.json below `folder`, in the order of their paths. Throws if the folder cannot be listed. */
export function readOracleFolder(
  folder: string,
  families: readonly OracleFamily[],
  data: readonly OracleData[],
): OracleFolder {
  const files: OracleFile[] = []
  const strays: StrayFile[] = []
  const inputs = new Map<string, OracleCase[]>()
  for (const path of jsonFilesBelow(folder)) {
    const content = readCases(path)
    if (typeof content === 'string') {
      strays.push({ path, reason: content })
      continue
    }
    const name = ownerOf(path, content.cases, families, data)
    const input = data.find(({ prefix }) => prefix === name)
    if (input !== undefined) inputs.set(input.family, [...(inputs.get(input.family) ?? []), ...content.cases])
    else if (name === undefined)
      strays.push({ path, reason: 'belongs to no known family, by its name or by its cases' })
    else files.push({ ...content, family: name, path })
  }
  return { files: files.map((file) => ({ ...file, ...tracesOf(inputs.get(file.family)) })), strays }
}

function tracesOf(traces: readonly OracleCase[] | undefined): { readonly traces?: readonly OracleCase[] } {
  return traces === undefined ? {} : { traces }
}

function jsonFilesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}

/** The content of an oracle file, or why it is none. */
function readCases(path: string): { readonly cases: readonly OracleCase[] } | string {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    return `cannot be read: ${error instanceof Error ? error.message : String(error)}`
  }
  if (!isRecord(content) || !Array.isArray(content['cases'])) return 'has no list of cases'
  const cases: unknown[] = content['cases']
  if (!cases.every(isOracleCase)) return 'has a case without an id'
  return { ...content, cases }
}

function isOracleCase(value: unknown): value is OracleCase {
  return isRecord(value) && typeof value['id'] === 'string'
}

/**
 * The family, or the prefix of the data, that a file belongs to: by the longest known prefix of its name, else the family
 * that knows the variant of each of its cases.
 */
function ownerOf(
  path: string,
  cases: readonly OracleCase[],
  families: readonly OracleFamily[],
  data: readonly OracleData[],
): string | undefined {
  const name = basename(path)
  const [longest] = [...families.map(({ family }) => family), ...data.map(({ prefix }) => prefix)]
    .filter((prefix) => name.startsWith(prefix))
    .toSorted((a, b) => b.length - a.length)
  if (longest !== undefined || cases.length === 0) return longest
  return families.find((family) => cases.every((testCase) => isKnown(family, testCase)))?.family
}

function isKnown(family: OracleFamily, testCase: OracleCase): boolean {
  return isNotOffered(family, testCase) || adapterFor(family, testCase) !== undefined
}
