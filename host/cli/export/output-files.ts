/** Writes files whole or not at all, and tells before a long run whether they can be written. */
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { HostError } from '../../contract/host-error.ts'

/** Why nothing can be written to a place, and what to do. */
export interface Unwritable {
  readonly message: string
  readonly hint: string
}

/** Whether a file can be written; undefined when it can. */
export function fileComplaint(path: string): Unwritable | undefined {
  if (existsSync(path) && statSync(path).isDirectory()) {
    return { message: `${path} is a folder`, hint: 'give the name of a file in it' }
  }
  if (isDevice(path)) return undefined
  return folderComplaint(dirname(resolve(path)))
}

/** Whether files can be put into a folder that is there, or that can be made; undefined when they can. */
export function exportFolderComplaint(path: string): Unwritable | undefined {
  return existsSync(path) ? folderComplaint(path) : folderComplaint(dirname(resolve(path)))
}

/** Writes beside the file and renames, so that nobody ever reads half of it. Throws a HostError. */
export function writeWhole(path: string, content: string | Buffer): void {
  try {
    write(path, content)
  } catch (error) {
    const message = `${path} could not be written: ${error instanceof Error ? error.message : String(error)}`
    throw new HostError({
      code: 'storage',
      message,
      hint: 'nothing was left behind; check room and permissions',
      retryable: true,
    })
  }
}

function write(path: string, content: string | Buffer): void {
  if (isDevice(path)) return writeFileSync(path, content)
  // What a link points at is replaced, not the link.
  const target = existsSync(path) ? realpathSync(path) : path
  const temporary = `${target}.${process.pid}.tmp`
  try {
    writeFileSync(temporary, content)
    renameSync(temporary, target)
  } finally {
    rmSync(temporary, { force: true })
  }
}

/** Writes files into a folder, which is made when it is not there. Throws a HostError. */
export function writeFolder(folder: string, files: ReadonlyMap<string, string>): void {
  if (!existsSync(folder)) mkdirSync(folder)
  for (const [name, text] of files) writeWhole(join(folder, name), text)
}

function folderComplaint(folder: string): Unwritable | undefined {
  if (!existsSync(folder))
    return { message: `there is no folder ${folder}`, hint: 'make it first, or give another one' }
  if (!statSync(folder).isDirectory()) return { message: `${folder} is not a folder`, hint: 'give another one' }
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
    return undefined
  } catch {
    return { message: `nothing can be written to ${folder}`, hint: 'check its permissions, or give another one' }
  }
}

/** A terminal, a pipe, /dev/null: there is nothing to rename. */
function isDevice(path: string): boolean {
  return existsSync(path) && !statSync(path).isFile() && !statSync(path).isDirectory()
}
