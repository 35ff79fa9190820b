// Working on a scenario: canvas, text, fields and table are views of one document with one history.
import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from './application.ts'
import { queueText, shopText } from './scenarios.ts'
import { openScenario, pasteYaml, yaml } from './steps.ts'

test.beforeEach(({ watch }) => void watch)

const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector' })
const canvas = (page: Page) => page.getByRole('region', { name: 'Canvas' })
const node = (page: Page, name: RegExp) => canvas(page).getByRole('group', { name })
const tool = (page: Page, name: RegExp) => page.getByRole('toolbar', { name: 'Design' }).getByRole('button', { name })

/** Selects a component as a click on it does. */
async function select(page: Page, name: RegExp, title: string): Promise<void> {
  await node(page, name).click()
  await expect(inspector(page).getByRole('heading', { name: title, level: 2 })).toBeVisible()
}

test('a field changes the text, the text changes the field, and both are one history', async ({ page }) => {
  await openScenario(page, 'queue.yaml', queueText)
  await select(page, /^Service desk/u, 'desk')
  const replicas = inspector(page).getByRole('textbox', { name: 'Replicas', exact: true })
  await expect(replicas).toHaveValue('2')

  await replicas.fill('5')
  await replicas.press('Enter')
  await expect(yaml(page)).toContainText('replicas: 5')
  await expect(node(page, /^Service desk, replicas 5/u)).toBeVisible()

  await pasteYaml(page, queueText.replace('replicas: 2', 'replicas: 7'))
  await expect(node(page, /^Service desk, replicas 7/u)).toBeVisible()
  await select(page, /^Service desk/u, 'desk')
  await expect(replicas).toHaveValue('7')

  await tool(page, /^Undo/u).click()
  await expect(replicas).toHaveValue('5')
  await tool(page, /^Undo/u).click()
  await expect(replicas).toHaveValue('2')
  await expect(yaml(page)).toContainText('replicas: 2')
  await expect(tool(page, /^Undo/u)).toBeDisabled()

  await tool(page, /^Redo/u).click()
  await expect(replicas).toHaveValue('5')
  await tool(page, /^Redo/u).click()
  await expect(yaml(page)).toContainText('replicas: 7')
  await expect(tool(page, /^Redo/u)).toBeDisabled()
})

test('a move on the canvas is in the same history, and is kept', async ({ page }) => {
  await openScenario(page, 'queue.yaml', queueText)
  const desk = node(page, /^Service desk/u)
  const start = await placeOf(desk)
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move(start.x + 40, start.y + 60, { steps: 4 })
  await page.mouse.move(start.x + 80, start.y + 120, { steps: 4 })
  await page.mouse.up()
  await expect(tool(page, /^Undo: move desk$/u)).toBeEnabled()
  expect((await placeOf(desk)).y).toBeGreaterThan(start.y + 80)

  await tool(page, /^Undo/u).click()
  await expect.poll(async () => Math.round((await placeOf(desk)).y - start.y)).toBe(0)
  await tool(page, /^Redo/u).click()
  await expect.poll(async () => (await placeOf(desk)).y).toBeGreaterThan(start.y + 80)
  await expect(page.getByRole('banner')).toContainText(/Saved/u)
})

test('a component is renamed everywhere it is named', async ({ page }) => {
  await openScenario(page, 'shop.yaml', shopText)
  await select(page, /^Database catalog_db/u, 'catalog_db')
  await inspector(page).getByRole('button', { name: 'Rename catalog_db' }).click()
  const name = inspector(page).getByRole('textbox', { name: 'New name of catalog_db' })
  await name.fill('stock_db')
  await name.press('Enter')
  await expect(node(page, /^Database stock_db/u)).toBeVisible()
  await expect(yaml(page)).toContainText('query: stock_db.product_by_id')
  await expect(yaml(page)).not.toContainText('catalog_db')
  await expect(page.getByRole('region', { name: 'Problems' })).toContainText('No problems')
})

