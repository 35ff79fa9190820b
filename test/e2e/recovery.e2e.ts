// The host is killed as by a power cut: the page says so, keeps every letter, and goes on by itself when it is back.
import type { Page } from '@playwright/test'
import { expect, test } from './application.ts'
import { openFolder } from './host.ts'
import { endlessText, queueText } from './scenarios.ts'
import { clockS, goTo, openScenario, pasteYaml, runFromDesign, screen, yaml } from './steps.ts'

const LOST = 'Connection to the host is lost. Your edits are kept in this page.'

/** Asks for the connection at once. The page tries by itself as well: when that was sooner, there is no button any more. */
async function reconnect(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: 'Try now' })
    .click({ timeout: 3_000 })
    .catch(() => undefined)
}

test('edits made before and after a kill are on disk, letter by letter', async ({ page, application, watch }) => {
  await openScenario(page, 'queue.yaml', queueText)
  watch.allowConnectionErrors = true
  const first = queueText.replace('replicas: 2', 'replicas: 3 # ⚑ zwölf')
  await pasteYaml(page, first)
  await application.kill()
  await expect(page.getByRole('alert')).toHaveText(LOST)
  await expect(page.getByRole('banner').getByRole('button', { name: 'Host: Disconnected' })).toBeVisible()

  const last = first.replace('replicas: 3', 'replicas: 4')
  await pasteYaml(page, last)
  await application.restart()
  await reconnect(page)
  await expect(page.getByRole('status').filter({ hasText: 'The host was started anew' })).toContainText(
    'nothing is lost',
  )
  await expect(page.getByRole('alert')).toBeHidden()
  await expect(page.getByRole('banner')).toContainText(/Saved/u)
  await expect(yaml(page)).toContainText('replicas: 4 # ⚑ zwölf')

  watch.allowConnectionErrors = true
  await application.kill()
  await using folder = await openFolder(application.dataFolder)
  const { api } = folder.workspace
  const card = (await api.listScenarios()).find(({ fileName }) => fileName === 'queue.yaml')
  expect((await api.readScenario(card?.id ?? '')).text).toBe(last)
})

test('a click tries at once, however long the page would wait', async ({ page, application, watch }) => {
  await page.clock.install()
  await expect(page.getByRole('list', { name: 'Scenarios' })).toContainText('Black Friday')
  watch.allowConnectionErrors = true
  await application.kill()
  await expect(page.getByRole('alert')).toHaveText(LOST)
  // Time stands still in the page: it does not try by itself any more.
  await page.clock.pauseAt(Date.now() + 60_000)
  await application.restart()
  await expect(page.getByRole('alert')).toHaveText(LOST)
  await page.getByRole('button', { name: 'Try now' }).click()
  await expect(page.getByRole('banner').getByRole('button', { name: 'Host: Connected' })).toBeVisible()
})

test('it comes back without a click', async ({ page, application, watch }) => {
  await expect(page.getByRole('list', { name: 'Scenarios' })).toContainText('Black Friday')
  watch.allowConnectionErrors = true
  await application.kill()
  await expect(page.getByRole('alert')).toHaveText(LOST)
  await application.restart()
  await expect(page.getByRole('banner').getByRole('button', { name: 'Host: Connected' })).toBeVisible({
    timeout: 40_000,
  })
  await openScenario(page, 'queue.yaml', queueText)
})

test('edits of a page that is closed while the host is away are offered again', async ({
  page,
  application,
  watch,
}) => {
  await openScenario(page, 'queue.yaml', queueText)
  watch.allowConnectionErrors = true
  await application.kill()
  await expect(page.getByRole('alert')).toHaveText(LOST)
  await pasteYaml(page, queueText.replace('replicas: 2', 'replicas: 6'))
  const address = page.url()
  await page.goto('about:blank')
  await application.restart()
  await page.goto(application.url)
  await page.goto(address)
  await expect(screen(page)).toContainText(/Recovered edits of .* that never reached the host/u)
  await screen(page).getByRole('button', { name: 'Keep', exact: true }).click()
  await expect(yaml(page)).toContainText('replicas: 6')
  await expect(page.getByRole('banner')).toContainText(/Saved/u)
})

test('a run that was cut off is told and shown as such', async ({ page, application, watch }) => {
  await openScenario(page, 'endless.yaml', endlessText)
  await runFromDesign(page)
  await expect.poll(() => clockS(page)).toBeGreaterThan(0)
  watch.allowConnectionErrors = true
  await application.kill()
  await expect(page.getByRole('alert')).toHaveText(LOST)
  await application.restart()
  await reconnect(page)
  await expect(page.getByRole('status').filter({ hasText: 'The host was started anew' })).toContainText(
    /run #1 was under way; it is marked as interrupted/iu,
  )
  await goTo(page, 'Library')
  await page.getByRole('tab', { name: /^Runs/u }).click()
  const row = page.getByRole('table', { name: 'Runs' }).getByRole('row', { name: /#1 Endless queue/u })
  await expect(row).toContainText('Interrupted')
  await row.getByRole('button', { name: '#1' }).click()
  await expect(screen(page)).toContainText('Run #1 was cut off')
})

test('two windows: the second sees what the first saved, and edits of both are never mixed silently', async ({
  page,
  context,
  watch,
}) => {
  void watch
  await openScenario(page, 'queue.yaml', queueText)
  const second = await context.newPage()
  let held: (() => void)[] | null = null
  await second.routeWebSocket(/.*/u, (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((message) => {
      if (held === null) server.send(message)
      else held.push(() => server.send(message))
    })
  })
  await second.goto(page.url())
  await expect(yaml(second)).toContainText('replicas: 2')
  await pasteYaml(page, queueText.replace('replicas: 2', 'replicas: 3'))
  await expect(yaml(second)).toContainText('replicas: 3')

  // What the second window says is still on its way when the first one saves.
  held = []
  await pasteYaml(second, queueText.replace('replicas: 2', 'replicas: 5'))
  await pasteYaml(page, queueText.replace('replicas: 2', 'replicas: 4'))
  await expect(page.getByRole('banner')).toContainText(/Saved/u)
  for (const send of held.splice(0)) send()
  held = null
  await expect(screen(second)).toContainText('This scenario was changed in another window.')
  await screen(second).getByRole('button', { name: 'Keep mine' }).click()
  await expect(screen(second)).not.toContainText('This scenario was changed in another window.')
  await expect(yaml(page)).toContainText('replicas: 5')
})
