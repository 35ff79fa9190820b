// Every file is short, says what it is for and keeps to the house rules, and the check notices when one does not.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { projectRoot } from './project.ts'
import { listFiles, parseSource, readSourceTree } from './source-tree.ts'
import { checkTidiness, checkWords, countLines, LINES_AT_MOST } from './tidy-check.ts'

/** Far below what there is; a check that reads nothing must not pass. */
const FILES_AT_LEAST = 60

test('the source files are tidy', () => {
  const files = readSourceTree(projectRoot)
  expect(files.length).toBeGreaterThan(FILES_AT_LEAST)
  expect(checkTidiness(files)).toEqual([])
  const sizes = files.map((file) => countLines(file.text)).toSorted((a, b) => a - b)
  const at = (share: number): number | undefined => sizes[Math.floor(share * (sizes.length - 1))]
  console.log(`lines per source file: median ${at(0.5)}, p90 ${at(0.9)}, longest ${at(1)}, files ${sizes.length}`)
})

test('no text of the project has a forbidden word', () => {
  const written = /\.(ts|mjs|js|md|ya?ml|json|css|html)$|(^|\/)(LICENSE|run|\.[a-z]+rc|\.[a-z]+ignore)$/
  const copied = /^(package-lock\.json$|test\/oracle\/vectors\/)/
  const paths = listFiles(projectRoot).filter((path) => written.test(path) && !copied.test(path))
  expect(paths.length).toBeGreaterThan(FILES_AT_LEAST)
  expect(paths.flatMap((path) => checkWords(path, readFileSync(join(projectRoot, path), 'utf8')))).toEqual([])
})

const HEADER = '// Says what it is for.\n'

test.each([
  ['a default export', 'host/runs/a.ts', `${HEADER}export default 1\n`],
  ['a default export', 'host/runs/a.ts', `${HEADER}const a = 1\nexport { a as default }\n`],
  ['only passes on exports of other files', 'host/runs/index.ts', `${HEADER}export * from './a.ts'\n`],
  ['only passes on exports of other files', 'host/runs/index.ts', `${HEADER}export { a } from './a.ts'\n`],
  ['does not start with a sentence on what it is for', 'host/runs/a.ts', 'export const a = 1\n'],
  ['does not start with a sentence on what it is for', 'host/runs/a.ts', '// constants\nexport const a = 1\n'],
  ['a name that says nothing', 'host/utils/a.ts', HEADER],
  ['a name that says nothing', 'host/runs/run-helpers.ts', HEADER],
  [`${LINES_AT_MOST + 1} lines`, 'host/runs/a.ts', HEADER + 'f()\n'.repeat(LINES_AT_MOST)],
])('%s is found in %s', (detail, path, text) => {
  expect(checkTidiness([parseSource(path, text)]).map((one) => one.detail)).toEqual([detail])
})

test.each([
  `${HEADER}export const a = 1\n`,
  `/** Says what it is for. */\nexport const a = 1\n`,
  `#!/usr/bin/env node\n${HEADER}export const a = 1\n`,
  `/*\n * Says what it is for.\n */\nimport { b } from './b.ts'\nexport { c } from './c.ts'\nexport const a = b\n`,
])('%j is tidy', (text) => {
  expect(checkTidiness([parseSource('host/runs/a.ts', text + 'f()\n'.repeat(LINES_AT_MOST - 10))])).toEqual([])
})

test.each(['// TO@DO later', '// FIX@ME', "'/ro@ot/notes.md'", 'see issue #@12'])(
  '%s is found without the @',
  (text) => {
    expect(checkWords('a.ts', text)).toEqual([])
    expect(checkWords('a.ts', text.replace('@', ''))).toHaveLength(1)
  },
)
