// The engine in Chromium gives the fingerprints that Node gives.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import type { TestContext } from 'vitest'
import { findProgram, systemPrograms } from '../../scripts/system-programs.ts'
import { fingerprintOf } from '../golden/fingerprint.ts'
import type { FingerprintTask } from '../golden/fingerprint.ts'
import { goldenCases, scenarioFiles } from '../golden/golden-cases.ts'
import { BUNDLE_NAME, bundleCore } from './core-bundle.ts'

const files = scenarioFiles()
const executablePath = findProgram(systemPrograms.chromium)
const profile = mkdtempSync(join(tmpdir(), 'headroom-chromium-'))
let browser: BrowserContext | undefined
let opened: Promise<Page> | undefined

/** A page with the core in it, the same for all tests; a machine without Chromium skips them. */
function pageOf({ skip }: TestContext): Promise<Page> {
  if (executablePath === undefined) skip('no Chromium on PATH: the engine was not tried in a browser')
  else opened ??= open(executablePath)
  return opened!
}

async function open(program: string): Promise<Page> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const quiet = ['--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update']
  browser = await chromium.launchPersistentContext(profile, {
    executablePath: program,
    headless: true,
    args: [...asRoot, ...quiet, '--disable-sync'],
  })
  const page = await browser.newPage()
  await page.addScriptTag({ content: await bundleCore() })
  return page
}

afterAll(async () => {
  await browser?.close()
  rmSync(profile, { recursive: true, force: true })
})

test.for(Object.entries(goldenCases))('%s: as in Node', { timeout: 120_000 }, async ([file, overrides], context) => {
  const page = await pageOf(context)
  const task: FingerprintTask = { file, files, overrides, seed: 5, eventsPerStep: 50_000 }
  const found: unknown = await page.evaluate(`${BUNDLE_NAME}.fingerprintOf(${JSON.stringify(task)})`)
  expect(found).toBe(fingerprintOf(task))
})
