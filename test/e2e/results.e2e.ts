// Reading a result: the tabs that the scenario has, where time goes, and what can be done with a chart.
import { readFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './application.ts'
import { queueText, shopText } from './scenarios.ts'
import { runToResults, screen, showTab } from './steps.ts'

test.beforeEach(({ watch }) => void watch)

test('every tab that the scenario has tells something', async ({ page }) => {
  await runToResults(page, 'shop.yaml', shopText)
  await expect(page.getByRole('tab')).toHaveText([
    'Overview',
    'Endpoints',
    'Scaling',
    'Cache',
    'Database',
    'Explain p99',
    'Events',
    'Runs',
  ])
  await expect(page.getByRole('region', { name: 'Objectives' }).getByRole('listitem')).toHaveCount(2)
  const endpoints = await showTab(page, 'Endpoints')
  await expect(endpoints.getByRole('row', { name: /^catalog\.get_product .* ms .* req\/s/u })).toBeVisible()
  const scaling = await showTab(page, 'Scaling')
  await expect(scaling.getByRole('figure', { name: /^Replicas ready and replicas wanted/u })).toBeVisible()
  const cache = await showTab(page, 'Cache')
  await expect(cache.getByRole('listitem').filter({ hasText: 'Hit ratio' })).toContainText(
    /\d+\.?\d*\s±\s\d+\.?\d*\s%/u,
  )
  const database = await showTab(page, 'Database')
  await expect(database.getByRole('heading', { name: /^catalog_db/u })).toBeVisible()
  await expect(database.getByRole('table').first()).toContainText('cpu')
  const events = await showTab(page, 'Events')
  await expect(events).toContainText(/\S/u)
  const runs = await showTab(page, 'Runs')
  await expect(runs.getByRole('table', { name: 'Replications' }).getByRole('row')).toHaveCount(4)
})

test('a scenario without caches and databases has no tabs of them', async ({ page }) => {
  await runToResults(page, 'queue.yaml', queueText)
  await expect(page.getByRole('tab')).toHaveText(['Overview', 'Endpoints', 'Scaling', 'Explain p99', 'Events', 'Runs'])
})

test('the address leads back to the tab', async ({ page }) => {
  await runToResults(page, 'queue.yaml', queueText)
  await showTab(page, 'Runs')
  await page.reload()
  await expect(page.getByRole('tab', { name: 'Runs', exact: true })).toHaveAttribute('aria-selected', 'true')
  await page.goBack()
  await expect(page.getByRole('tab', { name: 'Overview' })).toHaveAttribute('aria-selected', 'true')
})

test('the parts of slow requests sum to the whole', async ({ page }) => {
  await runToResults(page, 'shop.yaml', shopText)
  const panel = await showTab(page, 'Explain p99')
  const totals = await panel.getByText(/the hops add up to the whole/u).innerText()
  const rows = panel.getByRole('table', { name: 'Time by hop' }).getByRole('row')
  await expect(rows.filter({ hasText: 'catalog_db cpu' }).first()).toBeVisible()
  for (const [column, cohort] of ['p50', 'p95', 'p99'].entries()) {
    const [whole] = msIn(new RegExp(`${cohort} ([^(]+)\\(`, 'u').exec(totals)?.[1] ?? '')
    const parts = await rows.evaluateAll(
      (all, nth) => all.slice(1).map((row) => row.querySelectorAll('td')[nth]?.textContent ?? ''),
      column + 1,
    )
    const sum = parts.flatMap((part) => msIn(part)).reduce((total, ms) => total + ms, 0)
    expect(parts.length).toBeGreaterThan(2)
    // Every figure is rounded to three digits.
    expect(sum / (whole ?? NaN)).toBeCloseTo(1, 1.9)
  }
  await expect(panel.getByRole('table', { name: 'Sampled requests' }).getByRole('row')).not.toHaveCount(1)
})

test('the figures of a chart are saved as a table for spreadsheets', async ({ page }) => {
  await runToResults(page, 'queue.yaml', queueText)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'More about Load' }).click()
  await page.getByRole('menuitem', { name: 'Save figures (CSV)' }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/\.csv$/u)
  const [header, ...rows] = readFileSync(await file.path(), 'utf8')
    .trim()
    .split(/\r?\n/u)
  expect(header).toBe('time (s),arriving (req/s),completed (req/s),failed (req/s)')
  expect(rows.length).toBeGreaterThan(20)
  const figures = rows.map((row) => row.split(',').map(Number))
  expect(figures.flat().every((figure) => Number.isFinite(figure))).toBe(true)
  const arriving = figures.reduce((sum, row) => sum + (row[1] ?? 0), 0) / figures.length
  expect(Math.abs(arriving - 60)).toBeLessThan(6)
})

test('charts are zoomed together and reset together, by mouse and by key', async ({ page }) => {
  await runToResults(page, 'queue.yaml', queueText)
  const plot = screen(page).getByRole('slider', { name: 'Moment in Load' })
  const reset = screen(page).getByRole('button', { name: 'Reset zoom' })
  await expect(plot).toBeVisible()
  const middle = await dragAcross(page, plot)
  await expect(reset).not.toHaveCount(0)
  expect(await reset.count()).toBeGreaterThan(1)
  await page.mouse.dblclick(middle.x, middle.y)
  await expect(reset).toHaveCount(0)

  await plot.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('+')
  await expect(reset).not.toHaveCount(0)
  await reset.first().click()
  await expect(reset).toHaveCount(0)
})

test('a series is isolated in its legend, and a chart is read as a table', async ({ page }) => {
  await runToResults(page, 'queue.yaml', queueText)
  const legend = page.getByRole('table', { name: 'Legend of Load' })
  await legend.getByRole('button', { name: 'failed' }).click()
  await expect(legend.getByRole('button', { name: 'failed' })).toHaveAttribute('aria-pressed', 'true')
  await expect(legend.getByRole('button', { name: 'arriving' })).toHaveAttribute('aria-pressed', 'false')
  await page.getByRole('button', { name: 'More about Load' }).click()
  await page.getByRole('menuitem', { name: 'Show as table' }).click()
  const table = page.getByRole('dialog').getByRole('table')
  await expect(table.getByRole('columnheader').first()).toContainText(/time/iu)
  await expect(table.getByRole('row').nth(3)).toContainText(/\d/u)
})

/** Every time in a text, in ms. */
function msIn(text: string): number[] {
  const perUnit: Readonly<Record<string, number>> = { ns: 1e-6, µs: 1e-3, ms: 1, s: 1000 }
  return [...text.matchAll(/([\d.]+)\s*(ns|µs|ms|s)\b/gu)].map(
    ([, value, unit]) => Number(value) * (perUnit[unit ?? ''] ?? 0),
  )
}

/** Over the middle of a plot, which is answered. */
async function dragAcross(page: Page, plot: Locator): Promise<{ x: number; y: number }> {
  const box = await plot.boundingBox()
  if (box === null) throw new Error('the plot is not on the page')
  const y = box.y + box.height / 2
  await page.mouse.move(box.x + box.width * 0.3, y)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.5, y, { steps: 4 })
  await page.mouse.move(box.x + box.width * 0.7, y, { steps: 4 })
  await page.mouse.up()
  return { x: box.x + box.width / 2, y }
}
