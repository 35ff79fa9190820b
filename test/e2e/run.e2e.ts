// A run under way: seen live, paused, resumed, cancelled; and its numbers, which are those of the command line.
import { writeFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from './application.ts'
import { endlessText, queueText, shopText } from './scenarios.ts'
import { cancelRun, clockS, decision, expectClockMoves, goTo, openScenario, runFromDesign } from './steps.ts'
import { runOnCommandLine, screen, seeResults, showTab } from './steps.ts'

test.beforeEach(({ watch }) => void watch)

test('a run starts in the library, is watched, and leads to its results', async ({ page }) => {
  await openScenario(page, 'queue.yaml', queueText)
  await goTo(page, 'Library')
  const card = page.getByRole('article').filter({ hasText: 'Small queue' })
  await card.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(screen(page).getByRole('heading', { name: 'Run Small queue' })).toBeVisible()
  await seeResults(page)
  await expect(decision(page)).toContainText('Small queue holds 2 objectives')
  await goTo(page, 'Library')
  await expect(card).toContainText('Holds')
  await expect(card).toContainText(/p95 over the run, [\d.]+\sms over all/u)
})

test('the system is seen filling up: clock, figures on the canvas, figures against objectives, charts', async ({
  page,
}) => {
  await openScenario(page, 'endless.yaml', endlessText)
  await runFromDesign(page)
  const canvas = page.getByRole('region', { name: 'The system as it runs' })
  await expect(canvas.getByRole('group', { name: /^Traffic customers, .* req\/s sent/u })).toBeVisible()
  await expect(canvas.getByRole('group', { name: /^Service desk, .* % busy, .* waiting, 3 replicas/u })).toBeVisible()
  await expectClockMoves(page)
  const row = page
    .getByRole('table', { name: /^Endpoints in the last bucket/u })
    .getByRole('row', { name: /desk\.serve/u })
  await expect(row).toContainText(/req\/s/u)
  await expect(row).toContainText(/(?:holds|missed) now/u)
  for (const title of ['Load', 'Latency of all requests', 'Busiest stations', 'Longest queues']) {
    await expect(screen(page).getByRole('figure', { name: new RegExp(`^${title}`, 'u') })).toBeVisible()
  }
  const load = page.getByRole('table', { name: 'Legend of Load' }).getByRole('row', { name: /^arriving/u })
  await expect(load).toContainText(/[1-9]/u)
  await cancelRun(page)
})

test('a paused run stands still until it is resumed', async ({ page }) => {
  await openScenario(page, 'endless.yaml', endlessText)
  await runFromDesign(page)
  await expect.poll(() => clockS(page)).toBeGreaterThan(0)
  await screen(page).getByRole('button', { name: 'Pause' }).click()
  await expect(screen(page).getByRole('button', { name: 'Resume' })).toBeVisible()
  // What was on its way when it was paused may still arrive.
  await expect(async () => {
    const before = await clockS(page)
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByRole('button').click()
    await expect(page.getByRole('dialog')).toBeHidden()
    expect(await clockS(page)).toBe(before)
  }).toPass()
  await screen(page).getByRole('button', { name: 'Resume' }).click()
  await expectClockMoves(page)
  await cancelRun(page)
})

test('a young run is cancelled at once, and keeps what it measured', async ({ page }) => {
  await openScenario(page, 'endless.yaml', endlessText)
  await runFromDesign(page)
  await expect.poll(() => clockS(page)).toBeGreaterThan(60)
  await page.keyboard.press('Escape')
  await expect(screen(page)).toContainText('Cancelled')
  await expect(page.getByRole('dialog')).toBeHidden()
  await seeResults(page)
  await expect(decision(page)).toContainText('partial')
})

test('a run of more than ten seconds is cancelled only when the user is sure', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const elapsed = longestRun(page)
  await openScenario(page, 'endless.yaml', endlessText)
  await page.reload()
  await runFromDesign(page)
  await expect.poll(elapsed, { timeout: 60_000 }).toBeGreaterThan(10_500)
  await page.keyboard.press('Escape')
  const question = page.getByRole('dialog', { name: /^Cancel run #1/u })
  await expect(question).toContainText('kept as a partial result')
  await expectAccessible(page)
  await question.getByRole('button', { name: 'Keep running' }).click()
  await expect(question).toBeHidden()
  await expectClockMoves(page)
  await page.keyboard.press('Escape')
  await question.getByRole('button', { name: 'Cancel the run' }).click()
  await expect(screen(page)).toContainText('Cancelled')
})

test('its numbers are those of the command line with the same seed', async ({ page }, testInfo) => {
  const file = testInfo.outputPath('shop.yaml')
  writeFileSync(file, shopText)
  const expected = await runOnCommandLine(file)
  await openScenario(page, 'shop.yaml', shopText)
  await runFromDesign(page)
  await seeResults(page)
  const { p95 } = expected.clients.latency_ms
  const tile = page
    .getByRole('list', { name: 'Figures of all requests' })
    .getByRole('listitem')
    .filter({ hasText: 'p95' })
  await expect(tile).toContainText(p95.mean?.toPrecision(3) ?? 'none')
  await expect(decision(page)).toContainText(`plan ${expected.plan_hash.slice(0, 10)}`)
  const runs = await showTab(page, 'Runs')
  await expect(runs).toContainText(expected.fingerprint)
  for (const { fingerprint } of expected.per_replication) await expect(runs).toContainText(fingerprint.slice(0, 16))
})

test('a scenario that ran with the same seed is not simulated again unless asked to', async ({ page }) => {
  await openScenario(page, 'queue.yaml', queueText)
  await runFromDesign(page)
  await seeResults(page)
  await goTo(page, 'Run')
  await screen(page).getByRole('button', { name: 'Run', exact: true }).click()
  const told = page.getByRole('status').filter({ hasText: 'Run #1 has the same plan, seed and engine' })
  await expect(told).toBeVisible()
  await told.getByRole('button', { name: 'Run again' }).click()
  await expect(screen(page).getByText('#2', { exact: true })).toBeVisible()
  await goTo(page, 'Library')
  await expect(page.getByRole('tab', { name: 'Runs 2' })).toBeVisible()
})

/** How long any run has been going, in ms, by what the host tells the page. */
function longestRun(page: Page): () => number {
  let longest = 0
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      for (const [, ms] of String(payload).matchAll(/"elapsedMs":(\d+)/gu)) longest = Math.max(longest, Number(ms))
    })
  })
  return () => longest
}
