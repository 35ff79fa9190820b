// What a browser must fetch before it shows anything stays small: scripts and styles that the page names, and what those import.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { afterAll, expect, test } from 'vitest'
import { projectRoot } from '../architecture/project.ts'

/** Most bytes of the first load, gzipped. */
const FIRST_LOAD_BYTES_MAX = 900_000

const outDir = mkdtempSync(join(tmpdir(), 'headroom-page-'))
afterAll(() => rmSync(outDir, { recursive: true, force: true }))

/** The files that a built script imports at once; those that come later are imported by a call. */
function importedBy(source: string): string[] {
  return [...source.matchAll(/(?:^|[;}\s])(?:import|from)\s*"\.\/(?<file>[^"]+)"/gu)].flatMap(
    ({ groups }) => groups?.['file'] ?? [],
  )
}

/** Files of the first load, by name below `assets`. */
function firstLoad(): ReadonlySet<string> {
  const html = readFileSync(join(outDir, 'index.html'), 'utf8')
  const named = [...html.matchAll(/(?:src|href)="\.\/assets\/(?<file>[^"]+)"/gu)].flatMap(
    ({ groups }) => groups?.['file'] ?? [],
  )
  const met = new Set<string>()
  const open = [...named]
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (met.has(file)) continue
    met.add(file)
    if (file.endsWith('.js')) open.push(...importedBy(readFileSync(join(outDir, 'assets', file), 'utf8')))
  }
  return met
}

test('the first load is within its budget, and nothing in it comes from elsewhere', { timeout: 180_000 }, async () => {
  const configFile = join(projectRoot, 'vite.config.ts')
  await build({
    configFile,
    root: join(projectRoot, 'renderer'),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
  })
  const files = [...firstLoad()]
  expect(files.filter((file) => file.endsWith('.js')).length).toBeGreaterThan(0)
  const sizes = files.map((file) => gzipSync(readFileSync(join(outDir, 'assets', file))).length)
  const total = sizes.reduce((sum, bytes) => sum + bytes, 0)
  expect(total).toBeGreaterThan(50_000)
  expect(total, `${Math.round(total / 1000)} kB gzipped`).toBeLessThan(FIRST_LOAD_BYTES_MAX)
  const html = readFileSync(join(outDir, 'index.html'), 'utf8')
  expect(html).not.toMatch(/https?:\/\//u)
  expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/u)
  console.log(`first load: ${Math.round(total / 1000)} kB gzipped`)
})
