// Reads and parses every source file under a folder, for the checks of this folder.
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { parseSync, Visitor, type Program } from 'oxc-parser'

/** One place where a file names another module. */
export interface ModuleReference {
  /** The specifier as written. */
  readonly specifier: string
  /** The file it leads to, as a path from the root, when the specifier is relative. */
  readonly target: string | undefined
  /** True when nothing but types crosses. */
  readonly typesOnly: boolean
}

/** One parsed source file. */
export interface SourceFile {
  /** Path from the root, with forward slashes. */
  readonly path: string
  readonly text: string
  readonly program: Program
  readonly references: readonly ModuleReference[]
}

/** One broken rule. */
export interface Violation {
  readonly path: string
  readonly rule: string
  readonly detail: string
}

const skippedFolders = new Set(['node_modules', '.git', '.tmp', 'coverage', 'dist'])

/** Lists every file under a folder as sorted paths from it, without installed, generated and hidden-away folders. */
export function listFiles(root: string, folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = posix.join(folder, entry.name)
      if (entry.isDirectory()) return skippedFolders.has(entry.name) ? [] : listFiles(root, path)
      return [path]
    })
    .toSorted()
}

/**
 * Parses every TypeScript and JavaScript file under a folder.
 * @throws when a file has a syntax error: an unread file must not look like a clean one
 */
export function readSourceTree(root: string): SourceFile[] {
  return listFiles(root)
    .filter((path) => /\.(ts|tsx|mts|mjs|js)$/.test(path))
    .map((path) => parseSource(path, readFileSync(join(root, path), 'utf8')))
}

/** Parses one file. */
export function parseSource(path: string, text: string): SourceFile {
  const { program, errors } = parseSync(path, text)
  if (errors[0] !== undefined) throw new Error(`${path}: ${errors[0].message}`)
  return { path, text, program, references: collectReferences(path, program) }
}

function collectReferences(path: string, program: Program): ModuleReference[] {
  const found: ModuleReference[] = []
  const add = (specifier: string, typesOnly: boolean): void => {
    const target = /^\.\.?\//.test(specifier) ? posix.join(posix.dirname(path), specifier) : undefined
    found.push({ specifier, target, typesOnly })
  }
  new Visitor({
    ImportDeclaration(node) {
      const inlineTypes = node.specifiers.length > 0 && node.specifiers.every(isTypeSpecifier)
      add(node.source.value, node.importKind === 'type' || inlineTypes)
    },
    ExportNamedDeclaration(node) {
      if (node.source !== null) add(node.source.value, node.exportKind === 'type')
    },
    ExportAllDeclaration(node) {
      add(node.source.value, node.exportKind === 'type')
    },
    ImportExpression(node) {
      add(node.source.type === 'Literal' ? String(node.source.value) : '(computed)', false)
    },
    TSImportType(node) {
      add(node.source.value, true)
    },
    NewExpression(node) {
      // new URL('./x.worker.ts', import.meta.url) starts a worker: it is as good as an import.
      const [file, base] = node.arguments
      if (node.callee.type !== 'Identifier' || node.callee.name !== 'URL') return
      if (base?.type !== 'MemberExpression' || base.object.type !== 'MetaProperty') return
      if (file?.type === 'Literal') add(String(file.value), false)
    },
  }).visit(program)
  return found
}

function isTypeSpecifier(specifier: { readonly type: string; readonly importKind?: string }): boolean {
  return specifier.type === 'ImportSpecifier' && specifier.importKind === 'type'
}
