// The page is there, is built, or it is said what to do.
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ensurePage } from '../../../host/cli/built-page.ts'
import { temporaryTree } from '../../support/temporary-tree.ts'

/** A builder that ends as told. */
function places(builder?: string) {
  const root = temporaryTree({ 'readme.md': '' })
  const pageBuilder = join(root, 'build.mjs')
  if (builder !== undefined) writeFileSync(pageBuilder, builder)
  return { pageFolder: join(root, 'page'), pageBuilder }
}

test('a page that is not there is built where there are sources', async () => {
  const at = places(`import { mkdirSync, writeFileSync } from 'node:fs'
mkdirSync(new URL('page', import.meta.url))
writeFileSync(new URL('page/index.html', import.meta.url), 'page')`)
  await ensurePage(at)
  expect(existsSync(join(at.pageFolder, 'index.html'))).toBe(true)
})

test('one that is there is left alone', async () => {
  const pageFolder = temporaryTree({ 'index.html': '' })
  await expect(ensurePage({ pageFolder, pageBuilder: '/nowhere' })).resolves.toBeUndefined()
})

test('without sources, or when the build fails, it is said what to do', async () => {
  await expect(ensurePage(places())).rejects.toMatchObject({
    details: { code: 'storage', hint: 'install Headroom again, or name its folder with --page' },
  })
  await expect(ensurePage(places('process.exit(1)'))).rejects.toMatchObject({ message: 'the page could not be built' })
})
