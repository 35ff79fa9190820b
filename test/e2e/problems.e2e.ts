// A scenario with mistakes: they are told with their place, lead there, and keep it from running until they are mended.
import type { Page } from '@playwright/test'
import { expect, test } from './application.ts'
import { queueText } from './scenarios.ts'
import { openScenario, pasteYaml, runFromDesign, screen, seeResults, yaml } from './steps.ts'

test.beforeEach(async ({ watch, page }) => {
  void watch
  await openScenario(page, 'queue.yaml', queueText)
})

const problems = (page: Page) => page.getByRole('region', { name: 'Problems' })
const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector' })

/** Opens the list, if it is not open. */
async function showProblems(page: Page): Promise<void> {
  const head = problems(page).getByRole('button', { name: /problem/u })
  if ((await head.getAttribute('aria-expanded')) === 'false') await head.click()
  await expect(head).toHaveAttribute('aria-expanded', 'true')
}

test('a name that nothing has is told with its line, and leads to text and field', async ({ page }) => {
  await pasteYaml(page, queueText.replace('desk.serve: 100%', 'deks.serve: 100%'))
  await expect(problems(page)).toContainText('1 problem')
  await expect(page.getByRole('contentinfo').getByRole('button', { name: 'Problems 1' })).toBeVisible()
  await showProblems(page)
  const problem = problems(page).getByRole('listitem').getByRole('button')
  await expect(problem).toContainText('deks')
  await expect(problem).toContainText('queue.yaml:7:')

  await problem.click()
  await expect(inspector(page).getByRole('heading', { name: 'customers', level: 2 })).toBeVisible()
  await expect(yaml(page)).toBeFocused()
  // The cursor stands on the mistake: what is typed lands before it.
  await page.keyboard.insertText('desk.serve: 100% } } # ')
  await expect(yaml(page)).toContainText('mix: { desk.serve: 100% } } # deks')
  await expect(problems(page)).toContainText('No problems')
})

test('it is not run until it is mended, and the refusal says why', async ({ page }) => {
  await pasteYaml(page, queueText.replace('replicas: 2', 'replicas: many'))
  await expect(problems(page)).toContainText('1 problem')
  await page.getByRole('toolbar', { name: 'Design' }).getByRole('button', { name: 'Run' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'One problem keeps it from running' })).toContainText('many')
  await expect(problems(page).getByRole('listitem')).toContainText('many')
  await expect(screen(page).getByRole('heading', { name: 'Design' })).toBeAttached()

  await pasteYaml(page, queueText.replace('replicas: 2', 'replicas: 3'))
  await expect(problems(page)).toContainText('No problems')
  await runFromDesign(page)
  await seeResults(page)
})

test('a value out of range is told at its field', async ({ page }) => {
  await page
    .getByRole('region', { name: 'Canvas' })
    .getByRole('group', { name: /^Service desk/u })
    .click()
  const replicas = inspector(page).getByRole('textbox', { name: 'Replicas', exact: true })
  await replicas.fill('-3')
  await replicas.press('Enter')
  await expect(replicas).toHaveAttribute('aria-invalid', 'true')
  await expect(problems(page)).toContainText('1 problem')
  await replicas.fill('3')
  await replicas.press('Enter')
  await expect(replicas).toHaveAttribute('aria-invalid', 'false')
  await expect(problems(page)).toContainText('No problems')
})

test('a text that cannot be read loses nothing', async ({ page }) => {
  await pasteYaml(page, `${queueText}  - [`)
  await expect(problems(page)).toContainText(/problem/u)
  await expect(inspector(page)).toContainText('The text has an error of syntax')
  await page.getByRole('toolbar', { name: 'Design' }).getByRole('button', { name: /^Undo/u }).click()
  await expect(problems(page)).toContainText('No problems')
  await expect(inspector(page)).not.toContainText('The text has an error of syntax')
  await expect(yaml(page)).not.toContainText('- [')
})
