// Is one design better than another: the verdict in a sentence, the figures behind it, and what was changed.
import type { Page } from '@playwright/test'
import { expect, test } from './application.ts'
import { queueText } from './scenarios.ts'
import { goTo, openScenario, pasteYaml, runFromDesign, screen, seeResults } from './steps.ts'

test.beforeEach(({ watch }) => void watch)

/** Runs the open scenario with another number of replicas. */
async function runWith(page: Page, replicas: number): Promise<void> {
  await goTo(page, 'Design')
  await pasteYaml(page, queueText.replace('replicas: 2', `replicas: ${replicas}`))
  await expect(page.getByRole('group', { name: new RegExp(`^Service desk, replicas ${replicas}`, 'u') })).toBeVisible()
  await runFromDesign(page)
  await seeResults(page)
}

test('two designs are told apart: by how much, how sure, and by what change; three are ranked', async ({ page }) => {
  await openScenario(page, 'queue.yaml', queueText)
  await runFromDesign(page)
  await seeResults(page)
  await runWith(page, 1)

  await goTo(page, 'Compare')
  const verdict = page.getByRole('region', { name: 'Verdict' })
  await expect(verdict).toContainText(/worse/iu)
  await expect(verdict).toContainText(/same seed|paired/iu)
  const change = page.getByRole('region', { name: 'What was changed' }).getByRole('listitem')
  await expect(change).toHaveText(/services\.desk\.replicas\s*2\s*→\s*1/u)
  const deltas = page.getByRole('region', { name: 'Differences of B from A' })
  const p95 = deltas.getByRole('row').filter({ hasText: 'p95' }).first()
  await expect(p95).toContainText(/ms/u)
  await expect(p95).toContainText(/worse|slower/iu)
  await expect(screen(page).getByRole('figure').first()).toBeVisible()

  await runWith(page, 4)
  await goTo(page, 'Library')
  await page.getByRole('tab', { name: /^Runs/u }).click()
  await page.getByRole('checkbox', { name: 'Choose all runs' }).check()
  await screen(page).getByRole('button', { name: 'Compare', exact: true }).click()
  const ranking = page.getByRole('region', { name: 'Ranking' }).getByRole('table')
  await expect(ranking.getByRole('row')).toHaveCount(4)
  await expect(ranking.getByRole('row').nth(3)).toContainText('#2')
  await page.getByText('C against A', { exact: true }).click()
  await expect(change).toHaveText(/services\.desk\.replicas\s*2\s*→\s*4/u)
})

test('without runs, it says how to come by some', async ({ page }) => {
  await goTo(page, 'Compare')
  await expect(screen(page)).toContainText('Nothing to compare yet')
  await screen(page).getByRole('button', { name: 'Open the library' }).click()
  await expect(screen(page).getByRole('heading', { name: 'Library' })).toBeVisible()
})