test('a component is added from the palette, connected, taken out by key, and brought back', async ({ page }) => {
  await openScenario(page, 'queue.yaml', queueText)
  await page.getByRole('toolbar', { name: 'Add to the scenario' }).getByRole('button', { name: 'Add database' }).click()
  const database = node(page, /^Database /u)
  await expect(database).toBeVisible()
  await expect(yaml(page)).toContainText('databases:')
  const name = await inspector(page).getByRole('heading', { level: 2 }).innerText()

  await canvas(page).getByRole('button', { name: 'Show everything' }).click()
  await connectByHand(page, node(page, /^Service desk/u), database)
  const edge = canvas(page).getByRole('group', { name: /^desk to .*: query/u })
  const dialog = page.getByRole('dialog', { name: /^Connect desk to/u })
  await expect(edge.or(dialog)).toBeAttached()
  if (await dialog.isVisible()) await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(edge).toBeAttached()
  await expect(yaml(page)).toContainText('query:')

  await database.focus()
  await page.keyboard.press('Delete')
  await expect(database).toBeHidden()
  await expect(edge).not.toBeAttached()
  await expect(yaml(page)).not.toContainText(`${name}:`)
  await page
    .getByRole('status')
    .filter({ hasText: /^Remove/u })
    .getByRole('button', { name: 'Undo' })
    .click()
  await expect(database).toBeVisible()
  await expect(edge).toBeAttached()
})

test('where two components can meet in several ways, the user is asked which', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await openScenario(page, 'shop.yaml', shopText)
  await canvas(page).getByRole('button', { name: 'Show everything' }).click()
  await connectByHand(page, node(page, /^Service catalog/u), node(page, /^Cache product_cache/u))
  const dialog = page.getByRole('dialog', { name: /^Connect catalog to product_cache/u })
  await expect(dialog).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(dialog).toBeHidden()
})

test('the table does the same by keyboard alone', async ({ page }) => {
  await openScenario(page, 'shop.yaml', shopText)
  await page.getByRole('radio', { name: 'Canvas and YAML' }).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  const table = page.getByRole('table', { name: 'Components of the scenario' })
  await expect(table).toBeVisible()
  await table.getByRole('button', { name: 'catalog', exact: true }).press('Enter')
  const replicas = inspector(page).getByRole('textbox', { name: 'Replicas', exact: true })
  await replicas.press('ArrowUp')
  await expect(table.getByRole('row', { name: /^catalog Service/u })).toContainText('3')

  const remove = table.getByRole('button', { name: 'Remove product_cache' })
  await remove.press('Enter')
  await expect(remove).toBeHidden()
  await expect(table.getByRole('row', { name: /^catalog Service/u })).not.toContainText('read')
  await page.keyboard.press('ControlOrMeta+z')
  await expect(remove).toBeVisible()
  await page.keyboard.press('ControlOrMeta+z')
  await expect(replicas).toHaveValue('2')

  await table.getByRole('button', { name: 'Connect catalog' }).press('Enter')
  await page.getByRole('menuitem', { name: 'catalog_db' }).press('Enter')
  await expect(table.getByRole('row', { name: /^catalog Service/u })).toContainText(/query.*query/u)
})

test('typing over selected text is an edit like any other', async ({ page }) => {
  await openScenario(page, 'queue.yaml', queueText)
  await yaml(page).getByText('Small queue').dblclick()
  await page.keyboard.type('tiny')
  await expect(yaml(page)).toContainText('tiny')
  await expect(page.getByRole('banner')).toContainText(/tiny/u)
})

test('an earlier version is found and restored', async ({ page }) => {
  await openScenario(page, 'queue.yaml', queueText)
  await pasteYaml(page, queueText.replace('replicas: 2', 'replicas: 9'))
  await expect(page.getByRole('banner')).toContainText(/Saved/u)
  await tool(page, /^Earlier versions$/u).click()
  const dialog = page.getByRole('dialog', { name: 'Earlier versions' })
  await expect(dialog.getByRole('region', { name: 'Difference to the present text' })).toContainText('replicas: 9')
  await dialog.getByRole('button', { name: 'Restore' }).click()
  await expect(yaml(page)).toContainText('replicas: 2')
})

async function placeOf(of: ReturnType<typeof node>): Promise<{ x: number; y: number }> {
  await expect(of).toBeVisible()
  const box = await of.boundingBox()
  if (box === null) throw new Error('it is not on the page')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** Draws a line from the right side of one component to the left side of another. */
async function connectByHand(page: Page, from: ReturnType<typeof node>, to: ReturnType<typeof node>): Promise<void> {
  await expect
    .poll(async () => {
      const [a, b] = [await from.boundingBox(), await to.boundingBox()]
      return a !== null && b !== null
    })
    .toBe(true)
  const [a, b] = [await from.boundingBox(), await to.boundingBox()]
  if (a === null || b === null) return
  await from.hover()
  await page.mouse.move(a.x + a.width, a.y + a.height / 2)
  await page.mouse.down()
  await page.mouse.move((a.x + b.x) / 2, b.y + b.height / 2, { steps: 5 })
  await page.mouse.move(b.x + 1, b.y + b.height / 2, { steps: 5 })
  await page.mouse.up()
}
