// Holds the dependency table: finds every import that leads to a room its file may not know.
import { builtinModules } from 'node:module'
import { rooms, type Room } from './dependency-table.ts'
import type { ModuleReference, SourceFile, Violation } from './source-tree.ts'

const nodeModules = new Set(builtinModules)

/**
 * Checks every reference of every file against the table.
 * @param libraries the packages that product code may use (`dependencies` of package.json)
 */
export function checkDependencies(files: readonly SourceFile[], libraries: ReadonlySet<string>): Violation[] {
  const known = new Set(files.map((file) => file.path))
  return files.flatMap((file) => {
    const room = roomOf(file.path)
    if (room === undefined) return [{ path: file.path, rule: 'room', detail: 'belongs to no room of the table' }]
    return file.references.flatMap((reference) => {
      const detail = problemOf(file.path, room, reference, known, libraries)
      return detail === undefined ? [] : [{ path: file.path, rule: 'dependency', detail }]
    })
  })
}

/** The room a path belongs to. */
function roomOf(path: string): Room | undefined {
  return rooms.find((room) => contains(room.path, path))
}

function problemOf(
  path: string,
  room: Room,
  reference: ModuleReference,
  known: ReadonlySet<string>,
  libraries: ReadonlySet<string>,
): string | undefined {
  const { specifier, target } = reference
  if (target === undefined) return problemOfPackage(room, reference, libraries)
  if (!known.has(target)) return /\.(ts|mjs)$/.test(target) ? `leads to no file: ${specifier}` : undefined
  if (contains(room.path, target)) return room.separateFolders ? problemOfNeighbour(room, path, target) : undefined
  if (room.mayImport.some((allowed) => contains(allowed, target))) return undefined
  const types = room.mayImportTypes?.some((allowed) => contains(allowed, target)) ?? false
  if (types) return reference.typesOnly ? undefined : `${room.path} may import only types from ${target}`
  return `${room.path} may not import ${target}`
}

function problemOfPackage(
  room: Room,
  { specifier, typesOnly }: ModuleReference,
  libraries: ReadonlySet<string>,
): string | undefined {
  if (specifier.startsWith('node:') || nodeModules.has(specifier)) {
    return room.node ? undefined : `${room.path} may not import Node's ${specifier}`
  }
  const name = packageName(specifier)
  if (typesOnly && room.libraryTypes?.includes(name)) return undefined
  if (room.libraries !== 'any') {
    return room.libraries.includes(name) ? undefined : `${room.path} may not import the library ${name}`
  }
  const product = room.path.startsWith('host')
  return product && !libraries.has(name) ? `product code imports ${name}, which is no dependency of it` : undefined
}

/** Folders of a room with separate folders know themselves, the files beside them and what is common, never each other. */
function problemOfNeighbour(room: Room, path: string, target: string): string | undefined {
  const to = folderWithin(room, target)
  if (to === undefined || to === folderWithin(room, path)) return undefined
  if (room.commonParts?.some((part) => contains(part, target))) return undefined
  return `${path} may not import its neighbour ${target}`
}

function folderWithin(room: Room, path: string): string | undefined {
  const [first, second] = path.slice(room.path.length + 1).split('/')
  return second === undefined ? undefined : first
}

function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

function contains(room: string, path: string): boolean {
  return path === room || path.startsWith(`${room}/`)
}
