// A run leaves as one file and gives the same numbers elsewhere.
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, test } from './application.ts'
import { shopText } from './scenarios.ts'
import { decision, goTo, importFile, runToResults, screen, showTab } from './steps.ts'

test.beforeEach(({ watch }) => void watch)

/** What the shown result says, in the words of the page. */
async function figuresOf(page: Page): Promise<readonly string[]> {
  const tiles = page.getByRole('list', { name: 'Figures of all requests' }).getByRole('listitem')
  await expect(tiles.first()).toContainText('p95')
  const overview = await tiles.allInnerTexts()
  const runs = await showTab(page, 'Runs')
  return [
    ...overview,
    await runs.getByRole('table', { name: 'Replications' }).innerText(),
    await runs.getByRole('code').first().innerText(),
  ]
}

test('an exported run comes back after it was deleted, and on another machine, with every number', async ({
  page,
  browser,
  elsewhere,
}) => {
  await runToResults(page, 'shop.yaml', shopText)
  const figures = await figuresOf(page)
  expect(figures.at(-1)).toMatch(/^[0-9a-f]{16,}$/u)

  const download = page.waitForEvent('download')
  await screen(page).getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: /bundle that runs elsewhere/iu }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/\.headroom$/u)
  const bundle = readFileSync(await file.path())

  await goTo(page, 'Library')
  await page.getByRole('tab', { name: 'Runs 1' }).click()
  await page.getByRole('checkbox', { name: 'Choose run #1' }).check()
  await screen(page).getByRole('button', { name: 'Delete' }).click()
  const toast = page.getByRole('status').filter({ hasText: 'Run #1 is deleted.' })
  await expect(page.getByRole('tab', { name: 'Runs 0' })).toBeVisible()
  await toast.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('tab', { name: 'Runs 1' })).toBeVisible()

  const context = await browser.newContext()
  const other = await context.newPage()
  await other.goto(elsewhere.url)
  await importFile(other, 'shop.headroom', bundle)
  const imported = other.getByRole('status').filter({ hasText: 'Imported 1 scenario and 1 run from shop.headroom' })
  await expect(imported).toBeVisible()
  await other.getByRole('tab', { name: 'Runs 1' }).click()
  await other.getByRole('button', { name: '#1', exact: true }).click()
  await expect(decision(other)).toContainText('Corner shop holds 2 objectives')
  expect(await figuresOf(other)).toEqual(figures)

  await importFile(other, 'shop.headroom', bundle)
  await expect(other.getByRole('status').filter({ hasText: 'was here already' })).toBeVisible()
  await context.close()
})

test('a file that is no bundle is refused with words', async ({ page }) => {
  await importFile(page, 'broken.headroom', 'this is no bundle')
  await expect(page.getByRole('alert').filter({ hasText: 'broken.headroom was not imported' })).toBeVisible()
  await importFile(page, 'notes.txt', 'neither is this')
  await expect(page.getByRole('alert').filter({ hasText: 'notes.txt was not imported' })).toContainText('.yaml')
})

test('a scenario is dropped on the window', async ({ page }) => {
  const files = await page.evaluateHandle((text) => {
    const data = new DataTransfer()
    data.items.add(new File([text], 'shop.yaml', { type: 'text/yaml' }))
    return data
  }, shopText)
  await page.dispatchEvent('body', 'dragover', { dataTransfer: files })
  await expect(page.getByText('Drop scenarios (.yaml) or bundles (.headroom) to import them')).toBeVisible()
  await page.dispatchEvent('body', 'drop', { dataTransfer: files })
  await expect(page.getByRole('group', { name: /^Cache product_cache/u })).toBeVisible()
})
