// Builds the page of the application into dist/renderer, unless it already is what its sources say.
//
// It is built beside and then put in place: a build that fails leaves the old page, and no browser sees half of one.
// Plain JavaScript, because the desktop and the command line start it too. What it says goes to stderr.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const page = join(root, 'dist', 'renderer')
/** Name of the file beside the page that says what it was built from. */
const STAMP = 'sources.sha256'

/** Everything that goes into the page. */
const SOURCES = ['renderer', 'sim-core', join('host', 'contract'), 'vite.config.ts', 'package-lock.json']

/**
 * Every file at or under a path, in a fixed order.
 * @param {string} path from the root
 * @returns {string[]}
 */
function filesUnder(path) {
  const entries = path.includes('.') ? [] : readdirSync(join(root, path), { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return path.includes('.') ? [join(root, path)] : files.sort()
}

function sourcesDigest() {
  const hash = createHash('sha256')
  for (const file of SOURCES.flatMap(filesUnder)) hash.update(file.slice(root.length)).update(readFileSync(file))
  return hash.digest('hex')
}

const wanted = sourcesDigest()
const stamp = join(page, STAMP)
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) process.exit(0)

console.error('[dev] building the page')
const scratch = join(root, '.tmp', `page-${process.pid}`)
mkdirSync(join(root, 'dist'), { recursive: true })
const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
const { status } = spawnSync(
  process.execPath,
  [vite, 'build', '--outDir', scratch, '--emptyOutDir', '--logLevel', 'error'],
  {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, PATH: join(root, 'node_modules', '.bin') + delimiter + (process.env['PATH'] ?? '') },
  },
)
if (status !== 0) {
  rmSync(scratch, { recursive: true, force: true })
  process.exit(status ?? 1)
}
writeFileSync(join(scratch, STAMP), wanted)
rmSync(page, { recursive: true, force: true })
renameSync(scratch, page)
