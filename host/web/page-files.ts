/** The files of the built page, as they go over the wire. */
import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { contentTypes } from '../contract/page-security.ts'

/** What gains by being compressed. */
const COMPRESSED = new Set(['.html', '.js', '.css', '.svg', '.json'])

/** One file. */
export interface PageFile {
  readonly type: string
  readonly body: Buffer
  /** Absent where it would not be smaller. */
  readonly gzipped: Buffer | undefined
  readonly tag: string
}

/** Where the build puts files whose names change with their content. */
const HASHED_FOLDER = '/assets/'

/** Whether a path never shows anything else than it does now. */
export function isImmutable(path: string): boolean {
  return path.startsWith(HASHED_FOLDER)
}

/** The file that a path of an address leads to; undefined when it leads out of the folder, or nowhere. */
function pathUnder(root: string, addressPath: string): string | undefined {
  let path: string
  try {
    path = decodeURIComponent(addressPath)
  } catch {
    return undefined
  }
  if (/[\0\\]/u.test(path) || contentTypes[extname(path)] === undefined) return undefined
  const file = join(root, normalize(path))
  return file.startsWith(root + sep) ? file : undefined
}

const compress = promisify(gzip)

/** Reads files and keeps them, compressed too, until they change. */
export class PageFiles {
  readonly #root: string
  readonly #kept = new Map<string, { readonly stamp: string; readonly file: PageFile }>()

  /** @param root absolute path of the folder */
  constructor(root: string) {
    this.#root = root
  }

  /** undefined when there is no such file. */
  async read(addressPath: string): Promise<PageFile | undefined> {
    const path = pathUnder(this.#root, addressPath)
    if (path === undefined) return undefined
    const stats = await stat(path).catch(() => undefined)
    if (stats === undefined || !stats.isFile()) return undefined
    const stamp = `${stats.mtimeMs} ${stats.size}`
    const kept = this.#kept.get(path)
    if (kept?.stamp === stamp) return kept.file
    const file = await load(path)
    this.#kept.set(path, { stamp, file })
    return file
  }
}

async function load(path: string): Promise<PageFile> {
  const body = await readFile(path)
  const gzipped = COMPRESSED.has(extname(path)) ? await compress(body) : undefined
  return {
    type: contentTypes[extname(path)] ?? 'application/octet-stream',
    body,
    gzipped: gzipped !== undefined && gzipped.length < body.length ? gzipped : undefined,
    tag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
  }
}
