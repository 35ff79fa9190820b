// What a newcomer meets: Black Friday with its question, and one hint that leads to the first run.
import { expect, test } from './application.ts'
import { cancelRun, clockS, expectClockMoves, openScenario, runFromDesign, screen } from './steps.ts'
import { queueText } from './scenarios.ts'

test.beforeEach(({ watch }) => void watch)

test('Black Friday comes first, with its question and a way to run it', async ({ page }) => {
  const first = page.getByRole('list', { name: 'Scenarios' }).getByRole('article').first()
  await expect(first.getByRole('button', { name: 'Black Friday', exact: true })).toBeVisible()
  await expect(first).toContainText('at three times the usual load, and what breaks first?')
  await expect(first).toContainText('No result yet')
  await expect(first.getByRole('button', { name: 'Run', exact: true })).toBeEnabled()
})

test('a dismissed hint never returns', async ({ page }) => {
  const hint = page.getByRole('complementary', { name: 'First steps' })
  await expect(hint).toContainText('This is Black Friday')
  await hint.getByRole('button', { name: 'Do not show this again' }).click()
  await expect(hint).toBeHidden()
  await page.reload()
  await expect(page.getByRole('list', { name: 'Scenarios' })).toContainText('Black Friday')
  await expect(hint).toBeHidden()
})

test('the hint starts the first run, and has done its work then', async ({ page }) => {
  await page.getByRole('complementary', { name: 'First steps' }).getByRole('button', { name: 'Run' }).click()
  await expect(screen(page).getByRole('heading', { name: 'Run Black Friday' })).toBeVisible()
  await expect.poll(() => clockS(page)).toBeGreaterThan(0)
  await expectClockMoves(page)
  await cancelRun(page)
  await page.getByRole('button', { name: 'Headroom, to the library' }).click()
  await expect(page.getByRole('list', { name: 'Scenarios' })).toContainText('Black Friday')
  await expect(page.getByRole('complementary', { name: 'First steps' })).toBeHidden()
})

test('a run of anything makes the hint needless', async ({ page }) => {
  await openScenario(page, 'queue.yaml', queueText)
  await page.getByRole('button', { name: 'Headroom, to the library' }).click()
  await expect(page.getByRole('complementary', { name: 'First steps' })).toBeVisible()
  await page.goBack()
  await runFromDesign(page)
  await page.getByRole('button', { name: 'Headroom, to the library' }).click()
  await expect(page.getByRole('complementary', { name: 'First steps' })).toBeHidden()
})
