// What users do again and again, in their words: import a file, run, wait for the end, look at results.
import { spawn } from 'node:child_process'
import { json } from 'node:stream/consumers'
import { expect, type Locator, type Page } from '@playwright/test'
import type { StudyResult } from '../../sim-core/analysis/study-result.ts'
import { projectRoot } from '../architecture/project.ts'

/** Simulating takes longer on a machine that does other things as well, in ms. */
const RUN_MS = 60_000

/** The screen, without the frame around it. */
export function screen(page: Page): Locator {
  return page.getByRole('main')
}

/** Goes to a screen by the list at the left. */
export async function goTo(page: Page, name: 'Library' | 'Design' | 'Run' | 'Results' | 'Compare'): Promise<void> {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name, exact: true }).click()
}

/** Takes files in through the button of the library. A single scenario opens on the Design screen. */
export async function importFile(page: Page, name: string, content: string | Buffer): Promise<void> {
  await goTo(page, 'Library')
  const chooser = page.waitForEvent('filechooser')
  await screen(page).getByRole('button', { name: 'Import' }).click()
  await (await chooser).setFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) })
}

/** Imports a scenario, and waits until it can be worked on. */
export async function openScenario(page: Page, name: string, text: string): Promise<void> {
  await importFile(page, name, text)
  await expect(screen(page).getByRole('heading', { name: 'Design', level: 1 })).toBeAttached()
  await expect(yaml(page)).toBeVisible()
}

/** The text of the scenario. */
export function yaml(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Scenario as YAML' })
}

/** Pastes another text in place of the whole one. */
export async function pasteYaml(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await yaml(page).focus()
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.press('ControlOrMeta+V')
}

/** Starts the open scenario from the Design screen. */
export async function runFromDesign(page: Page): Promise<void> {
  await page.getByRole('toolbar', { name: 'Design' }).getByRole('button', { name: 'Run' }).click()
  await expect(screen(page).getByRole('heading', { name: /^Run /u, level: 1 })).toBeVisible()
}

/** The simulated clock of the run that is shown, in seconds. */
export async function clockS(page: Page): Promise<number> {
  const text = await page.getByTitle('Simulated time of the replication that is shown').innerText()
  return (text.split('/')[0] ?? '').split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
}

/** Waits until simulated time passes. */
export async function expectClockMoves(page: Page): Promise<void> {
  const before = await clockS(page)
  await expect.poll(() => clockS(page)).toBeGreaterThan(before)
}

/** Waits for the end of the run that is shown, and opens what it found. */
export async function seeResults(page: Page): Promise<void> {
  const button = screen(page).getByRole('button', { name: 'See results' })
  await expect(button).toBeVisible({ timeout: RUN_MS })
  await button.click()
  await expect(decision(page)).toBeVisible()
}

/** Imports a scenario, runs it, and opens its results. */
export async function runToResults(page: Page, name: string, text: string): Promise<void> {
  await openScenario(page, name, text)
  await runFromDesign(page)
  await seeResults(page)
}

/** What a result says first. */
export function decision(page: Page): Locator {
  return page.getByRole('region', { name: 'Decision' })
}

/** Ends the run that is shown, and says yes if asked. */
export async function cancelRun(page: Page): Promise<void> {
  await screen(page).getByRole('button', { name: 'Cancel' }).click()
  const yes = page.getByRole('dialog').getByRole('button', { name: 'Cancel the run' })
  const ended = screen(page).getByRole('button', { name: 'See results' })
  await expect(yes.or(ended)).toBeVisible()
  if (await yes.isVisible()) await yes.click()
  await expect(ended).toBeVisible()
}

/** Shows a tab of the results. */
export async function showTab(page: Page, name: string): Promise<Locator> {
  await page.getByRole('tab', { name, exact: true }).click()
  const panel = page.getByRole('tabpanel', { name, exact: true })
  await expect(panel).toBeVisible()
  return panel
}

/** The command line, as a shell starts it; its stdout is JSON. */
async function headroomJson(...args: readonly string[]): Promise<unknown> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'host/cli/main.ts', ...args], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return await json(child.stdout)
}

/** `headroom run` on a file. */
export async function runOnCommandLine(file: string): Promise<StudyResult> {
  return (await headroomJson('run', file, '--json', '-')) as StudyResult
}
