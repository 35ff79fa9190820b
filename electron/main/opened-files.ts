/** Files and links that the system asks us to open, from an argument list, a drop on the icon or `headroom://`. */
import { open } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import type { OpenedFile } from '../../host/contract/desktop-bridge.ts'

/** What we open: scenarios and bundles. */
export const openableExtensions = ['yaml', 'yml', 'headroom'] as const

/** Largest file that is taken in, in bytes: a bundle of many runs; scenarios have their own, smaller limit. */
const FILE_BYTES_MAX = 200 * 1024 * 1024

/** Addresses of our own scheme lead to a screen: `headroom://open/results/run-id`. */
const DEEP_LINK = /^headroom:\/\/open\/(?<path>[\w/?=&.,%-]{1,500})$/u

/** The files among the arguments of a program that was started. */
export function filesIn(args: readonly string[]): string[] {
  return args.filter((arg) => !arg.startsWith('-') && isOpenable(arg))
}

/** Whether the name is one of a file that we open. */
function isOpenable(path: string): boolean {
  return openableExtensions.some((extension) => extname(path).toLowerCase() === `.${extension}`)
}

/** The address in the page that a deep link stands for, such as `#/results/run-id`; undefined for any other text. */
export function addressOfLink(link: string): string | undefined {
  const path = DEEP_LINK.exec(link)?.groups?.['path']
  return path === undefined ? undefined : `#/${path}`
}

/** Reads a file whole. Rejects when it is not there, not a plain file or too large. */
export async function readOpenedFile(path: string): Promise<OpenedFile> {
  await using file = await open(path, 'r')
  const { size, isFile } = await file.stat().then((stat) => ({ size: stat.size, isFile: stat.isFile() }))
  if (!isFile) throw new Error(`${basename(path)} is not a file`)
  if (size > FILE_BYTES_MAX) throw new Error(`${basename(path)} is larger than ${FILE_BYTES_MAX / 1024 / 1024} MB`)
  return { fileName: basename(path), base64: (await file.readFile()).toString('base64') }
}
