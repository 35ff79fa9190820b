// Every screen in light and dark, as axe judges it.
import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from './application.ts'
import { endlessText, queueText, shopText } from './scenarios.ts'
import { cancelRun, clockS, decision, goTo, openScenario, pasteYaml } from './steps.ts'
import { runToResults, screen, seeResults, showTab } from './steps.ts'

test.beforeEach(async ({ watch, page }) => {
  void watch
  // Nothing is judged half faded in.
  await page.emulateMedia({ reducedMotion: 'reduce' })
})

/** The theme follows the system unless the user says otherwise. */
async function expectBothThemes(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
    await expectAccessible(page)
  }
}

test('library, its dialogs and the palette', async ({ page }) => {
  await expect(page.getByRole('list', { name: 'Scenarios' })).toContainText('Black Friday')
  await expectBothThemes(page)
  await page.getByRole('tab', { name: /^Runs/u }).click()
  await expect(screen(page)).toContainText('No runs yet')
  await expectBothThemes(page)
  await screen(page).getByRole('button', { name: 'New scenario' }).click()
  await expect(page.getByRole('dialog')).toContainText('Black Friday')
  await expectBothThemes(page)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByRole('dialog').getByRole('textbox')).toBeFocused()
  await expectBothThemes(page)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await expectBothThemes(page)
})

test('design with its inspector, table and problems', async ({ page }) => {
  await openScenario(page, 'shop.yaml', shopText.replace('replicas: 2', 'replicas: -2'))
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await page
    .getByRole('region', { name: 'Canvas' })
    .getByRole('group', { name: /^Service catalog/u })
    .click()
  await expect(inspector.getByRole('heading', { name: 'catalog', level: 2 })).toBeVisible()
  await page
    .getByRole('region', { name: 'Problems' })
    .getByRole('button', { name: /problem/u })
    .click()
  await expectBothThemes(page)
  await page.getByText('Table', { exact: true }).click()
  await expect(page.getByRole('table', { name: 'Components of the scenario' })).toBeVisible()
  await expectBothThemes(page)
})

test('earlier versions, tags and notes', async ({ page }) => {
  await openScenario(page, 'queue.yaml', queueText)
  await pasteYaml(page, queueText.replace('replicas: 2', 'replicas: 9'))
  await expect(page.getByRole('banner')).toContainText(/Saved/u)
  await page.getByRole('button', { name: 'Earlier versions' }).click()
  const versions = page.getByRole('dialog', { name: 'Earlier versions' })
  await expect(versions.getByRole('region', { name: 'Difference to the present text' })).toContainText('replicas: 9')
  await expectBothThemes(page)
  await page.keyboard.press('Escape')
  await expect(versions).toBeHidden()

  await goTo(page, 'Library')
  await screen(page).getByRole('button', { name: 'More for Small queue' }).click()
  await expectBothThemes(page)
  await page.getByRole('menuitem', { name: 'Tags and notes' }).click()
  await expect(page.getByRole('dialog', { name: /^Tags and notes/u })).toBeVisible()
  await expectBothThemes(page)
  await page.keyboard.press('Escape')
})

test('a run before its start, live, and ended', async ({ page }) => {
  await openScenario(page, 'endless.yaml', endlessText)
  await goTo(page, 'Run')
  const run = screen(page).getByRole('button', { name: 'Run', exact: true })
  await expect(run).toBeEnabled()
  await expect(screen(page).getByRole('group', { name: /^Service desk/u })).toBeVisible()
  await expectBothThemes(page)
  await run.click()
  await expect.poll(() => clockS(page)).toBeGreaterThan(0)
  await screen(page).getByRole('button', { name: 'Pause' }).click()
  await expect(screen(page).getByRole('button', { name: 'Resume' })).toBeVisible()
  await expectBothThemes(page)
  await cancelRun(page)
  await expectBothThemes(page)
})

test('results, tab by tab', async ({ page }) => {
  test.slow()
  await runToResults(page, 'shop.yaml', shopText)
  for (const name of await page.getByRole('tab').allInnerTexts()) {
    await showTab(page, name)
    await expectBothThemes(page)
  }
})

test('comparison, and the library with runs', async ({ page }) => {
  await runToResults(page, 'shop.yaml', shopText)
  await screen(page).getByRole('button', { name: 'Run again' }).click()
  await expect(decision(page)).toBeHidden()
  await seeResults(page)
  await goTo(page, 'Compare')
  await expect(page.getByRole('region', { name: 'Verdict' })).toBeVisible()
  await expectBothThemes(page)
  await screen(page).getByRole('button', { name: 'Add run' }).click()
  await expect(page.getByRole('dialog', { name: 'Runs to compare' })).toBeVisible()
  await expectBothThemes(page)
  await page.keyboard.press('Escape')
  await goTo(page, 'Library')
  await expectBothThemes(page)
  await page.getByRole('tab', { name: 'Runs 2' }).click()
  await page.getByRole('checkbox', { name: 'Choose all runs' }).check()
  await expectBothThemes(page)
})
