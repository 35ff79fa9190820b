// The main path without a mouse: find a scenario, look at it, run it, read its results, go back.
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './application.ts'
import { endlessText, queueText } from './scenarios.ts'
import { clockS, decision, goTo, openScenario, screen } from './steps.ts'

test.beforeEach(({ watch }) => void watch)

/** Presses Tab until something has the focus. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted).toBeVisible({ timeout: 60_000 })
  for (let presses = 0; presses < 60; presses++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(wanted).toBeFocused()
}

test('from the library to a run, its results, and back', async ({ page }) => {
  await openScenario(page, 'queue.yaml', queueText)
  await goTo(page, 'Library')
  await page.reload()
  await expect(page.getByRole('list', { name: 'Scenarios' })).toContainText('Small queue')

  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the screen' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(screen(page)).toBeFocused()
  await page.keyboard.press('/')
  await page.keyboard.type('queue')
  const cards = page.getByRole('list', { name: 'Scenarios' })
  const title = cards.getByRole('button', { name: 'Small queue', exact: true })
  await tabTo(page, title)
  await page.keyboard.press('Enter')
  await expect(screen(page).getByRole('heading', { name: 'Design' })).toBeAttached()

  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(screen(page).getByRole('heading', { name: 'Run Small queue' })).toBeVisible()
  await tabTo(page, screen(page).getByRole('button', { name: 'See results' }))
  await page.keyboard.press('Enter')
  await expect(decision(page)).toContainText('Small queue holds')
  await tabTo(page, page.getByRole('tab', { name: 'Overview' }))
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByRole('tabpanel', { name: 'Runs' })).toContainText('3 replications')

  await page.keyboard.press('ControlOrMeta+k')
  const search = page.getByRole('dialog').getByRole('textbox')
  await expect(search).toBeFocused()
  await page.keyboard.type('go to lib')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(screen(page).getByRole('heading', { name: 'Library' })).toBeVisible()
})

test('arrow keys go from card to card and from run to run', async ({ page }) => {
  const cards = page.getByRole('list', { name: 'Scenarios' }).getByRole('listitem')
  const nameOf = (card: Locator): Locator => card.getByRole('button').first()
  await nameOf(cards.first()).focus()
  await page.keyboard.press('ArrowRight')
  await expect(nameOf(cards.nth(1))).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(nameOf(cards.first())).toBeFocused()
})

test('Esc cancels a run, and closes what is open before that', async ({ page }) => {
  await openScenario(page, 'endless.yaml', endlessText)
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect.poll(() => clockS(page)).toBeGreaterThan(0)
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(help).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(help).toBeHidden()
  await expect(screen(page).getByRole('button', { name: 'Pause' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(screen(page)).toContainText('Cancelled')
})
