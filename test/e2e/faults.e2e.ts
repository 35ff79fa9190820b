// Breaking things by hand while a run is under way, and how its result owns up to it.
import { expect, test } from './application.ts'
import { endlessText } from './scenarios.ts'
import { cancelRun, clockS, decision, openScenario, runFromDesign, screen, seeResults, showTab } from './steps.ts'

test.beforeEach(async ({ watch, page }) => {
  void watch
  await openScenario(page, 'endless.yaml', endlessText)
  await runFromDesign(page)
  await expect.poll(() => clockS(page)).toBeGreaterThan(30)
})

test('what is broken by hand is seen, listed, and told with the result', async ({ page }) => {
  const panel = page.getByRole('region', { name: 'Break something' })
  await panel.getByRole('button', { name: 'Break it' }).click()
  await expect(panel.getByRole('listitem')).toHaveText(/\d\d:\d\d:\d\d 1 replica of desk killed$/u)
  const desk = page
    .getByRole('region', { name: 'The system as it runs' })
    .getByRole('group', { name: /^Service desk/u })
  await expect(desk).toHaveAccessibleName(/2 replicas/u)
  await panel.getByText('Restore', { exact: true }).click()
  await panel.getByRole('button', { name: 'Restore it' }).click()
  await expect(panel.getByRole('listitem').last()).toHaveText(/desk restored$/u)
  await expect(desk).toHaveAccessibleName(/3 replicas/u)

  await cancelRun(page)
  await expect(page.getByRole('region', { name: 'The last run' })).toContainText('with faults put in by hand')
  await seeResults(page)
  await expect(decision(page)).toContainText('altered by hand')
  const events = await showTab(page, 'Events')
  await expect(events.getByRole('row', { name: /desk by hand 1 replica killed by hand/u })).toBeVisible()
  await expect(events.getByRole('row', { name: /desk by hand restored by hand/u })).toBeVisible()
})

test('a slowed service is busier, and says for how long', async ({ page }) => {
  const panel = page.getByRole('region', { name: 'Break something' })
  await panel.getByText('Slow down', { exact: true }).click()
  await panel.getByRole('textbox', { name: 'Times slower' }).fill('20')
  await panel.getByRole('textbox', { name: 'For', exact: true }).fill('900000')
  await panel.getByRole('button', { name: 'Break it' }).click()
  await expect(panel.getByRole('listitem')).toHaveText(/desk 20 times slower for 900000 s$/u)
  const desk = screen(page).getByRole('group', { name: /^Service desk/u })
  await expect(desk).toHaveAccessibleName(/(?:9\d\.?\d*|100) % busy/u)
  await cancelRun(page)
})
